"""Writes into the runner's files that carry untrusted text."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.analysis.github.environment_files import file_writes
from infralint.analysis.github.taint import taint_in
from infralint.analysis.github.taint_path import TaintPath
from infralint.model.element import Element, fact_of, noun_of
from infralint.model.github.step import Step, StepsDocument


class Injection(Element):
    """A write into the runner's files that carries untrusted text; it stands at the command."""

    __slots__ = ("is_direct", "name", "step", "taint", "target")

    step: Step
    target: str

    def __init__(self, at: Element, step: Step, target: str, name: str, taint: TaintPath, *, is_direct: bool) -> None:
        super().__init__(at.source, at.start, at.end)
        self.step = step
        self.target = target
        self.name = name
        self.taint = taint
        self.is_direct = is_direct


@fact_of(Injection)
def can_add_variables(injection: Injection) -> bool:
    """Whether the text may hold a line end, and so set further variables than the one that is meant."""
    return injection.target == "GITHUB_ENV" and not injection.taint.is_line and not injection.is_direct


@noun_of(StepsDocument, "injection")
def injections_in(file: StepsDocument) -> list[Injection]:
    """The writes into the runner's files that carry untrusted text."""
    return [each for step in file.steps for each in _injections_of(step)]


def _injections_of(step: Step) -> Iterator[Injection]:
    """The writes of a step that carry untrusted text."""
    run = step.run
    if run is None or not any(name in run.text for name in ("GITHUB_ENV", "GITHUB_PATH", "add-path", "set-env")):
        return
    written = file_writes(run)
    seen = set()
    for write in taint_in(step.file).script(step, 20).writes:
        if write.taint.kind != "text" or write.target == "GITHUB_OUTPUT":
            continue
        same = [each for each in written if each.target == write.target and not each.is_fixed]
        at: Element = next((each for each in same if write.name in each.raw), same[0] if same else run)
        if (at.start, write.target) not in seen:
            seen.add((at.start, write.target))
            yield Injection(at, step, write.target, write.name, write.taint, is_direct=write.is_direct)
