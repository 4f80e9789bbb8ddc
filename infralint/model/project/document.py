"""The repository as a whole: what lies between its files. Built from the summaries of the documents."""

from __future__ import annotations

import posixpath
import re
from typing import Any

from infralint.model import kinds
from infralint.model.document import Document, Noun
from infralint.model.element import UNKNOWN, Element, Unknown, askable, fact
from infralint.model.index import Index
from infralint.model.project.compose import BuiltService, built_services, text_of, written_out
from infralint.model.project.summary import (
    ComposeSummary,
    DependencySummary,
    DeploymentSummary,
    DockerfileSummary,
    ServiceSummary,
    WorkflowSummary,
    element_at,
)
from infralint.tables.deploys import SITES
from infralint.text.edit import Edit
from infralint.text.glob import matches
from infralint.text.source import Source

KIND = "project"
MAX_DOCUMENTS = 400
MAX_DOCUMENT = 400_000


class Documents:
    """What the repository tells people: README, runbooks, everything under docs."""

    __slots__ = ("__dict__", "_index")

    def __init__(self, index: Index, paths: list[str]) -> None:
        self._index = index
        self.__dict__["paths"] = paths

    @fact
    def texts(self) -> list[str]:
        """The documents' texts in small letters."""
        found = []
        for path in self.__dict__["paths"][:MAX_DOCUMENTS]:
            source = self._index.source(path)
            if source is not None:
                found.append(source.text[:MAX_DOCUMENT].lower())
        return found

    @askable
    def mention(self, words: list[str]) -> bool:
        """Whether a document holds one of the words, blanks and dashes alike."""
        wanted = [re.sub(r"[\s_-]+", " ", word.lower()) for word in words]
        for text in self.texts:
            plain = re.sub(r"[\s_-]+", " ", text) if any(" " in word for word in wanted) else text
            if any(word in plain for word in wanted):
                return True
        return False


class Project:
    """The repository."""

    __slots__ = ("__dict__", "_index")

    def __init__(self, index: Index, summaries: dict[str, Any], paths: list[str]) -> None:
        self._index = index
        self.__dict__["summaries"] = summaries
        self.__dict__["paths"] = paths

    @property
    def index(self) -> Index:
        return self._index

    @askable
    def has_file(self, pattern: str) -> bool:
        """Whether the repository has a file at a path that matches a glob: `**/.dockerignore`."""
        return any(matches(path, pattern) for path in self.__dict__["paths"])

    @fact
    def docs(self) -> Documents:
        """The documents for people."""
        return Documents(
            self._index, [path for path in self.__dict__["paths"] if kinds.is_document(path) or _is_runbook(path)]
        )

    @fact
    def documents_rollback(self) -> bool:
        """Whether a document, or a file named for it, says how to go back to an earlier release."""
        if any(re.search(r"roll-?_?back|revert-deploy", posixpath.basename(p).lower()) for p in self.__dict__["paths"]):
            return True
        return self.docs.mention(
            ["rollback", "roll back", "rolling back", "rolled back", "previous release", "previous version of the app"]
        )


class Deployment(Element):
    """A job or file that puts a release into service."""

    __slots__ = ("_number", "_summary")

    def __init__(self, summary: DeploymentSummary, source: Source | None, number: int) -> None:
        at = element_at(summary.at, source)
        super().__init__(at.source, at.start, at.end)
        self._summary = summary
        self._number = number

    @fact
    def is_first(self) -> bool:
        """Whether it is the repository's first of a service, or of a site, at which what concerns all such is said."""
        return self._number == 0

    @fact
    def is_site(self) -> bool:
        """Whether it is a static site that it puts out."""
        return self._summary.how in SITES

    @fact
    def how(self) -> str:
        """What it deploys to, in words."""
        return self._summary.how

    @fact
    def environment(self) -> str | None:
        """The environment it deploys to."""
        return self._summary.environment

    @fact
    def has_rollback_job(self) -> bool:
        """Whether the same workflow (or the platform) knows a way back."""
        return self._summary.has_way_back

    @property
    def key(self) -> str:
        return f"deployment.{self._summary.how}"


class Dependency(Element):
    """One service waiting for another."""

    __slots__ = ("_compose", "_holder", "_project", "_summary")

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
        self._project = project
        self._compose = compose
        self._holder = holder
        self._summary = summary

    @fact
    def service(self) -> str:
        """The service that waits."""
        return self._holder.name

    @fact
    def with_conditions(self) -> list[Edit] | None:
        """Edits that write the list of names out, each with what can be waited for."""
        if self.condition or self.source.path != self._compose.path:
            return None
        healthy = {s.name for s in self._compose.services if Target(s, self._project).has_healthcheck is True}
        return written_out(self._project.index, self._compose.path, self._holder.name, healthy)

    @fact
    def name(self) -> str:
        """The service that is waited for."""
        return self._summary.name

    @fact
    def condition(self) -> str:
        """What is waited for; empty in the short form."""
        return self._summary.condition

    @fact
    def waits_for_health(self) -> bool:
        """Whether it waits until the other reports to be healthy."""
        return self._summary.condition == "service_healthy"

    @fact
    def target(self) -> Target | None:
        """The service that is waited for; absent where this file has none of the name."""
        service = next((s for s in self._compose.services if s.name == self._summary.name), None)
        return Target(service, self._project) if service is not None else None

    @property
    def key(self) -> str:
        return f"depends_on.{self._summary.name}"


class Target:
    """A service as others see it, its image resolved to a Dockerfile of the repository where that is possible."""

    __slots__ = ("__dict__", "_project", "_summary")

    def __init__(self, summary: ServiceSummary, project: Project) -> None:
        self._summary = summary
        self._project = project

    @fact
    def dockerfile(self) -> str | None:
        """The Dockerfile's path."""
        return self._summary.dockerfile

    @fact
    def has_healthcheck(self) -> bool | Unknown:
        """Whether it, or the Dockerfile that it is built from, says how to tell that it is well."""
        own = self._summary.has_healthcheck
        if own is None:
            return UNKNOWN
        if own or self._summary.healthcheck_written:
            return own
        dockerfile = self._project.__dict__["summaries"].get(self._summary.dockerfile)
        if not isinstance(dockerfile, DockerfileSummary) or not dockerfile.stages or not self._summary.target_known:
            return UNKNOWN
        stage = dockerfile.stages[-1]
        if self._summary.target is not None:
            named = [s for s in dockerfile.stages if (s.name or "").lower() == self._summary.target.lower()]
            if not named:
                return UNKNOWN
            stage = named[0]
        return UNKNOWN if stage.has_healthcheck is None else stage.has_healthcheck


def _is_runbook(path: str) -> bool:
    lower = path.lower()
    return "runbook" in lower or lower.startswith(("docs/", "doc/"))


class ProjectDocument(Document):
    """The repository as a document that cards of kind `project` judge."""

    def __init__(self, index: Index, summaries: dict[str, Any], paths: list[str]) -> None:
        super().__init__(Source("", ""), index, KIND)
        self.project = Project(index, summaries, paths)
        self.summaries = summaries

    def _deployments(self) -> list[Deployment]:
        """Every deployment, in the order of the paths."""
        found: list[Deployment] = []
        for path, summary in sorted(self.summaries.items()):
            if isinstance(summary, WorkflowSummary):
                for one in summary.deployments:
                    number = sum((each.how in SITES) == (one.how in SITES) for each in found)
                    found.append(Deployment(one, self.index.source(path), number))
        return found

    def _dependencies(self) -> list[Dependency]:
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
        "deployment": Noun(Deployment, lambda document: document._deployments()),
        "service": Noun(BuiltService, lambda document: built_services(document.index, document.summaries)),
        "dependency": Noun(Dependency, lambda document: document._dependencies()),
    }


NOUNS = ProjectDocument.nouns
