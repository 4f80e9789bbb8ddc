"""Questions about Azure Pipelines, Bitbucket and Drone files alone."""

from __future__ import annotations

import re

from infralint.model.element import fact_of, noun_of
from infralint.model.pipelines.azure import AzureDocument, steps_of
from infralint.model.pipelines.document import Pipeline
from infralint.model.pipelines.job import Job
from infralint.model.pipelines.parts import CheckoutStep
from infralint.model.shared.value import get, mappings, scalars, text_of
from infralint.tables.secret_names import names_a_secret
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
