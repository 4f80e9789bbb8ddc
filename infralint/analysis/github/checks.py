"""Tests and scans of a job, and what lets their failure pass."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.analysis.github.scripts import command_words
from infralint.model.element import Element, Flag, fact_of, noun_of
from infralint.model.github.step import Step
from infralint.model.github.workflow import WorkflowDocument
from infralint.tables.checks import is_check, is_check_action
from infralint.text import regex as re


class Check(Element):
    """A command or action that tests or scans, so that a change goes on only if it succeeds; it stands there."""

    __slots__ = ("name", "step")
    name: str

    def __init__(self, place: Element, step: Step, name: str) -> None:
        super().__init__(place.source, place.start, place.end)
        self.step = step
        self.name = name


@noun_of(WorkflowDocument, "check")
def checks_in(file: WorkflowDocument) -> list[Check]:
    """The tests and scans of every step."""
    return [check for step in file.steps for check in _checks_of(step)]


def _checks_of(step: Step) -> Iterator[Check]:
    """The tests and scans of a step."""
    if step.uses is not None and is_check_action(step.uses.action):
        yield Check(step.uses, step, step.uses.action)
    for command, words in command_words(step.run) if step.run is not None else ():
        if is_check(words):
            yield Check(Element(step.source, command.start, command.end), step, " ".join(words[:2]))


@fact_of(Check)
def ignored_by(check: Check) -> Element | None:
    """The switch of its step, or what stands behind its command; None where its failure counts."""
    ignored = check.step.continues_on_error
    if isinstance(ignored, Flag) and ignored:
        return ignored
    forgiven = re.compile(r"[ \t]*(\|\|[ \t]*(?:true|:|exit 0)(?![\w-]))").match(check.source.text, check.end)
    return (
        Element(check.source, forgiven.start(1), forgiven.end(1)) if forgiven and check.step.run is not None else None
    )


@fact_of(Check)
def is_outcome_read(check: Check) -> bool:
    """Whether the outcome of its step is read somewhere, or its job uploads what was found as alerts."""
    step = check.step
    if step.id is not None and f"steps.{step.id}.outcome" in step.source.text:
        return True
    steps = step.job.steps if step.job is not None else []
    return any(other.uses is not None and other.uses.action == "github/codeql-action/upload-sarif" for other in steps)
