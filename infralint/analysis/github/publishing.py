"""What publishes packages, images and releases, and by which credential."""

from __future__ import annotations

from infralint.analysis.github.permissions import effective_permissions
from infralint.analysis.github.scripts import commands_of, find_command
from infralint.analysis.github.triggers import is_release_workflow
from infralint.model.element import UNKNOWN, Element, fact_of, remembered
from infralint.model.github.document import Part
from infralint.model.github.job import Job
from infralint.model.github.step import Step
from infralint.model.github.uses import Uses
from infralint.tables import deploys
from infralint.tables.actions import has, text_of
from infralint.tables.trusted_publishing import TRUSTING_COMMANDS, publisher_of
from infralint.text.source import Text


@remembered
def publishing_part(step: Step) -> Element | Text | None:
    """The action or command that publishes something."""
    uses = step.uses
    if uses is not None and has(uses.action, "publishes"):
        switch = text_of(uses.action, "publishes")
        given = step.input(switch) if switch else None
        if not switch or given is UNKNOWN or (isinstance(given, str) and given.lower() == "true"):
            return uses
    return find_command(step, deploys.publishes)


def job_publishes(job: Job) -> Element | Text | None:
    """The step's action or command that publishes something; None if none does."""
    return next((found for step in job.steps if (found := publishing_part(step)) is not None), None)


@fact_of(Job)
def publishes_release(job: Job) -> bool:
    """Whether what it builds reaches others: a release or a tag starts the workflow, or a step publishes."""
    return is_release_workflow(job.workflow) or job_publishes(job) is not None


@fact_of(Job)
def pushes_image(job: Job) -> Element | Text | None:
    """The action or command that pushes a container image to a registry."""
    for step in job.steps:
        uses = step.uses
        if uses is not None and uses.action in ("docker/build-push-action", "docker/bake-action"):
            given = step.input("push")
            if given is UNKNOWN or (isinstance(given, str) and given.lower() == "true"):
                return uses
        for command in commands_of(step.run) if step.run is not None else ():
            if command.name in ("docker", "podman") and "push" in command.operands[:2]:
                return command
    return None


@fact_of(Step, Uses)
def publishing_token(part: Step | Uses) -> Element | None:
    """The command, or the input of an action, that publishes with a stored token although the registry takes the job's identity."""
    return _publishing_command(part) if isinstance(part, Step) else _publishing_input(part)


def _publishing_command(step: Step) -> Element | None:
    """The command that publishes to a registry that would take the job's own identity, in a job that has none."""
    if step.job is None or effective_permissions(step.job).grants("id-token", "write"):
        return None
    return find_command(
        step,
        lambda words: (
            "--dry-run" not in words
            and any(
                [word.removesuffix(".exe") for word in words[: len(wanted)]] == list(wanted)
                for wanted in TRUSTING_COMMANDS
            )
        ),
    )


def _publishing_input(uses: Uses) -> Part | None:
    """The input by which a stored token publishes to a registry that would take the workflow's own identity."""
    publisher = publisher_of(uses.action)
    found = uses.step.input_named(publisher.credential) if publisher is not None and uses.step is not None else None
    if publisher is None or uses.step is None or found is None or not found.text:
        return None
    if publisher.off:
        return found if found.value == publisher.off else None
    for name in publisher.registry:
        registry = uses.step.input(name)
        if registry is not None and registry not in publisher.trusting:
            return None
    return found
