"""Guards of a step: what it asks of the author of a pull request or comment, and whether that still holds."""

from __future__ import annotations

from infralint.analysis.github.needs import needed_job
from infralint.analysis.github.outsider_runs import GRANTS
from infralint.analysis.github.outsiders import forks_event, untrusted_head_event
from infralint.analysis.github.script_checks import script_text
from infralint.analysis.github.triggers import runs_on_event
from infralint.analysis.github.untrusted_code import pull_request_head
from infralint.model.element import UNKNOWN, Unknown, fact_of
from infralint.model.github.job import Job
from infralint.model.github.step import Step


@fact_of(Job)
def keeps_forks_out(job: Job) -> bool | Unknown:
    """Whether it runs only for branches of this repository or for its members; UNKNOWN if a job elsewhere may see to it."""
    event = forks_event(job)
    return UNKNOWN if event is UNKNOWN else event is None


@fact_of(Step)
def has_guard(step: Step, *names: str) -> bool | Unknown:
    """Whether it runs only behind a check of: actor, association, permission, label, repository, merge.

    UNKNOWN where an environment, or a job that calls a workflow of another repository, may check anything.
    """
    event = untrusted_head_event(step, *(GRANTS - set(names)))
    return UNKNOWN if event is UNKNOWN else event is None


@fact_of(Step)
def unguarded_event(step: Step) -> str | Unknown | None:
    """The event by which an outsider gets their pull request's code into it: None where a guard keeps them out.

    A label that stands on a pull request guards no comment: an outsider writes it whenever they like. Without a check of
    what was pushed since, that is the fault of `has_toctou_after_approval`.
    """
    event = untrusted_head_event(step)
    if event is None and _compares_dates(step) and untrusted_head_event(step, "label") == "issue_comment":
        return "issue_comment"
    return event


@fact_of(Step)
def has_toctou_after_approval(step: Step) -> bool:
    """Whether what it fetches is resolved after an approval, without a check of when it was pushed."""
    job = step.job
    if job is None or _compares_dates(step) or untrusted_head_event(step) not in (None, UNKNOWN):
        return False
    if runs_on_event(job, "issue_comment"):
        approvals = GRANTS - {"repository", "merge"}
        return untrusted_head_event(step, *approvals) == "issue_comment"
    head = pull_request_head(step)
    return (
        job.environment is not None
        and untrusted_head_event(step, "environment") == "pull_request_target"
        and head is not None
        and "head.ref" in head.raw
    )


def _compares_dates(step: Step) -> bool:
    """Whether a step before it compares when the head was pushed."""
    steps = [each for each in step.job.steps if each.position < step.position] if step.job is not None else []
    for need in step.job.needs if step.job is not None else ():
        other = needed_job(need)
        steps += other.steps if other is not None else []
    scripts = [script_text(each) for each in steps]
    return any("pushed_at" in script and "date" in script for script in scripts)
