"""Questions about CircleCI configurations alone."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.model.element import fact_of, noun_of
from infralint.model.pipelines.circleci import CircleDocument
from infralint.model.pipelines.parts import JobUse, MachineImage, SshStep
from infralint.model.pipelines.reading import items_of
from infralint.model.shared.value import get, mappings, pairs_of, scalars, text_of
from infralint.syntax.yaml import Mapping, Node, Scalar
from infralint.text import regex as re
from infralint.text.source import Text

_DATED = re.compile(r"[\w.-]+:(?:\d{4}\.\d{2}\.\d+|\d{6}-\d{2}|[\w.-]*\d{4}[.-]\d{2}[\w.-]*)")


@noun_of(CircleDocument, "ssh_step")
def ssh_steps_in(file: CircleDocument) -> list[SshStep]:
    """The steps that add SSH keys."""
    found = []
    for section in ("jobs", "commands"):
        for _, node in pairs_of(get(file.root, section)):
            found += list(_ssh_steps(get(node, "steps"), 0))
    return found


def _ssh_steps(steps: Node | None, level: int) -> Iterator[SshStep]:
    for item in items_of(steps):
        text = text_of(item)
        if text == "add_ssh_keys":
            yield SshStep(text, None)
        for name, value in pairs_of(item):
            if name == "add_ssh_keys":
                yield SshStep(name, value)
            elif name in ("when", "unless") and level < 8:
                yield from _ssh_steps(get(value, "steps"), level + 1)


@fact_of(SshStep)
def adds_all_keys(ssh_step: SshStep) -> bool:
    """Whether it names no key, so that every key of the project is added."""
    return get(ssh_step.node, "fingerprints") is None


@noun_of(CircleDocument, "machine_image")
def machine_images_in(file: CircleDocument) -> list[MachineImage]:
    """The images of virtual machines that jobs and executors run in."""
    found = []
    for section in ("jobs", "executors"):
        for _, node in pairs_of(get(file.root, section)):
            machine = get(node, "machine")
            text = text_of(get(machine, "image")) or (text_of(machine) if isinstance(machine, Scalar) else None)
            if text is not None:
                found.append(MachineImage(text))
    return found


@fact_of(MachineImage)
def is_moving(machine_image: MachineImage) -> bool:
    """Whether CircleCI replaces it under the same name; one that a parameter names is not."""
    text = machine_image.text
    return "<<" not in text and _DATED.fullmatch(text) is None


@noun_of(CircleDocument, "job_use")
def job_uses_in(file: CircleDocument) -> list[JobUse]:
    """The jobs of workflows, with what the workflows give them."""
    found = []
    for _, workflow in pairs_of(get(file.root, "workflows")):
        for item in mappings(get(workflow, "jobs")):
            for name, options in pairs_of(item):
                if (
                    isinstance(options, Mapping)
                    and isinstance(workflow, Mapping)
                    and text_of(options.get("type")) != "approval"
                ):
                    found.append(_use(file, name, options, workflow))
    return found


def _use(file: CircleDocument, name: Text, options: Mapping, workflow: Mapping) -> JobUse:
    contexts = [text for text in scalars(options.get("context")) if text]
    roles = [
        text
        for key, value in pairs_of(options)
        if key.replace("_", "-") in ("role-arn", "aws-role-arn")
        for text in scalars(value)
    ]
    is_limited = get(options, "filters", "branches", "only") is not None or get(options, "filters", "tags") is not None
    return JobUse(name, next(iter(contexts), None), next(iter(roles), None), is_limited, file.waits(options, workflow))
