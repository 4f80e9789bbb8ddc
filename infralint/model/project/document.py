"""The repository as a whole: what lies between its files. Built from the summaries of the documents."""

from __future__ import annotations

from infralint.model.document import Document, Noun
from infralint.model.element import Element, fact
from infralint.model.index import Index
from infralint.model.project.services import BuiltService, built_services, text_of
from infralint.model.project.summary import (
    ComposeSummary,
    DependencySummary,
    DeploymentSummary,
    PlatformSummary,
    ServiceSummary,
    WorkflowSummary,
    element_at,
)
from infralint.tables.deploy_targets import SITES
from infralint.text.source import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

KIND = "project"


class Project:
    """The repository."""

    __slots__ = ("__dict__", "index", "is_whole", "paths", "summaries")
    is_whole: bool
    """Whether the run sees every file of the repository; else what is absent may only be unseen."""

    def __init__(self, index: Index, summaries: dict[str, Any], paths: list[str], is_whole: bool = True) -> None:
        self.index = index
        self.summaries = summaries
        self.paths = paths
        self.is_whole = is_whole


class Deployment(Element):
    """A job or file that puts a release into service."""

    __slots__ = ("number", "project", "summary")

    def __init__(self, summary: DeploymentSummary, source: Source | None, number: int, project: Project) -> None:
        at = element_at(summary.at, source)
        super().__init__(at.source, at.start, at.end)
        self.summary = summary
        self.number = number
        self.project = project

    @fact
    def is_first(self) -> bool:
        """Whether it is the repository's first that is certain, of a service or of a site; what concerns all is reported there."""
        return self.number == 0 and self.summary.certainty == "certain"

    @fact
    def how(self) -> str:
        """What it deploys to, in words."""
        return self.summary.how

    @fact
    def has_rollback(self) -> bool:
        """Whether the same workflow (or the platform) can go back to an earlier release."""
        return self.summary.has_rollback

    @property
    def key(self) -> str:
        return f"deployment.{self.summary.how}"


def is_site(summary: DeploymentSummary) -> bool:
    """Whether what is deployed is a static site: no server, no data."""
    return summary.how in SITES or summary.grade.form == "site"


class Dependency(Element):
    """One service waiting for another."""

    __slots__ = ("compose", "holder", "project", "summary")

    def __init__(
        self,
        project: Project,
        compose: ComposeSummary,
        holder: ServiceSummary,
        summary: DependencySummary,
        source: Source | None,
    ) -> None:
        at = element_at(summary.at, source)
        super().__init__(at.source, at.start, at.end)
        self.project = project
        self.compose = compose
        self.holder = holder
        self.summary = summary

    @fact
    def service(self) -> str:
        """The service that waits."""
        return self.holder.name

    @fact
    def name(self) -> str:
        """The service that is waited for."""
        return self.summary.name

    @fact
    def condition(self) -> str:
        """What is waited for; empty in the short form."""
        return self.summary.condition

    @fact
    def target(self) -> ServiceTarget | None:
        """The service that is waited for; absent where this file has none of the name."""
        service = next((s for s in self.compose.services if s.name == self.summary.name), None)
        return ServiceTarget(service, self.project) if service is not None else None

    @property
    def key(self) -> str:
        return f"depends_on.{self.summary.name}"


class ServiceTarget:
    """A service as others see it, its image resolved to a Dockerfile of the repository where that is possible."""

    __slots__ = ("__dict__", "project", "summary")

    def __init__(self, summary: ServiceSummary, project: Project) -> None:
        self.summary = summary
        self.project = project


class ProjectDocument(Document):
    """The repository as a document that rules of kind `project` judge."""

    def __init__(self, index: Index, summaries: dict[str, Any], paths: list[str], is_whole: bool = True) -> None:
        super().__init__(Source("", ""), index, KIND)
        self.project = Project(index, summaries, paths, is_whole)
        self.summaries = summaries

    def deployments(self) -> list[Deployment]:
        """Every deployment, in the order of the paths."""
        found: list[Deployment] = []
        for path, summary in sorted(self.summaries.items()):
            if isinstance(summary, (WorkflowSummary, PlatformSummary)):
                for one in summary.deployments:
                    is_static = is_site(one)
                    number = sum(
                        is_site(each.summary) == is_static and each.summary.certainty == "certain" for each in found
                    )
                    found.append(Deployment(one, text_of(self.index, path), number, self.project))
        return found

    def dependencies(self) -> list[Dependency]:
        """Every service that waits for another, in the order of the paths."""
        found: list[Dependency] = []
        for _, summary in sorted(self.summaries.items()):
            if isinstance(summary, ComposeSummary) and any(service.dependencies for service in summary.services):
                found += [
                    Dependency(self.project, summary, service, one, text_of(self.index, one.at.path))
                    for service in summary.services
                    for one in service.dependencies
                ]
        return found

    nouns = {
        "project": Noun(Project, lambda document: [document.project]),
        "deployment": Noun(Deployment, lambda document: document.deployments()),
        "service": Noun(BuiltService, lambda document: built_services(document.index, document.summaries)),
        "dependency": Noun(Dependency, lambda document: document.dependencies()),
    }


NOUNS = ProjectDocument.nouns
