"""Edits of the job that deploys: its environment, its concurrency group."""

from __future__ import annotations

from infralint.model.element import fact_of
from infralint.model.project.document import Deployment
from infralint.model.shared.value import get
from infralint.syntax.yaml import Mapping, parse
from infralint.syntax.yaml_edit import column_of
from infralint.text.edit import Edit


def _with_keys(deployment: Deployment, *path: str, lines: tuple[str, ...]) -> list[Edit] | None:
    """Edits that write lines at the head of the deploying job; None where the job is not a block mapping of the file."""
    source = deployment.project.index.source(deployment.source.path)
    root = parse(source).root if source is not None else None
    job = get(root, *path, deployment.summary.grade.job)
    if source is None or not isinstance(job, Mapping) or job.is_flow or not job.pairs or job.source.path != source.path:
        return None
    at = job.pairs[0].start
    line = source.line_of(at)
    if source.text[source.line_starts[line - 1] : at].strip():
        return None  # an anchor or a tag stands before it
    pad = " " * column_of(source, at)
    text = "".join(f"{one}{source.newline}{pad}" for one in lines)
    return [Edit(source.path, at, at, text)]


@fact_of(Deployment)
def with_group(deployment: Deployment) -> list[Edit] | None:
    """Edits by which two runs of the job never go on at the same time, and a newer one waits."""
    name = deployment.summary.environment or (
        deployment.summary.grade.stage if deployment.summary.grade.stage != "unknown" else deployment.summary.grade.job
    )
    if deployment.source.path.startswith((".github/", ".gitea/", ".forgejo/")):
        return _with_keys(
            deployment, "jobs", lines=("concurrency:", f"  group: deploy-{name}", "  cancel-in-progress: false")
        )
    if deployment.source.path.rpartition("/")[2].endswith(".gitlab-ci.yml"):
        return _with_keys(deployment, lines=(f"resource_group: {name}",))
    return None


@fact_of(Deployment)
def with_environment(deployment: Deployment) -> list[Edit] | None:
    """Edits by which the job runs in the environment `production`, which can have reviewers."""
    return _with_keys(deployment, "jobs", lines=("environment: production",))
