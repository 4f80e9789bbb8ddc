"""Deployments of a repository."""

from __future__ import annotations

from infralint.model.element import UNKNOWN, Element, Truth, fact_of
from infralint.model.project.document import Deployment
from infralint.model.project.document import is_site as is_site_summary
from infralint.model.project.services import text_of
from infralint.model.project.summary import Mark, PlatformSummary, WorkflowSummary, element_at
from infralint.tables.deploy_names import PRODUCTION, STAGING
from infralint.tables.deploys import ATOMIC
from infralint.text.source import Source


def _truth(value: bool | None) -> Truth:
    return UNKNOWN if value is None else value


@fact_of(Deployment)
def is_certain(deployment: Deployment) -> bool:
    """Whether a known command, action or file deploys, and not only a name that says so."""
    return deployment.summary.certainty == "certain"


@fact_of(Deployment)
def is_service(deployment: Deployment) -> bool:
    """Whether it certainly puts a running service out, or the machines under it: no static site."""
    return deployment.summary.certainty == "certain" and not is_site_summary(deployment.summary)


@fact_of(Deployment)
def is_atomic(deployment: Deployment) -> bool:
    """Whether its target switches to a release at once, so that a deployment that is cut off changes nothing."""
    return deployment.summary.how in ATOMIC and not deployment.summary.grade.migrates


@fact_of(Deployment)
def job(deployment: Deployment) -> str:
    """The name of the job that deploys; "" where a file of a platform does."""
    return deployment.summary.grade.job


@fact_of(Deployment)
def is_production(deployment: Deployment) -> bool:
    """Whether its environment, options or names say production."""
    return deployment.summary.grade.stage == PRODUCTION


@fact_of(Deployment)
def is_started_by(deployment: Deployment, trigger: str) -> bool:
    """Whether this starts it: "branch", "tag", "manual", "schedule"."""
    return trigger in deployment.summary.grade.triggers


@fact_of(Deployment)
def is_approved(deployment: Deployment) -> Truth:
    """Whether a person lets it run; unknown where an environment, whose reviewers are a setting, is named."""
    return _truth(deployment.summary.grade.is_approved)


@fact_of(Deployment)
def runs_after_tests(deployment: Deployment) -> Truth:
    """Whether tests of the same run have passed before; unknown where a person, a tag or another run starts it."""
    return _truth(deployment.summary.grade.runs_after_tests)


@fact_of(Deployment)
def runs_after_staging(deployment: Deployment) -> Truth:
    """Whether a deployment to staging of the same run stands before it; unknown where the run does not tell."""
    return _truth(deployment.summary.grade.runs_after_staging)


@fact_of(Deployment)
def is_serialised(deployment: Deployment) -> Truth:
    """Whether two runs of it never go on at the same time; unknown where a setting of the CI system decides."""
    return _truth(deployment.summary.grade.is_serialised)


@fact_of(Deployment)
def lock(deployment: Deployment) -> str:
    """What its CI system calls the setting that lets one run of it go on at a time, in words."""
    kind = deployment.project.index.kind_at(deployment.source.path)
    return {"gitlab": "resource group", "circleci": "serial group"}.get(kind or "", "concurrency group")


@fact_of(Deployment)
def cancelled_at(deployment: Deployment) -> Element | None:
    """The `cancel-in-progress: true` by which a newer run ends it midway."""
    return _at(deployment, deployment.summary.grade.cancelled_at)


@fact_of(Deployment)
def migrates(deployment: Deployment) -> bool:
    """Whether its job, or one before it, changes the schema of a database."""
    return deployment.summary.grade.migrates


@fact_of(Deployment)
def late_migration(deployment: Deployment) -> Element | None:
    """The command that changes the schema of a database behind the command that deploys, in the same job."""
    return _at(deployment, deployment.summary.grade.migration_at)


@fact_of(Deployment)
def moving_image(deployment: Deployment) -> Element | None:
    """The image that its command deploys by the tag `latest`."""
    image = deployment.summary.grade.moving_image
    return _at(deployment, image.at) if image is not None else None


def _at(deployment: Deployment, at: Mark | None) -> Element | None:
    if at is None:
        return None
    source: Source | None = deployment.source
    if at.path != deployment.source.path:
        source = text_of(deployment.project.index, at.path)
    return element_at(at, source)


@fact_of(Deployment)
def staging_beside(deployment: Deployment) -> bool:
    """Whether the same file deploys to staging too."""
    summary = deployment.project.summaries.get(deployment.source.path)
    return isinstance(summary, WorkflowSummary) and any(one.grade.stage == STAGING for one in summary.deployments)


@fact_of(Deployment)
def staging_anywhere(deployment: Deployment) -> Truth:
    """Whether anything of the repository deploys to staging, or to an environment that is not known; unknown for the latter."""
    stages = {
        one.grade.stage
        for summary in deployment.project.summaries.values()
        if isinstance(summary, WorkflowSummary)
        for one in summary.deployments
        if one is not deployment.summary
    }
    if STAGING in stages:
        return True
    return UNKNOWN if "unknown" in stages or not deployment.project.is_whole else False


@fact_of(Deployment)
def secret(deployment: Deployment) -> Element | None:
    """The first long-lived secret that its file uses: the CI system's own token aside."""
    summary = deployment.project.summaries.get(deployment.source.path)
    secrets = summary.secrets if isinstance(summary, (WorkflowSummary, PlatformSummary)) else ()
    return _at(deployment, secrets[0].at) if secrets else None


@fact_of(Deployment)
def is_workflow(deployment: Deployment) -> bool:
    """Whether a job of a GitHub, Gitea or Forgejo workflow deploys."""
    return deployment.source.path.startswith((".github/", ".gitea/", ".forgejo/"))
