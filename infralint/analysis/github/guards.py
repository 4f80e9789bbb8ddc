"""Guards of a step: what conditions and earlier steps ask of the author of a pull request or comment."""

from __future__ import annotations

from infralint.analysis.github.needs import needed_job
from infralint.analysis.github.triggers import runs_on_event
from infralint.analysis.github.untrusted_code import pull_request_head
from infralint.model.element import fact_of, remembered
from infralint.model.github.job import Job
from infralint.model.github.step import Step
from infralint.tables import taint_sources


@remembered
def _guards(step: Step) -> set[str]:
    """What the conditions of a step, its job and the jobs before it ask of the user who caused the event."""
    found: set[str] = set()
    conditions = [step.condition]
    if step.job is not None:
        conditions.append(step.job.condition)
        for other_step in step.job.steps:
            if other_step.position >= step.position:
                break
            found |= _checks(other_step)
        for job in _jobs_before(step.job):
            conditions.append(job.condition)
            for other_step in job.steps:
                found |= _checks(other_step)
    for condition in conditions:
        text = str(condition.text) if condition is not None else ""
        for name, pattern in taint_sources.guard_patterns().items():
            if pattern.search(text):
                found.add(name)
    return found


def _jobs_before(job: Job) -> list[Job]:
    """The jobs that a job waits for, through others or not."""
    found: list[Job] = []
    todo = [needed_job(need) for need in job.needs]
    while todo:
        other = todo.pop()
        if other is None or other in found or len(found) > 50:
            continue
        found.append(other)
        todo += [needed_job(need) for need in other.needs]
    return found


def _checks(step: Step) -> set[str]:
    """What a step checks itself: the permission of the user, the date of the push."""
    uses, run = step.uses, step.run
    if uses is not None and uses.action in taint_sources.PERMISSION_CHECKS:
        return {"permission"}
    if run is not None and "pushed_at" in run.text and "date" in run.text and "exit 1" in run.text:
        return {"date"}
    return set()


@fact_of(Step)
def has_guard(step: Step, *names: str) -> bool:
    """Whether it runs only behind a check of: actor, association, permission, label, repository, date of the push."""
    return not _guards(step).isdisjoint(names)


@fact_of(Step)
def has_toctou_after_approval(step: Step) -> bool:
    """Whether what it fetches is resolved after an approval, without a check of when it was pushed."""
    job = step.job
    if job is None or has_guard(step, "date", "repository"):
        return False
    if runs_on_event(job, "issue_comment"):
        return has_guard(step, "association", "permission", "actor")
    head = pull_request_head(step)
    return (
        job.environment is not None
        and runs_on_event(job, "pull_request_target")
        and not has_guard(step, "actor", "association", "permission", "label")
        and head is not None
        and "head.ref" in head.raw
    )
