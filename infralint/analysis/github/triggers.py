"""The events that start workflows and jobs: privileged ones, and those that callers pass on."""

from __future__ import annotations

from functools import partial

from infralint.analysis.github.local_calls import calling_jobs, calling_steps, workflows_of_name
from infralint.analysis.github.needs import needed_job
from infralint.analysis.github.run_conditions import ignores_failure, root_of, truth_in_run
from infralint.model.element import UNKNOWN, fact_of, remembered
from infralint.model.github.expression import Condition
from infralint.model.github.job import Job
from infralint.model.github.step import Step
from infralint.model.github.value import get, texts
from infralint.model.github.workflow import Trigger, Workflow, WorkflowDocument
from infralint.model.index import Index
from infralint.syntax import expression as syntax
from infralint.tables import github
from infralint.tables.outsiders import OBJECTS
from infralint.tables.taint_sources import HEAD_EVENTS
from infralint.text.source import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

TRUSTED_EVENTS = frozenset(
    ("push", "schedule", "workflow_dispatch", "repository_dispatch", "release", "merge_group", "workflow_call")
)
"""Events that only people with write access to the repository, or the clock, cause."""


def is_release_trigger(trigger: Trigger) -> bool:
    """Whether it stands for a release: the event `release`, a pushed tag, a pushed release branch."""
    if trigger.name == "release":
        return True
    return trigger.name == "push" and (
        bool(trigger.tags) or any(branch.lower().startswith(("release", "releases")) for branch in trigger.branches)
    )


@fact_of(Trigger, Workflow)
def is_privileged(part: Trigger | Workflow) -> bool:
    """Whether people without write access cause it, or start it, while it runs with this repository's secrets and token."""
    triggers = [part] if isinstance(part, Trigger) else part.triggers
    return any(trigger.name in github.PRIVILEGED_EVENTS for trigger in triggers)


def is_release_workflow(workflow: Workflow) -> bool:
    """Whether a release starts it: the event `release`, a pushed tag or release branch."""
    return any(is_release_trigger(trigger) for trigger in workflow.triggers)


@fact_of(Workflow)
def is_reusable_only(workflow: Workflow) -> bool:
    """Whether only other workflows start it."""
    return [str(trigger.name) for trigger in workflow.triggers] == ["workflow_call"]


def events_of(workflow: Workflow, depth: int = 3) -> set[str]:
    """The events that start a workflow, those of its callers in this run included."""
    own = {str(trigger.name) for trigger in workflow.triggers}
    if "workflow_run" in own and _follows_trusted_runs(workflow):
        own.discard("workflow_run")
    if "workflow_call" in own and depth:
        for job in calling_jobs(workflow.file):
            called = events_of(job.workflow, depth - 1)
            own |= called - HEAD_EVENTS if _waits_for_other_repository(job) else called
    return own


def _follows_trusted_runs(workflow: Workflow) -> bool:
    """Whether each workflow after which it runs is one of this repository that only people with write access start."""
    for trigger in workflow.triggers:
        names = texts(get(trigger.node, "workflows")) if trigger.name == "workflow_run" else []
        if trigger.name == "workflow_run" and not names:
            return False
        if any(not _events_of_name(workflow.file.index, str(name)) <= TRUSTED_EVENTS for name in names):
            return False
    return True


def _events_of_name(index: Index, name: str) -> set[str]:
    """The events of the workflows of a name; `unknown` where there is none that could be read."""
    found = [other for other in workflows_of_name(index, name) if not other.file.stream.partial]
    return {str(trigger.name) for other in found for trigger in other.triggers} if found else {"unknown"}


def _waits_for_other_repository(job: Job) -> bool:
    """Whether a job waits for one that calls a workflow of another repository, which may ask anything of the author."""
    needed = [needed_job(need) for need in job.needs]
    return any(other is not None and other.uses is not None and not other.uses.is_local for other in needed)


@remembered
def job_events(job: Job) -> set[str]:
    """The events for which a job runs: those of the workflow, less what its `if:` and those of needed jobs leave out."""
    return {event for event in events_of(job.workflow) if _may_run(job, event)}


def _may_run(job: Job, event: str, depth: int = 20) -> bool:
    """Whether nothing but the event keeps a job from running."""
    root = root_of(job.condition)
    if root is not None and truth_in_run(root, lambda path: _of_event(path, event)) is False:
        return False
    if depth <= 0 or ignores_failure(job.condition):
        return True
    needed = [other for need in job.needs if (other := needed_job(need)) is not None and other is not job]
    return all(_may_run(other, event, depth - 1) for other in needed)


def _of_event(path: tuple[str, ...], event: str) -> Any:
    if event == "workflow_call":
        return UNKNOWN
    if path == ("github", "event_name"):
        return event
    events = OBJECTS.get(path[2]) if path[:2] == ("github", "event") and len(path) > 2 else None
    return None if events is not None and event not in events else UNKNOWN


def may_run(part: Job | Step | None) -> bool:
    """Whether some event of its workflow lets it run: False for what its conditions rule out, such as `if: false`."""
    if isinstance(part, Step):
        root = root_of(part.condition)
        events = job_events(part.job) if part.job is not None else {"workflow_call"}
        return bool(events) and (
            root is None or any(truth_in_run(root, partial(_of_event, event=event)) is not False for event in events)
        )
    return part is None or bool(job_events(part)) or not part.workflow.triggers


@fact_of(Job)
def runs_on_event(job: Job, *names: str) -> bool:
    """Whether one of these events starts it, by way of a workflow that calls it too."""
    return not job_events(job).isdisjoint(names)


@fact_of(Job, Step)
def runs_privileged_on_pull_request_code(part: Job | Step) -> bool:
    """Whether people without write access start it, with a pull request's code within reach and this repository's token.

    Of a step: whether that is so of its job, or, where an action has it, of a job of this repository that uses the action.
    """
    return any(not job_events(job).isdisjoint(HEAD_EVENTS) for job in _jobs_of(part))


def _callers(step: Step) -> list[Step]:
    return calling_steps(step.file) if step.job is None else []


def _jobs_of(part: Job | Step) -> list[Job]:
    """The job, that of the step, or those that use the step's action."""
    return [part] if isinstance(part, Job) else [step.job for step in (part, *_callers(part)) if step.job is not None]


@fact_of(Condition)
def missing_event(condition: Condition) -> Text | None:
    """The event that it asks for and that is none of the workflow's, where it holds under none of them; else None."""
    root = root_of(condition)
    workflow = condition.file.workflow if isinstance(condition.file, WorkflowDocument) else None
    if root is None or workflow is None or workflow.file.stream.partial or workflow.file.is_compiled:
        return None
    own = {str(trigger.name) for trigger in workflow.triggers}
    asked = [name for name in _asked_events(condition) if name not in own]
    if not own or not asked or any(event == "workflow_call" or "$" in event for event in own):
        return None
    holds = any(truth_in_run(root, partial(_of_event_name, event=event)) is not False for event in own)
    return None if holds else asked[0]


def _asked_events(condition: Condition) -> list[Text]:
    """The texts with which a condition compares `github.event_name`."""
    found = []
    read = condition.expressions[0].read
    for node in read.nodes():
        if isinstance(node, syntax.Comparison) and node.operator == "==":
            for side, other in ((node.left, node.right), (node.right, node.left)):
                is_text = isinstance(other, syntax.Literal) and isinstance(other.value, str)
                if syntax.path_of(side) == ("github", "event_name") and is_text:
                    found.append(read.inner.slice(other.start + 1, other.end - 1))
    return found


def _of_event_name(path: tuple[str, ...], event: str) -> Any:
    return event if path == ("github", "event_name") else UNKNOWN
