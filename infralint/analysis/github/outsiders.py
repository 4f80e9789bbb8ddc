"""Whether a run that an outsider causes reaches a job or step: the conditions on the way, evaluated for such a run."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.analysis.github.environment import variable_at
from infralint.analysis.github.known_actions import is_first_party
from infralint.analysis.github.local_calls import action_document, calling_jobs, calling_steps, local_file
from infralint.analysis.github.needs import needed_job
from infralint.analysis.github.outsider_runs import OutsiderRun, outsider_runs
from infralint.analysis.github.placement import job_of, steps_beside
from infralint.analysis.github.run_conditions import (
    DENIED,
    ELSEWHERE,
    ignores_failure,
    root_of,
    truth_in_run,
    value_in_run,
)
from infralint.analysis.github.script_checks import always_fails, checks_of, may_fail
from infralint.model.element import UNKNOWN, Unknown, fact_of, remembered
from infralint.model.github.expression import Condition, Expression, expressions_at
from infralint.model.github.job import Job
from infralint.model.github.step import Step
from infralint.model.github.uses import Uses
from infralint.model.github.value import get
from infralint.syntax.expression_value import to_text
from infralint.syntax.yaml import Mapping
from infralint.tables import taint_sources
from infralint.tables.actions import has, inputs_of
from infralint.text.record import NamedTuple
from infralint.text.source import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MAX_DEPTH = 12
"""Jobs and callers that are followed from one condition to the next."""


class _View(NamedTuple):
    """One kind of run as a job or step sees it: who started it, what was granted, and the calls it came through."""

    run: OutsiderRun
    granted: frozenset[str]
    calls: tuple[Job, ...] = ()


@fact_of(Job, Step)
def outsider_event(part: Job | Step, *granted: str) -> str | Unknown | None:
    """The event by which someone without write access gets it to run with this repository's secrets and token.

    None where its conditions, or those of the jobs before it, keep them all out. With arguments: the event where a
    maintainer has granted that much (actor, association, permission, label, repository, merge, environment). UNKNOWN where
    a job elsewhere, or an environment whose reviewers are not known, may keep them out.
    """
    return _event(part, frozenset(granted), taint_sources.UNTRUSTED_EVENTS)


@remembered
def forks_event(job: Job) -> str | Unknown | None:
    """The event of a pull request by which someone without write access gets it to run; None and UNKNOWN as above."""
    return _event(job, frozenset(), frozenset(("pull_request", "pull_request_target")))


@fact_of(Job, Step)
def untrusted_head_event(part: Job | Step, *granted: str) -> str | Unknown | None:
    """The same as `outsider_event`, of the events that have a pull request's code within reach."""
    return _event(part, frozenset(granted), taint_sources.HEAD_EVENTS & _events_with_ref(part))


def _events_with_ref(part: Job | Step) -> frozenset[str]:
    """All of these events but that of a comment where its payload lacks the ref that a checkout names: the base comes then."""
    ref = part.input_named("ref") if isinstance(part, Step) and part.uses is not None else None
    if ref is None or ref.text is None or part.uses is None or part.uses.action != "actions/checkout":
        return taint_sources.HEAD_EVENTS
    read = expressions_at(part.file, ref.route)
    written = [str(each.text).strip() for each in read]
    if len(read) != 1 or str(ref.text).strip() != read[0].read.outer or not taint_sources.lacks_comment(written[0]):
        return taint_sources.HEAD_EVENTS
    return taint_sources.HEAD_EVENTS - {"issue_comment"}


def ways_in(part: Job | Step) -> Iterator[tuple[str, tuple[Job, ...]]]:
    """The events that bring a pull request's code to it, each with the jobs of callers on the way, the nearest first."""
    for view, event in _views(part, frozenset()):
        if event in taint_sources.HEAD_EVENTS and _reaches(part, view) is True:
            yield event, view.calls


@fact_of(Job, Step)
def is_started_by_untrusted_users(part: Job | Step) -> bool | Unknown:
    """Whether an event that anyone can cause starts it with this repository's token; UNKNOWN as above.

    A step of an action that no job of this repository uses may be started by anyone.
    """
    if isinstance(part, Step) and part.job is None and not calling_steps(part.file):
        return True
    event = outsider_event(part)
    return UNKNOWN if event is UNKNOWN else event is not None


def _event(part: Job | Step, granted: frozenset[str], events: frozenset[str]) -> str | Unknown | None:
    found: str | Unknown | None = None
    for view, event in _views(part, granted):
        if event in events:
            reached = _reaches(part, view)
            if reached is True:
                return event
            found = UNKNOWN if reached is UNKNOWN else found
    return found


def _views(part: Job | Step, granted: frozenset[str]) -> Iterator[tuple[_View, str]]:
    """The runs by which outsiders may reach a job or step, with their events."""
    job = part if isinstance(part, Job) else part.job
    if job is not None:
        yield from ((view, view.run.event) for view in _views_of(job, granted, ()))
    elif isinstance(part, Step):
        for caller in calling_steps(part.file):
            for view, event in _views(caller, granted):
                if _reaches(caller, view) is True:
                    yield view, event


def _views_of(job: Job, granted: frozenset[str], calls: tuple[Job, ...]) -> Iterator[_View]:
    for run in outsider_runs(job.workflow):
        if (
            run.association != "CONTRIBUTOR" or "label" not in granted
        ):  # a label on what a contributor wrote is a review
            yield _View(run, granted, calls)
    if len(calls) < 3 and any(trigger.name == "workflow_call" for trigger in job.workflow.triggers):
        for caller in calling_jobs(job.file):
            yield from _views_of(caller, granted, (*calls, caller))


def _reaches(part: Job | Step, view: _View) -> Any:
    """Whether such a run comes to it: True, False, or UNKNOWN where what is not here decides."""
    job = part if isinstance(part, Job) else part.job
    found = [_job_runs(each, view) for each in (view.calls if job is not None else ())]
    if job is not None:
        found.append(_job_runs(job, view))
    if isinstance(part, Step):
        found.append(_step_runs(part, view))
    return False if False in found else UNKNOWN if UNKNOWN in found else True


def _job_runs(job: Job, view: _View, depth: int = MAX_DEPTH) -> Any:
    """Whether a job runs: its condition, and the jobs it waits for unless it runs whatever becomes of them."""
    if depth <= 0:
        return True
    found = [_holds(job.condition, view, depth)]
    if found[0] is False:
        return False
    if not ignores_failure(job.condition):
        for need in job.needs:
            other = needed_job(need)
            if other is not None and other is not job:
                found.append(_succeeds(other, view, depth - 1))
    if job.get("environment") is not None and "environment" not in view.granted:
        found.append(UNKNOWN)  # its reviewers are not written here
    return False if False in found else UNKNOWN if UNKNOWN in found else True


def _succeeds(job: Job, view: _View, depth: int) -> Any:
    """Whether a job runs in such a run and none of its steps ends it."""
    runs = _job_runs(job, view, depth)
    if runs is False:
        return False
    if job.uses is not None and not job.uses.is_local:
        return UNKNOWN
    if any(_ends_job(step, view) for step in job.steps):
        return False
    return runs


def _step_runs(step: Step, view: _View) -> Any:
    """Whether a step runs: its condition, and the steps before it that may end the job."""
    own = _holds(step.condition, view, MAX_DEPTH)
    if own is False or ignores_failure(step.condition):
        return own
    before = step.job.steps if step.job is not None else step.file.steps
    return False if any(_ends_job(each, view) for each in before if each.position < step.position) else own


def _ends_job(step: Step, view: _View) -> bool:
    """Whether a step, or one of the local action that it uses, fails for an outsider: by its check, or by its condition."""
    if step.continues_on_error is not None and step.continues_on_error is not UNKNOWN and step.continues_on_error:
        return False
    missing = checks_of(step) - view.granted
    if missing and may_fail(step):
        return True
    if step.condition is not None:
        return _holds(step.condition, view, MAX_DEPTH) is True and always_fails(step)
    return any(_ends_job(inner, view) for inner in _inner_steps(step))


def _inner_steps(step: Step) -> list[Step]:
    """The steps of the composite action of this repository that a step uses, without those that use another one."""
    path = local_file(step.uses) if step.uses is not None else None
    other = action_document(step.file.index, path) if path is not None else None
    if other is None or other.action is None or not other.action.is_composite or other is step.file:
        return []
    return [inner for inner in other.steps if inner.uses is None or local_file(inner.uses) is None]


def _holds(condition: Condition | None, view: _View, depth: int) -> Any:
    """Whether a condition holds: True where it may, as what is free is for the outsider to choose."""
    root = root_of(condition)
    if condition is None or root is None:
        return UNKNOWN if condition is not None and any(each.is_broken for each in condition.expressions) else True
    expression = condition.expressions[0]
    truth = truth_in_run(root, lambda path: _value(path, expression, view, depth))
    return UNKNOWN if truth is ELSEWHERE else not (truth is False or truth is DENIED)


def _value(path: tuple[str, ...], expression: Expression, view: _View, depth: int) -> Any:
    """What a context path is worth in a condition of such a run."""
    if path[0] == "github":
        return view.run.value(path, view.granted)
    if depth <= 0:
        return UNKNOWN
    job = job_of(expression)
    if path[0] == "needs" and len(path) >= 3 and job is not None:
        other = next((found for need in job.needs if (found := needed_job(need)) and found.id.lower() == path[1]), None)
        return _of_needed(other, path, view, depth) if other is not None else UNKNOWN
    if path[0] == "steps" and len(path) >= 4:
        asked = next(
            (each for each in steps_beside(expression) if each.id is not None and each.id.lower() == path[1]), None
        )
        return _of_step(asked, view) if asked is not None and path[2] == "outputs" else UNKNOWN
    if path[0] == "env" and len(path) == 2:
        entry = variable_at(expression.file, expression.route, path[1])
        if entry is None:
            return UNKNOWN
        return (
            str(entry.value) if isinstance(entry.value, Text) else _of_text(entry.expressions, entry.text, view, depth)
        )
    if path[0] == "inputs" and len(path) == 2 and view.calls and job is not None:
        return _of_input(path[1], job, view, depth)
    return UNKNOWN


def _of_needed(job: Job, path: tuple[str, ...], view: _View, depth: int) -> Any:
    if path[2] == "result":
        state = _succeeds(job, view, depth - 1)
        if state is False:
            return "skipped" if _job_runs(job, view, depth - 1) is False else "failure"
        return "success" if state is True else ELSEWHERE
    if job.uses is not None and not job.uses.is_local:
        return ELSEWHERE
    if path[2] == "outputs" and len(path) > 3:
        node = get(job.node, "outputs")
        name = (
            next((str(each) for each, _ in node.items() if each.lower() == path[3]), None)
            if isinstance(node, Mapping)
            else None
        )
        route = (*job.route, "outputs", name or path[3])
        read = expressions_at(job.file, route)
        value = _of_text(read, read[0].node.text if read else None, view, depth - 1)
        if value is not UNKNOWN:
            return value
        return _of_checks({name for step in job.steps for name in checks_of(step)}, view)
    return UNKNOWN


def _of_checks(asked: set[str], view: _View) -> Any:
    """The answer of a step that asks something of the user: what it says is not known, only that outsiders do not pass."""
    return DENIED if asked - view.granted else UNKNOWN


def _of_step(step: Step, view: _View) -> Any:
    """The answer of a step: DENIED where it asks something that outsiders do not pass, ELSEWHERE where it may."""
    if checks_of(step) - view.granted:
        return DENIED
    uses = step.uses
    if uses is None:
        return UNKNOWN
    if inside := _inner_steps(step):
        found = [_of_step(inner, view) for inner in inside]
        return next((each for each in (DENIED, ELSEWHERE) if any(one is each for one in found)), UNKNOWN)
    return ELSEWHERE if _may_ask(uses) else UNKNOWN


def _may_ask(uses: Uses) -> bool:
    """Whether an action may find out what a user may do: all that is not known not to."""
    if is_first_party(uses) or has(uses.action, "no-check"):
        return False
    return inputs_of(uses.action) is None and not has(uses.action, "text-outputs")


def _of_text(expressions: list[Expression], text: Text | None, view: _View, depth: int) -> Any:
    """The text that one expression gives; UNKNOWN where it is only a part, or more decides."""
    if text is None or len(expressions) != 1 or str(expressions[0].read.outer) != str(text).strip():
        return UNKNOWN
    value = _of_expression(expressions[0], view, depth - 1)
    is_plain = value is None or isinstance(value, str | bool | float)
    return to_text(value) if is_plain else value if not isinstance(value, list | dict) else UNKNOWN


def _of_expression(expression: Expression, view: _View, depth: int) -> Any:
    root = expression.read.root
    return UNKNOWN if root is None else value_in_run(root, lambda path: _value(path, expression, view, depth))


def _of_input(name: str, job: Job, view: _View, depth: int) -> Any:
    """What the job that calls this workflow passes for an input."""
    if job in view.calls:
        at = view.calls.index(job) + 1
        caller = view.calls[at] if at < len(view.calls) else None
    else:
        caller = view.calls[0]
    written = caller.get("with") if caller is not None else None
    for each, node in written.items() if isinstance(written, Mapping) else ():
        if each.lower() == name and caller is not None:
            value = getattr(node, "value", None)
            if "${{" not in str(getattr(node, "content", "")):
                return float(value) if isinstance(value, int) and not isinstance(value, bool) else value
            read = expressions_at(caller.file, (*caller.route, "with", str(each)))
            return _of_expression(read[0], view, depth - 1) if len(read) == 1 else UNKNOWN
    return UNKNOWN
