"""What a Dockerfile shares with other kinds: variables, and what it tells the project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infralint.model.element import UNKNOWN, Unknown

if TYPE_CHECKING:
    from infralint.model.dockerfile.document import DockerfileDocument
    from infralint.model.dockerfile.secret import ImageVariable


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
