"""Permissions of the token: which hold for a job, which are known, which nothing can use."""

from __future__ import annotations

from infralint.analysis.github.checkouts import checkout_of, persists_credentials
from infralint.analysis.github.images import container_image
from infralint.model.element import UNKNOWN, Unknown, fact_of, remembered
from infralint.model.github.job import Job
from infralint.model.github.permissions import Permission, Permissions
from infralint.model.github.step import Step
from infralint.model.github.workflow import Workflow, WorkflowDocument
from infralint.syntax.yaml import Mapping
from infralint.tables.permissions import may_write as action_may_write
from infralint.text import regex as re


@remembered
def effective_permissions(job: Job) -> Permissions:
    """What its token may do: its own permissions, or those of the workflow."""
    return job.workflow.permissions if job.permissions.is_missing else job.permissions


@fact_of(Job)
def is_read_only(job: Job) -> bool:
    """Whether what is written down lets the job's token write nothing."""
    permissions = effective_permissions(job)
    if permissions.is_missing:
        return False
    if permissions.text == "read-all" or is_empty(permissions):
        return True
    node = permissions.node
    return (
        isinstance(node, Mapping)
        and not permissions.writes
        and all(e.access in ("read", "none") for e in permissions.entries)
    )


@fact_of(Workflow)
def default_token_jobs(workflow: Workflow) -> list[Job]:
    """The jobs whose token has whatever rights the repository gives by default."""
    return [job for job in workflow.jobs if job.permissions.is_missing] if workflow.permissions.is_missing else []


def is_empty(permissions: Permissions) -> bool:
    """Whether the token may do nothing (`{}`)."""
    return isinstance(permissions.node, Mapping) and not permissions.node.pairs


@fact_of(Permission)
def may_be_used(permission: Permission) -> bool | Unknown:
    """Whether something may use it in the jobs for which it holds; unknown where it holds for none."""
    workflow = permission.file.workflow if isinstance(permission.file, WorkflowDocument) else None
    jobs = workflow.jobs if workflow is not None else []
    held = [job for job in jobs if effective_permissions(job).route == permission.route[:-1]]
    return any(may_write(job, str(permission.scope)) for job in held) if held else UNKNOWN


def may_write(job: Job, scope: str) -> bool:
    """Whether something in a job may use a scope for writing."""
    if job.uses is not None or container_image(job) is not None or not job.steps:
        return True
    for holder in (job, job.workflow):
        if any(re.search(_ANY_TOKEN, str(entry.text)) for entry in holder.variables):
            return True
    return any(_step_may_write(job, step, scope) for step in job.steps)


def _step_may_write(job: Job, step: Step, scope: str) -> bool:
    if step.uses is not None:
        return step.uses.is_local or step.uses.is_docker or action_may_write(step.uses.action, scope)
    if step.run is None or scope == "id-token":  # every script may ask the runner for an identity
        return True
    checkouts = [found for each in job.steps if (found := checkout_of(each)) is not None]
    if scope == "contents" and any(persists_credentials(each) is not False for each in checkouts):
        return True
    return re.search(_ANY_TOKEN, f"{step.run.text} {' '.join(str(entry.text) for entry in step.variables)}") is not None


_ANY_TOKEN = r"(?i)github\.token|secrets\.github_token|tojson\(\s*(?:secrets|github)\s*\)|secrets\s*\["
