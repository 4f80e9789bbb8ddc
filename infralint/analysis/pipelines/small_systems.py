"""Questions about Azure Pipelines, Bitbucket and Drone files alone."""

from __future__ import annotations

from infralint.model.element import fact_of, noun_of
from infralint.model.pipelines.azure import AzureDocument, steps_of
from infralint.model.pipelines.document import Pipeline
from infralint.model.pipelines.drone import steps_in
from infralint.model.pipelines.job import Job
from infralint.model.pipelines.parts import CheckoutStep
from infralint.model.shared.value import get, mappings, scalars, text_of
from infralint.syntax.yaml import Node
from infralint.tables.secret_names import names_a_secret
from infralint.text import regex as re
from infralint.text.source import Text

_VARIABLE = re.compile(r"\$\{?(\w+)\}?")


@noun_of(AzureDocument, "checkout_step")
def checkouts_in_azure(file: AzureDocument) -> list[CheckoutStep]:
    """The steps that check out a repository."""
    steps = [step for job in file.jobs if job.node is not None for step in steps_of(job.node)]
    return [CheckoutStep(text, step) for step in steps if (text := text_of(step.get("checkout"))) is not None]


@fact_of(CheckoutStep)
def persists_credentials(checkout_step: CheckoutStep) -> Text | None:
    """The value that leaves the token in the checkout; None where nothing does."""
    text = text_of(checkout_step.node.get("persistCredentials"))
    return text if text is not None and text.lower() == "true" else None


@fact_of(Job)
def after_script_secret(job: Job) -> Text | None:
    """The secret that `after-script` uses."""
    for text in scalars(get(job.node, "after-script")):
        for match in _VARIABLE.finditer(text):
            if names_a_secret(match[1].upper()):
                return text.slice(*match.span())
    return None


@fact_of(Pipeline)
def full_clone(pipeline: Pipeline) -> Text | None:
    """The value by which the whole history is cloned, of the pipeline or of a step."""
    for node in (pipeline.file.root, *(job.node for job in pipeline.jobs)):
        text = text_of(get(node, "clone", "depth"))
        if text is not None and text.lower() == "full":
            return text
    return None


@fact_of(Pipeline)
def runs_on_every_event(pipeline: Pipeline) -> bool:
    """Whether one of the file's pipelines says no event, or takes pull requests without saying for which branch."""
    for root in pipeline.file.roots:
        if (text_of(root.get("kind")) or "pipeline") != "pipeline":
            continue
        if root.get("trigger") is None and root.get("steps") is not None and root.get("kind") is None:
            if not _says_event(root.get("when")) and not all(
                _says_event(step.get("when")) for step in steps_in(root.get("steps"))
            ):
                return True
            continue
        event = get(root, "trigger", "event")
        included = scalars(event) + scalars(get(event, "include"))
        excluded = scalars(get(event, "exclude"))
        if not included and "pull_request" not in excluded:
            return True
        if "pull_request" in included and not any(
            mappings(get(root, "trigger", key)) or scalars(get(root, "trigger", key))
            for key in ("branch", "ref", "repo")
        ):
            return True
    return False


def _says_event(when: Node | None) -> bool:
    """Whether every condition of a `when` names an event, or leaves one out."""
    conditions = [*mappings(when)]
    return bool(conditions) and all(
        get(one, "event") is not None or get(one, "evaluate") is not None or get(one, "cron") is not None
        for one in conditions
    )


_TRUSTED = ("privileged", "dns", "dns_search", "extra_hosts", "devices", "network_mode", "tmpfs", "volumes", "networks")


@fact_of(Job)
def trusted_key(job: Job) -> Text | None:
    """The key for which an administrator of Woodpecker has to trust the repository."""
    for word in _TRUSTED:
        value = get(job.node, word)
        if value is not None and text_of(value) != "false":
            return job.key(word)
    return None
