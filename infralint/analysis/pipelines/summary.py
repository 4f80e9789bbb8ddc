"""What the cross-file rules need of a pipeline, as plain values that cross process borders."""

from __future__ import annotations

from infralint.analysis.pipelines.deployments import deploying_command
from infralint.analysis.pipelines.scripts import words_of, words_of_job
from infralint.model.pipelines.document import PipelineDocument
from infralint.model.pipelines.job import Job
from infralint.model.project.summary import DeploymentSummary, WorkflowSummary, mark
from infralint.tables import deploys
from infralint.text.source import Text


def pipeline_summary(document: PipelineDocument) -> WorkflowSummary:
    """The jobs that deploy by a known command, and whether one of the file's goes back."""
    found = []
    for job in document.jobs:
        command = deploying_command(job) if not job.is_template else None
        if command is None or _makes_cluster(job):
            continue
        environment = str(job.environment) if isinstance(job.environment, Text) else None
        target = deploys.target_of_command(words_of(command)) or "somewhere"
        found.append(DeploymentSummary(mark(command), target, environment, _has_rollback(document)))
    return WorkflowSummary(document.source.path, tuple(found))


def _makes_cluster(job: Job) -> bool:
    """Whether the job makes the cluster that it deploys to, so that it ends with the job."""
    return any(deploys.makes_cluster("", str(script.text)) for script in job.scripts)


def _has_rollback(document: PipelineDocument) -> bool:
    return any(deploys.is_rollback(words) for job in document.jobs for _, words in words_of_job(job))
