"""Guards of a step: what conditions and earlier steps ask of the author of a pull request or comment."""

from __future__ import annotations

import re

from infralint.analysis.github.needs import needed_job
from infralint.analysis.github.triggers import runs_on_event
from infralint.analysis.github.untrusted_code import pull_request_head
from infralint.model.element import UNKNOWN, Unknown, fact_of, remembered
from infralint.model.github.expression import Condition
from infralint.model.github.job import Job
from infralint.model.github.step import Step
from infralint.tables import taint_sources

UNKNOWN_GATE = "unknown"
_SCRIPT_CHECKS = {
    "repository": re.compile(
        r"head\.repo\.(?:full_name|fork|owner|id)|\bhead_repository\b|isCrossRepository|headRepositoryOwner"
    ),
    "permission": re.compile(
        r"getCollaboratorPermissionLevel|/collaborators/[^\n]*permission|getMembershipForUserInOrg|checkMembership"
    ),
    "association": re.compile(r"author_association|authorAssociation"),
}
"""What a script that can end its job asks of a pull request or its author."""


@remembered
def _guards(step: Step) -> set[str]:
    """What the conditions of a step, its job and the jobs before it ask of the user who caused the event."""
    found = _asked_by(step.condition)
    if step.job is not None:
        found |= _job_guards(step.job)
        for other_step in step.job.steps:
            if other_step.position >= step.position:
                break
            found |= _checks(other_step)
    return found


@remembered
def _job_guards(job: Job) -> set[str]:
    """What the conditions of a job and of the jobs before it ask; UNKNOWN_GATE where one of those lies elsewhere."""
    found = _asked_by(job.condition)
    for other in _jobs_before(job):
        found |= _asked_by(other.condition)
        for step in other.steps:
            found |= _checks(step)
        if other.uses is not None and not other.uses.is_local:
            found.add(UNKNOWN_GATE)
    return found


def _asked_by(condition: Condition | None) -> set[str]:
    """What a condition asks of the user who caused the event."""
    text = str(condition.text) if condition is not None else ""
    return {name for name, pattern in taint_sources.guard_patterns().items() if pattern.search(text)}


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
    uses = step.uses
    if uses is not None and uses.action in taint_sources.PERMISSION_CHECKS:
        return {"permission"}
    script = str(step.run.text) if step.run is not None else _inline_script(step)
    if re.search(r"\bexit [1-9]|\bsetFailed\(|\bthrow\b|\bprocess\.exit\([1-9]", script) is None:
        return set()
    found = {name for name, pattern in _SCRIPT_CHECKS.items() if pattern.search(script)}
    if "pushed_at" in script and "date" in script:
        found.add("date")
    return found


def _inline_script(step: Step) -> str:
    """The script that `actions/github-script` runs; "" of any other step."""
    held = step.input_named("script") if step.uses is not None and step.uses.action == "actions/github-script" else None
    return str(held.text) if held is not None and held.text is not None else ""


@fact_of(Job)
def keeps_forks_out(job: Job) -> bool | Unknown:
    """Whether it runs only for branches of this repository or for its members; UNKNOWN if a job elsewhere may see to it."""
    found = _job_guards(job)
    if not found.isdisjoint(("repository", "association", "permission", "actor")):
        return True
    return UNKNOWN if UNKNOWN_GATE in found else False


@fact_of(Step)
def has_guard(step: Step, *names: str) -> bool | Unknown:
    """Whether it runs only behind a check of: actor, association, permission, label, repository, date of the push.

    UNKNOWN where a job that it waits for calls a workflow of another repository, which may check anything.
    """
    found = _guards(step)
    if not found.isdisjoint(names):
        return True
    return UNKNOWN if UNKNOWN_GATE in found else False


@fact_of(Step)
def has_toctou_after_approval(step: Step) -> bool:
    """Whether what it fetches is resolved after an approval, without a check of when it was pushed."""
    job = step.job
    if job is None or has_guard(step, "date", "repository") is not False:
        return False
    if runs_on_event(job, "issue_comment"):
        return bool(has_guard(step, "association", "permission", "actor"))
    head = pull_request_head(step)
    return (
        job.environment is not None
        and runs_on_event(job, "pull_request_target")
        and has_guard(step, "actor", "association", "permission", "label") is False
        and head is not None
        and "head.ref" in head.raw
    )
