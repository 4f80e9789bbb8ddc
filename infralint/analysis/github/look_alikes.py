"""Logins of steps to container registries."""

from __future__ import annotations

from infralint.analysis.github.scripts import commands_of
from infralint.model.element import Unknown, fact_of
from infralint.model.github.step import Step
from infralint.tables.registries import look_alike_of
from infralint.text.source import Text


@fact_of(Step)
def look_alike_registry(step: Step) -> Text | None:
    """The registry that it logs in to or names as an input, where that is a slip of the pen for a known one."""
    held = step.input_named("registry")
    if held is not None and isinstance(held.value, Text) and look_alike_of(held.value) is not None:
        return held.value
    for command in commands_of(step.run) if step.run is not None else ():
        if (
            command.is_program("docker", "podman", "buildah", "skopeo", "helm", "oras", "crane", "cosign", "nerdctl")
            is True
        ):
            for word in command.operands:
                if not isinstance(word, Unknown) and look_alike_of(word) is not None:
                    return word
    return None


@fact_of(Step)
def meant_registry(step: Step) -> str | None:
    """The registry that was most likely meant."""
    found = look_alike_registry(step)
    return look_alike_of(found) if found is not None else None
