"""The parts of the repository that practices are about: deployments, compose files, pipelines, Dockerfiles, and what applies."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from infralint.analysis.project.documents import told
from infralint.analysis.project.migrations import keeps_migrations, migrated_by_command, migrations
from infralint.analysis.project.practices import is_production_form, stateful_services
from infralint.model import kinds
from infralint.model.element import Unknown
from infralint.model.project.document import Project, ProjectDocument, is_site
from infralint.model.project.evidence import Evidence
from infralint.model.project.summary import (
    ComposeSummary,
    DeploymentSummary,
    DockerfileSummary,
    PlatformSummary,
    WorkflowSummary,
)
from infralint.tables.deploy_names import PRODUCTION, STAGING
from infralint.tables.trees import EXAMPLES, FIXTURES, TESTS, lies_in, variants_of
from infralint.text import regex as re

_PLAIN = frozenset(("config", "dependabot", "env", "text"))
"""Kinds of files that build, run and deploy nothing."""


def counts(path: str) -> bool:
    """Whether a file is the project's own, and not there for tests or as an example."""
    return not lies_in(path, FIXTURES) and not variants_of(path) & {TESTS, EXAMPLES}


def own_paths(project: Project, cls: type) -> list[str]:
    """The paths of the files whose summaries are of a class; pipelines may be called after tests, and are the project's own."""
    paths = [path for path, one in project.summaries.items() if isinstance(one, cls)]
    return [path for path in paths if (not lies_in(path, FIXTURES) if cls is WorkflowSummary else counts(path))]


def deploying(project: Project) -> Iterator[DeploymentSummary]:
    """The deployments that certainly put a running service out."""
    for _, summary in sorted(project.summaries.items()):
        if isinstance(summary, (WorkflowSummary, PlatformSummary)):
            yield from (one for one in summary.deployments if one.certainty == "certain" and not is_site(one))


def composes(project: Project) -> list[ComposeSummary]:
    """The compose files of the project itself."""
    found = (one for _, one in sorted(project.summaries.items()) if isinstance(one, ComposeSummary))
    return [one for one in found if counts(one.path)]


def workflows(project: Project) -> list[WorkflowSummary]:
    """The workflows and pipelines."""
    return [one for _, one in sorted(project.summaries.items()) if isinstance(one, WorkflowSummary)]


def dockerfiles(project: Project) -> list[DockerfileSummary]:
    """The Dockerfiles of the project itself."""
    found = (one for _, one in sorted(project.summaries.items()) if isinstance(one, DockerfileSummary))
    return [one for one in found if counts(one.path)]


def example_env_files(project: Project) -> list[str]:
    """The examples of env files."""
    words = ("example", "sample", "template", "dist")
    return [
        path
        for path in project.paths
        if re.match(r"\.?env[._-]|.*\.env[._-]", posixpath.basename(path).lower())
        and any(word in posixpath.basename(path).lower() for word in words)
        and path.count("/") <= 2
        and not kinds.is_document(path)
        and counts(posixpath.dirname(path) + "/x")
    ]


def applies(document: ProjectDocument, trigger: str) -> bool:
    """Whether what makes a practice apply is here."""
    project = document.project
    deployments = list(deploying(project))
    if trigger == "deployment":
        return bool(deployments)
    if trigger == "secrets":
        return any(
            one.secrets
            for one in project.summaries.values()
            if isinstance(one, (WorkflowSummary, PlatformSummary))
            and any(each in deployments for each in one.deployments)
        )
    if trigger == "production":
        return any(one.grade.stage == PRODUCTION for one in deployments)
    if trigger == "state":
        return bool(stateful_services(document)) or any(one.state for one in deployments)
    if trigger == "migrations":
        known = migrated_by_command(project) is not None or bool(migrations(document)) or keeps_migrations(project)
        return known or any(one.grade.migrates or one.has_release_phase for one in deployments)
    if trigger == "services":
        return bool(deployments) or any(is_production_form(one.path) or one.services for one in composes(project))
    if trigger == "environments":
        named = any(one.environment or one.grade.stage in (PRODUCTION, STAGING) for one in deployments)
        return named or any(one.variables for one in composes(project)) or bool(example_env_files(project))
    if trigger == "containers":
        return bool(composes(project) or dockerfiles(project))
    if trigger == "pipelines":
        return bool(workflows(project))
    if trigger == "configuration":
        known = any(project.index.kind_at(path) not in (None, *_PLAIN) for path in project.paths)
        return known or any(isinstance(one, PlatformSummary) for one in project.summaries.values())
    if trigger == "rights":
        grants = any(isinstance(one, PlatformSummary) and one.grants for one in project.summaries.values())
        return grants or any("/workflows/" in one.path for one in workflows(project))
    return True


_OF_DEPLOYMENTS = frozenset(("deployment", "secrets", "production", "services", "environments"))


def possible_deployment(project: Project, trigger: str) -> DeploymentSummary | None:
    """What may deploy a running service, where a practice asks for that and nothing certainly does it."""
    if trigger not in _OF_DEPLOYMENTS:
        return None
    listed = (
        one for _, one in sorted(project.summaries.items()) if isinstance(one, (WorkflowSummary, PlatformSummary))
    )
    return next(
        (one for each in listed for one in each.deployments if one.certainty == "likely" and not is_site(one)), None
    )


def mention(project: Project, topic: str) -> Evidence | Unknown | None:
    """The sentence by which a document may tell of a topic; unknown where documents are elsewhere, or not in English."""
    return told(project, topic) if topic else None
