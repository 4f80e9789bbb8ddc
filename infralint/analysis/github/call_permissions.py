"""Permissions that called workflows request and their callers do not grant, for which GitHub refuses the run."""

from __future__ import annotations

from infralint.analysis.github.local_calls import local_file, workflow_document
from infralint.analysis.github.permissions import effective_permissions
from infralint.model.element import UNKNOWN
from infralint.model.github.job import Job
from infralint.model.github.permissions import Permissions
from infralint.model.github.workflow import WorkflowDocument

MAX_LEVELS = 9
"""Workflows that GitHub lets call each other, one below the other."""
_WIDE = ("none", "read-all", "write-all")


def refused_permission(job: Job, called: WorkflowDocument) -> str | None:
    """What a job of the called workflow requests beyond the written permissions of the caller, in words."""
    given = effective_permissions(job)
    if given.is_missing or given.text is UNKNOWN:
        return None
    return _refused(given, called, MAX_LEVELS)


def _refused(given: Permissions, called: WorkflowDocument, levels: int) -> str | None:
    """The same, for the jobs of workflows that the called one hands its own permissions on to, too."""
    for other in called.jobs:
        wanted = effective_permissions(other)
        found = _beyond(given, wanted)
        if found is not None:
            return f"job `{other.id}` of the called workflow requests `{found}`, which this job does not grant"
        path = local_file(other.uses) if other.uses is not None and wanted.is_missing else None
        below = workflow_document(called.index, path) if path is not None and levels else None
        deeper = _refused(given, below, levels - 1) if below is not None and below is not called else None
        if deeper is not None:
            return deeper
    return None


def _beyond(given: Permissions, wanted: Permissions) -> str | None:
    """The first permission that is requested and surely not granted."""
    text = wanted.text
    if text in ("read-all", "write-all") and given.text not in _WIDE[_WIDE.index(str(text)) :]:
        return f"permissions: {text}"
    for entry in wanted.entries:
        if entry.access not in ("read", "write") or given.access(str(entry.scope)) is UNKNOWN:
            continue
        if not given.grants(str(entry.scope), str(entry.access)):
            return f"{entry.scope}: {entry.access}"
    return None
