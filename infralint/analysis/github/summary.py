"""What the cross-file rules need of a workflow, as plain values that cross process borders."""

from __future__ import annotations

import posixpath

from infralint.analysis.github.deployment_grades import grade_of, surely_tests
from infralint.analysis.github.deployments import deployment_of, job_target, likely_deployment, rollback_of_job
from infralint.analysis.github.runtimes import runtimes_in_workflow
from infralint.model.github.expression import expressions_of
from infralint.model.github.value import get
from infralint.model.github.workflow import WorkflowDocument
from infralint.model.project.summary import DeploymentSummary, Mark, MentionSummary, WorkflowSummary, mark
from infralint.tables.deploy_names import PREVIEW
from infralint.text.source import Located, Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal


def workflow_summary(document: WorkflowDocument) -> WorkflowSummary:
    """The jobs that deploy, and whether one of the workflow rolls back."""
    found = []
    has_rollback: bool | None = None
    path = document.source.path
    if not is_started(path):
        return WorkflowSummary(path, ())
    for job in document.jobs:
        at: Located | None = deployment_of(job)
        likely = likely_deployment(job) if at is None else None
        at = likely[0] if likely is not None else at
        if at is None:
            continue
        grade = grade_of(job)
        if grade.stage == PREVIEW or (grade.triggers and set(grade.triggers) <= {"pull request"}):
            continue
        if has_rollback is None:
            has_rollback = any(rollback_of_job(each) is not None for each in document.jobs)
        environment = str(job.environment) if isinstance(job.environment, Text) else None
        target = likely[1] if likely is not None else job_target(job) or "somewhere"
        certainty: Literal["certain", "likely"] = "likely" if likely is not None else "certain"
        found.append(DeploymentSummary(mark(at), target, environment, has_rollback, certainty=certainty, grade=grade))
    pin = next(
        (each.ref for each in document.uses if each.is_remote and each.ref is not None and each.ref.is_commit), None
    )
    return WorkflowSummary(
        path,
        tuple(found),
        secrets=_secrets(document) if found else (),
        filters=_filters(document),
        pin=MentionSummary(str(pin), mark(pin)) if pin is not None else None,
        runs_tests=any(map(surely_tests, document.jobs)),
        limits=_limits(document),
        runtimes=runtimes_in_workflow(document),
    )


def _limits(document: WorkflowDocument) -> Mark | None:
    """The permissions at the top of the workflow; None where it sets none."""
    node = get(document.workflow.node, "permissions") if document.workflow is not None else None
    return mark(node) if node is not None else None


def _secrets(document: WorkflowDocument) -> tuple[MentionSummary, ...]:
    """The secrets that its expressions name, each once; the token of the run aside."""
    found: dict[str, MentionSummary] = {}
    for each in expressions_of(document):
        for name in each.secret_names:
            if name.upper() != "GITHUB_TOKEN" and str(name) not in found:
                found[str(name)] = MentionSummary(str(name), mark(name))
    return tuple(found.values())


def _filters(document: WorkflowDocument) -> tuple[MentionSummary, ...]:
    """The patterns of paths that let an event start it."""
    triggers = document.workflow.triggers if document.workflow is not None else []
    patterns = [pattern for trigger in triggers for pattern in trigger.paths]
    return tuple(MentionSummary(str(one), mark(one)) for one in patterns)


def is_started(path: str) -> bool:
    """Whether the forge reads the workflow: it lies in the repository's own folder of workflows."""
    return posixpath.dirname(path) in (".github/workflows", ".gitea/workflows", ".forgejo/workflows")
