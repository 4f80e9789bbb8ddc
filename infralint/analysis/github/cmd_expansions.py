"""The `%NAME%` of scripts that cmd runs: the value becomes a part of the script."""

from __future__ import annotations

from infralint.analysis.github.shells import shell_of
from infralint.model.element import Element, noun_of, remembered
from infralint.model.github.step import Run, StepsDocument
from infralint.text import regex as re
from infralint.text.source import Text


class Expansion(Element):
    """A `%NAME%` in a script of cmd, which reads what the variable holds as a part of the script; it stands there."""

    __slots__ = ("is_cut", "name", "run")
    name: str

    def __init__(self, run: Run, place: Text, name: str, *, is_cut: bool) -> None:
        super().__init__(place.source, place.start, place.end)
        self.run = run
        self.name = name
        self.is_cut = is_cut


@remembered
def expansions_of(run: Run) -> list[Expansion]:
    """The `%NAME%` of a script that cmd runs."""
    if "%" not in run.text or shell_of(run) != "cmd":
        return []
    found = re.finditer(r"%([A-Za-z_]\w*)(:[^%\n]*)?%", run.text)
    return [Expansion(run, run.text.slice(*match.span()), match[1], is_cut=match[2] is not None) for match in found]


@noun_of(StepsDocument, "expansion")
def expansions_in(file: StepsDocument) -> list[Expansion]:
    """The `%NAME%` of every script that cmd runs."""
    return [each for step in file.steps if step.run is not None for each in expansions_of(step.run)]
