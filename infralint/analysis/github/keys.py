"""Values of workflows, jobs, steps and events by the keys under which they are written."""

from __future__ import annotations

from infralint.model.element import Unknown, fact_of
from infralint.model.github.job import Job
from infralint.model.github.step import Step
from infralint.model.github.value import get, known
from infralint.model.github.workflow import Trigger, Workflow
from infralint.text.source import Text


@fact_of(Workflow, Trigger, Job, Step)
def value(part: Workflow | Trigger | Job | Step, key: str) -> Text | Unknown | None:
    """The text at a key below it (dotted for nested ones); unknown where an expression stands in it."""
    return known(get(part.node, *key.split(".")))
