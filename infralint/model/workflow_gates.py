"""What a job tests and looks at, and what lets that fail without anybody noticing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from infralint.facts import deploys
from infralint.facts.gates import is_gate, is_gate_action
from infralint.model.element import Flag
from infralint.model.workflow_runs import UnheededGate

if TYPE_CHECKING:
    from infralint.model.workflow_jobs import Job
    from infralint.model.workflow_steps import Step


def unheeded_gate(step: Step) -> UnheededGate | None:
    """The `continue-on-error: true`, or the `|| true` behind the command; None where what it says is read elsewhere."""
    if _is_heeded(step):
        return None
    ignored = step.continues_on_error
    if isinstance(ignored, Flag) and ignored:
        gate = _gate(step)
        return UnheededGate(ignored.source, ignored.start, ignored.end, gate) if gate is not None else None
    for command, words in step.run._written() if step.run is not None and "||" in step.run.text else ():
        forgiven = re.compile(r"[ \t]*(\|\|[ \t]*(?:true|:|exit 0)(?![\w-]))").match(step.source.text, command.end)
        if forgiven and is_gate(words):
            return UnheededGate(step.source, forgiven.start(1), forgiven.end(1), _named(words))
    return None


def _gate(step: Step) -> str | None:
    if step.uses is not None:
        return step.uses.action if is_gate_action(step.uses.action) else None
    return next((_named(words) for _, words in step.run._written() if is_gate(words)), None) if step.run is not None else None


def _named(words: list[str]) -> str:
    return " ".join(words[:2])


def _is_heeded(step: Step) -> bool:
    """Whether its outcome is asked for, or what it found goes to GitHub's list of alerts."""
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
    return any(other.uses is not None or deploys.speaks_of_looking(f"{other.id} {other.name}") or any(map(_looks, other.steps)) for other in after)


def _looks(step: Step) -> bool:
    if deploys.speaks_of_looking(f"{step.id} {step.name} {step.uses.action if step.uses is not None else ''}"):
        return True
    waiting = [each for each in step.inputs if str(each.name).startswith("wait-for") and str(each.text).lower() != "false"]
    if waiting or step.run is None:
        return bool(waiting)
    return deploys.speaks_of_looking(str(step.run.text)) or any(deploys.looks_after(words) for _, words in step.run._written())
