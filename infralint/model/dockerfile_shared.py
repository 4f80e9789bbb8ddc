"""What a Dockerfile shares with other kinds: variables, and what it tells the project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infralint.model.digest import DockerfileDigest, StageDigest
from infralint.model.element import UNKNOWN, Unknown

if TYPE_CHECKING:
    from infralint.model.dockerfile import DockerfileDocument
    from infralint.model.dockerfile_secret import ImageVariable


def variables(document: DockerfileDocument) -> list[ImageVariable]:
    """The names that ENV and ARG give a value."""
    from infralint.model.dockerfile_secret import ImageVariable

    found = []
    for bindings in document.of("ENV", "ARG"):
        for entry in bindings.entries:
            value = entry.value
            if value is not None and not isinstance(value, Unknown) and "$" in value:
                value = UNKNOWN
            found.append(ImageVariable(entry, value))
    return found


def digest(document: DockerfileDocument) -> DockerfileDigest:
    """Stages and their health checks. A base image that is not Docker's own may bring one."""
    stages = []
    for stage in document.stages:
        health = stage.has_healthcheck
        if health is False and stage.healthcheck is None:
            base = stage.image
            if base is None or not (base.is_scratch or base.is_official is True):
                health = UNKNOWN
        stages.append(
            StageDigest(str(stage.name) if stage.name is not None else None, None if isinstance(health, Unknown) else health)
        )
    return DockerfileDigest(document.source.path, tuple(stages))


def lines_of(document: DockerfileDocument, line: int) -> tuple[int, int]:
    """First and last line of the instruction on a line; the line itself between instructions."""
    for instruction in document.tree.instructions:
        if instruction.first_line <= line <= instruction.last_line:
            return instruction.first_line, instruction.last_line
    return line, line


def stage_lines(document: DockerfileDocument, line: int) -> tuple[int, int]:
    """First and last line of the stage on a line."""
    source = document.source
    for stage in document.stages:
        first, last = source.line_of(stage.start), source.line_of(max(stage.end - 1, stage.start))
        if first <= line <= last:
            return first, last
    return line, line
