"""What the cross-file rules need of a workflow, as plain values that cross process borders."""

from __future__ import annotations

from infralint.analysis.github.deployments import deployment_of, job_target, rollback_of_job
from infralint.analysis.github.runtimes import runtimes_in_workflow
from infralint.model.github.workflow import WorkflowDocument
from infralint.model.project.summary import DeploymentSummary, WorkflowSummary, mark
from infralint.text.source import Text


def workflow_summary(document: WorkflowDocument) -> WorkflowSummary:
    """The jobs that deploy, and whether one of the workflow rolls back."""
    found = []
    has_rollback: bool | None = None
    for job in document.jobs:
        at = deployment_of(job)
        if at is None:
            continue
        if has_rollback is None:
            has_rollback = any(rollback_of_job(each) is not None for each in document.jobs)
        environment = str(job.environment) if isinstance(job.environment, Text) else None
        found.append(DeploymentSummary(mark(at), job_target(job) or "somewhere", environment, has_rollback))
    return WorkflowSummary(document.source.path, tuple(found), runtimes=runtimes_in_workflow(document))
