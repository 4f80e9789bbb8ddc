"""What a Dockerfile shares with other kinds: variables, and what it tells the project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infralint.model.element import UNKNOWN, Unknown
from infralint.model.project.summary import DockerfileDigest, StageDigest

if TYPE_CHECKING:
    from infralint.model.dockerfile.document import DockerfileDocument
    from infralint.model.dockerfile.secret import ImageVariable
    from infralint.model.dockerfile.stage import Stage


def variables(document: DockerfileDocument) -> list[ImageVariable]:
    """The names that ENV and ARG give a value."""
    from infralint.model.dockerfile.secret import ImageVariable, Users

    users = Users()
    found = []
    for bindings in document.of("ENV", "ARG"):
        for entry in bindings.entries:
            value = entry.value
            if value is not None and not isinstance(value, Unknown) and "$" in value:
                value = UNKNOWN
            found.append(ImageVariable(entry, value, users))
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
        stages.append(_stage(stage, None if isinstance(health, Unknown) else health))
    arguments = {str(entry.name) for own in document.of("ARG") for entry in own.entries}
    return DockerfileDigest(document.source.path, tuple(stages), tuple(sorted(arguments)))


def _stage(stage: Stage, health: bool | None) -> StageDigest:
    image, user = stage.image, stage.user
    lineage = stage.lineage
    numbers = [port.number for each in lineage for expose in each.exposes for port in expose.ports]
    raw = [one.raw for each in lineage for one in (*each.runs, *each.copies)]
    return StageDigest(
        name=str(stage.name) if stage.name is not None else None,
        has_healthcheck=health,
        base=str(image.reference) if image is not None and "$" not in image.reference else None,
        has_user=user is not None or image is None or image.is_rootless is not False,
        runs_as_root=None if user is None or isinstance(user.is_root, Unknown) else user.is_root,
        ports=None
        if any(isinstance(one, Unknown) for one in numbers)
        else tuple(one for one in numbers if isinstance(one, int)),
        tools=tuple(tool for tool in ("curl", "wget") if any(tool in text for text in raw)),
    )


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
