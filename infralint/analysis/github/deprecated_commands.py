"""Deprecated workflow commands: lines in the log by which a script speaks to the runner."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.analysis.github.scripts import script_of
from infralint.analysis.github.shells import is_posix
from infralint.model.element import Element, noun_of
from infralint.model.github.step import Run, StepsDocument
from infralint.text import regex as re


class DeprecatedCommand(Element):
    """A line in the log by which a script speaks to the runner in the old way; it stands at the command's word."""

    __slots__ = ("inner", "name", "run")

    name: str
    run: Run

    def __init__(self, run: Run, name: str, start: int, end: int, inner: tuple[int, int] | None) -> None:
        super().__init__(run.source, start, end)
        self.run = run
        self.name = name
        self.inner = inner


@noun_of(StepsDocument, "deprecated_command")
def deprecated_commands_in(file: StepsDocument) -> list[DeprecatedCommand]:
    """The deprecated workflow commands of every script."""
    return [each for step in file.steps if step.run is not None for each in _deprecated_commands_of(step.run)]


def _deprecated_commands_of(run: Run) -> Iterator[DeprecatedCommand]:
    """The deprecated commands in a script."""
    found = (
        list(re.finditer(r"::(set-output|save-state|set-env|add-path)\b(?=\s+name=|::)", run.text))
        if "::" in run.text
        else []
    )
    script = script_of(run) if found and is_posix(run) is True else None
    commands = script.commands if script is not None else []
    for match in found:
        place = run.text.slice(*match.span())
        inner = next(
            (
                c
                for c in commands
                if c.start <= place.start and place.end <= c.end and str(c.name) == "echo" and not c.redirections
            ),
            None,
        )
        yield DeprecatedCommand(
            run, match[1], place.start, place.end, (inner.start, inner.end) if inner is not None else None
        )
