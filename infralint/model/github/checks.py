"""What a job tests and looks at, and what lets that fail without anybody noticing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from infralint.model.element import Element, Flag
from infralint.model.github.run import Gate
from infralint.tables import deploys
from infralint.tables.gates import is_gate, is_gate_action

if TYPE_CHECKING:
    from infralint.model.github.job import Job
    from infralint.model.github.step import Step


def gates_of(step: Step) -> Iterator[Gate]:
    """The tests and scans of a step."""
    if step.uses is not None and is_gate_action(step.uses.action):
        yield Gate(step.uses, step, step.uses.action)
    for command, words in step.run.command_words() if step.run is not None else ():
        if is_gate(words):
            yield Gate(Element(step.source, command.start, command.end), step, " ".join(words[:2]))


def ignored_by(gate: Gate) -> Element | None:
    """The switch of its step, or what stands behind its command; None where its failure counts."""
    ignored = gate.step.continues_on_error
    if isinstance(ignored, Flag) and ignored:
        return ignored
    forgiven = re.compile(r"[ \t]*(\|\|[ \t]*(?:true|:|exit 0)(?![\w-]))").match(gate.source.text, gate.end)
    return Element(gate.source, forgiven.start(1), forgiven.end(1)) if forgiven and gate.step.run is not None else None


def is_asked_for(step: Step) -> bool:
    """Whether the outcome of a step is read somewhere, or its job uploads what was found as alerts."""
    if step.id is not None and f"steps.{step.id}.outcome" in step.source.text:
        return True
    steps = step.job.steps if step.job is not None else []
    return any(other.uses is not None and other.uses.action == "github/codeql-action/upload-sarif" for other in steps)


def is_looked_at(job: Job) -> bool:
    """Whether it is seen how a job's deployment went: by the deploying command, a later step, or a job that waits for it."""
    if job.deploys_to in deploys.LOOKS_ITSELF:
        return True
    first = next((step.position for step in job.steps if step.deploys is not None), 0)
    if any(_looks(step) for step in job.steps if step.position >= first):
        return True
    after = [other for other in job.workflow.jobs if any(need.job is job for need in other.needs)]
    return any(
        other.uses is not None or deploys.speaks_of_looking(f"{other.id} {other.name}") or any(map(_looks, other.steps))
        for other in after
    )


def _looks(step: Step) -> bool:
    if deploys.speaks_of_looking(f"{step.id} {step.name} {step.uses.action if step.uses is not None else ''}"):
        return True
    waiting = [
        each for each in step.inputs if str(each.name).startswith("wait-for") and str(each.text).lower() != "false"
    ]
    if waiting or step.run is None:
        return bool(waiting)
    return deploys.speaks_of_looking(str(step.run.text)) or any(
        deploys.looks_after(words) for _, words in step.run.command_words()
    )
