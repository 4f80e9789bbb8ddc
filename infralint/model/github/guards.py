"""Who may start a job, behind which gates, and what its token may do then."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from infralint.syntax.yaml import Mapping
from infralint.tables import taint_sources as tables

if TYPE_CHECKING:
    from infralint.model.github.job import Job
    from infralint.model.github.step import Step
    from infralint.model.github.workflow import Workflow, WorkflowDocument
    from infralint.model.index import Index

MAX_CALLERS = 20


def document(index: Index, path: str) -> WorkflowDocument | None:
    """The model of another workflow of the run, read once."""

    def read() -> WorkflowDocument | None:
        from infralint.model.github.workflow import WorkflowDocument

        source = index.source(path)
        return WorkflowDocument(source, index, "workflow") if source is not None else None

    return index.memo(("workflow-document", path), read)


def action_document(index: Index, path: str) -> Any:
    """The model of a local action, read once."""

    def read() -> Any:
        from infralint.model.github.action import ActionDocument

        source = index.source(path)
        return ActionDocument(source, index, "action") if source is not None else None

    return index.memo(("action-document", path), read)


def _local_uses(index: Index) -> dict[str, list[str]]:
    """Which workflows of the run name which local files: folder or file to paths of workflows."""

    def read() -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for source in index.sources(index.of_kind("workflow")):
            for name in set(
                re.findall(
                    r"uses:[ \t]*[\"']?\.?/?(\.[\w./-]+|[\w-]+/[\w./-]*)[\"']?[ \t]*(?:#.*)?\r?$",
                    source.text,
                    re.MULTILINE,
                )
            ):
                found.setdefault(name.removeprefix("./").rstrip("/"), []).append(source.path)
        return found

    return index.memo("local-uses", read)


def calling_jobs(file: Any) -> list[Job]:
    """The jobs of this run's workflows that call a reusable workflow."""
    index, path = file.index, file.source.path
    found = []
    for caller in _local_uses(index).get(path, ())[:MAX_CALLERS]:
        other = document(index, caller)
        for job in other.jobs if other is not None and caller != path else ():
            if job.uses is not None and job.uses.local_file == path:
                found.append(job)
    return found


def calling_steps(file: Any) -> list[Step]:
    """The steps of this run's workflows that use a local action."""
    index, path = file.index, file.source.path
    folder = path.rpartition("/")[0]
    found = []
    for caller in _local_uses(index).get(folder, ())[:MAX_CALLERS] if folder else ():
        other = document(index, caller)
        for step in other.steps if other is not None else ():
            if step.uses is not None and step.uses.local_file == path:
                found.append(step)
    return found


def events_of(workflow: Workflow, depth: int = 3) -> set[str]:
    """The events that start a workflow, those of its callers in this run included."""
    own = {str(trigger.name) for trigger in workflow.triggers}
    if "workflow_call" in own and depth:
        for job in calling_jobs(workflow.file):
            own |= events_of(job.workflow, depth - 1)
    return own


def job_events(job: Job) -> set[str]:
    """The events for which a job runs: those of the workflow, less what its `if:` plainly leaves out."""
    events = events_of(job.workflow)
    text = str(job.condition.text) if job.condition is not None else ""
    named = set(re.findall(r"github\.event_name\s*==\s*'(\w+)'", text))
    if named and "||" not in text:
        return events & named
    return events - set(re.findall(r"github\.event_name\s*!=\s*'(\w+)'", text)) if "||" not in text else events


def gates_of(holder: Any) -> set[str]:
    """What the conditions of a step, its job and the jobs before it ask of whoever caused the event."""
    found: set[str] = set()
    job = getattr(holder, "job", None) if not hasattr(holder, "workflow") else holder
    conditions = [holder.condition] if holder is not job else []
    if job is not None:
        conditions.append(job.condition)
        if holder is not job:
            for step in job.steps:
                if step.position >= holder.position:
                    break
                found |= _checks(step)
        seen: set[int] = set()
        todo = [need.job for need in job.needs]
        while todo:
            other = todo.pop()
            if other is None or id(other) in seen or len(seen) > 50:
                continue
            seen.add(id(other))
            conditions.append(other.condition)
            for step in other.steps:
                found |= _checks(step)
            todo += [need.job for need in other.needs]
    for condition in conditions:
        text = str(condition.text) if condition is not None else ""
        for name, pattern in tables.gate_patterns().items():
            if pattern.search(text):
                found.add(name)
    return found


def _checks(step: Step) -> set[str]:
    uses, run = step.uses, step.run
    if uses is not None and uses.action in tables.PERMISSION_CHECKS:
        return {"permission"}
    if run is not None and "pushed_at" in run.text and "date" in run.text and "exit 1" in run.text:
        return {"date"}
    return set()


def is_read_only(job: Job) -> bool:
    """Whether what is written down lets the job's token write nothing."""
    permissions = job.effective_permissions
    if permissions.is_missing:
        return False
    if permissions.is_read_all or permissions.is_empty:
        return True
    node = permissions.node
    return (
        isinstance(node, Mapping)
        and not permissions.writes
        and all(e.access in ("read", "none") for e in permissions.entries)
    )


def has_default_branch(workflow: Workflow) -> bool:
    """Whether strangers start it in the scope of the default branch, whose caches all branches read."""
    for trigger in workflow.triggers:
        if trigger.name in ("issue_comment", "workflow_run", "issues", "discussion", "discussion_comment"):
            return True
        if trigger.name == "pull_request_target":
            if trigger.branches:
                if any(str(b) in ("main", "master", "trunk", "*", "**") for b in trigger.branches):
                    return True
            elif not any(str(b) in ("main", "master", "trunk", "*", "**") for b in trigger.ignored_branches):
                return True
    return False
