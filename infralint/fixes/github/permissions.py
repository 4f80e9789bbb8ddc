"""Fixes of token permissions."""

from __future__ import annotations

from infralint.analysis.github.permission_needs import PermissionNeed, likely_permissions
from infralint.analysis.github.permissions import default_token_jobs, may_write
from infralint.model.element import fact_of
from infralint.model.github.job import Job
from infralint.model.github.permissions import Permissions
from infralint.model.github.workflow import Workflow
from infralint.syntax.yaml import Mapping, Scalar
from infralint.syntax.yaml_edit import column_of, delete, set_key, step_of
from infralint.text.edit import Edit


@fact_of(PermissionNeed)
def granted(need: PermissionNeed) -> list[Edit] | None:
    """Edits that give the job one scope more."""
    job = need.job
    if not job.permissions.is_missing:
        node = job.permissions.node
        if isinstance(node, Mapping) and not node.pairs:
            return [Edit(node.source.path, node.start, node.end, f"{{{need.scope}: {need.access}}}")]
        return set_key(job.node, ["permissions", need.scope], need.access) if isinstance(node, Mapping) else None
    above = job.workflow.permissions
    if not isinstance(above.node, Mapping) or any(not isinstance(entry.access, str) for entry in above.entries):
        return None
    scopes = {str(entry.scope): str(entry.access) for entry in above.entries if entry.access != "none"}
    return _block_first(job, {**scopes, need.scope: need.access})


def _block_first(job: Job, scopes: dict[str, str]) -> list[Edit] | None:
    """A `permissions:` block as the job's first key."""
    node = job.node
    if not isinstance(node, Mapping) or node.is_flow or not node.pairs:
        return None
    source, start = node.source, node.pairs[0].start
    pad = " " * column_of(source, start)
    inner = pad + " " * step_of(node)
    lines = [f"{pad}permissions:", *(f"{inner}{scope}: {access}" for scope, access in scopes.items())]
    at = source.line_starts[source.line_of(start) - 1]
    return (
        [Edit(source.path, at, at, "".join(line + source.newline for line in lines))]
        if source.text[at:start].isspace()
        else None
    )


@fact_of(Workflow)
def with_least_permissions(workflow: Workflow) -> list[Edit] | None:
    """Edits after which the token reads the repository, and in the jobs that need more may do just that.

    None where a job may need what is not known: it calls a workflow, or gives the token to an action or script.
    """
    key = workflow.key("jobs")
    if key is None or column_of(key.source, key.start):
        return None
    newline = key.source.newline
    edits = [Edit(key.source.path, key.start, key.start, f"permissions:{newline}  contents: read{newline}{newline}")]
    for job in default_token_jobs(workflow):
        needed = likely_permissions(job)
        if needed is None:
            return None
        if {"contents": "read", **needed} != {"contents": "read"}:
            block = _block_first(job, {"contents": "read", **needed})
            if block is None:
                return None
            edits += block
    return edits


@fact_of(Workflow)
def with_permissions_at_jobs(workflow: Workflow) -> list[Edit] | None:
    """Edits that take every right to write from the workflow, and give each to those of its jobs in which something may use it."""
    entries = workflow.permissions.entries
    key = workflow.node.key("permissions")
    if key is None or any(not isinstance(entry.access, str) for entry in entries):
        return None
    kept = {str(entry.scope): str(entry.access) for entry in entries if not entry.is_write and entry.access != "none"}
    written = workflow.permissions.writes
    if len(written) < len(entries):
        parts = [delete(entry.node) for entry in written]
    else:
        end = workflow.permissions.node.end
        if any(comment.alone and key.end < comment.start < end for comment in workflow.file.comments()):
            return None
        parts = [[Edit(key.source.path, key.end, key.source.line_span(key.source.line_of(end)).end, ": {}")]]
    comments = {str(entry.scope): entry.comment for entry in written}
    said = {scope: f"write  {comment}" if comment else "write" for scope, comment in comments.items()}
    for job in workflow.jobs:
        used = {scope: access for scope, access in said.items() if job.permissions.is_missing and may_write(job, scope)}
        if used:
            parts.append(_block_first(job, {**kept, **used}))
    return None if any(part is None for part in parts) else [edit for part in parts for edit in part or ()]


@fact_of(Permissions)
def with_contents_read(permissions: Permissions) -> list[Edit] | None:
    """Edits after which the token may read the repository and nothing else."""
    node = permissions.node
    if not isinstance(node, Scalar) or node.anchor is not None:
        return None
    return [Edit(permissions.source.path, node.start, node.end, "{contents: read}")]
