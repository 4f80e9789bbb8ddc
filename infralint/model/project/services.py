"""Compose services as the repository shows them: with the Dockerfile that each is built from."""

from __future__ import annotations

from infralint.model.element import UNKNOWN, Element, Unknown, fact
from infralint.model.index import Index
from infralint.model.project.summary import (
    ComposeSummary,
    DockerfileSummary,
    Mark,
    MentionSummary,
    ServiceSummary,
    StageSummary,
    element_at,
)
from infralint.text.source import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def text_of(index: Index, path: str) -> Source | None:
    """A file's text, read once a run however many elements stand in it."""
    return index.memo(("project-text", path), lambda: index.source(path))


class Mention(Element):
    """A word of a compose file, where it is written."""

    __slots__ = ("text",)
    text: str

    def __init__(self, text: str, at: Mark, index: Index) -> None:
        found = element_at(at, text_of(index, at.path))
        super().__init__(found.source, found.start, found.end)
        self.text = text

    def __str__(self) -> str:
        return self.text


class BuiltStage:
    """The stage of a Dockerfile that a service runs."""

    __slots__ = ("__dict__", "summary")

    def __init__(self, summary: StageSummary) -> None:
        self.summary = summary

    @fact
    def has_user(self) -> bool:
        """Whether a USER is written for it, or its base image may bring one: nonroot, rootless, a variable."""
        return self.summary.has_user

    @fact
    def runs_as_root(self) -> bool | Unknown:
        """Whether its USER is root; unknown where none is written or a variable hides it."""
        return UNKNOWN if self.summary.runs_as_root is None else self.summary.runs_as_root

    @fact
    def ports(self) -> list[str]:
        """The ports that it exposes; none where one of them is unknown."""
        return [str(port) for port in self.summary.ports or ()]


class BuiltService(Element):
    """A compose service that is built from a Dockerfile of the repository."""

    __slots__ = ("dockerfile_summary", "index", "summary")

    def __init__(self, summary: ServiceSummary, dockerfile: DockerfileSummary, index: Index) -> None:
        at = element_at(summary.at, text_of(index, summary.at.path))
        super().__init__(at.source, at.start, at.end)
        self.summary = summary
        self.dockerfile_summary = dockerfile
        self.index = index

    def mention(self, found: MentionSummary) -> Mention:
        """A word of the compose file as an element."""
        return Mention(found.text, found.at, self.index)

    @fact
    def name(self) -> str:
        """Its name."""
        return self.summary.name

    @fact
    def dockerfile(self) -> str:
        """The Dockerfile's path."""
        return self.dockerfile_summary.path

    @fact
    def target(self) -> Mention | None:
        """The stage that it names."""
        at = self.summary.target_at
        return (
            Mention(self.summary.target, at, self.index) if self.summary.target is not None and at is not None else None
        )

    @fact
    def stage(self) -> BuiltStage | Unknown | None:
        """The stage that it runs; absent where the Dockerfile has none of the name, unknown where a variable names it."""
        stages = self.dockerfile_summary.stages
        if not self.summary.target_known or not stages:
            return UNKNOWN
        wanted = self.summary.target
        if wanted is None:
            return BuiltStage(stages[-1])
        found = next((one for one in stages if (one.name or "").lower() == wanted.lower()), None)
        if found is None and wanted.isdecimal() and wanted.isascii() and len(wanted) < 5:
            found = stages[int(wanted)] if int(wanted) < len(stages) else None
        return BuiltStage(found) if found is not None else None

    @fact
    def user(self) -> Mention | Unknown | None:
        """The user that compose sets; unknown where a variable does."""
        if self.summary.user is None:
            return UNKNOWN if self.summary.sets_user else None
        return self.mention(self.summary.user)

    @fact
    def is_fully_resolved(self) -> bool:
        """Whether no other file adds to it."""
        return self.summary.is_fully_resolved

    @property
    def key(self) -> str:
        return f"services.{self.summary.name}"


def built_services(index: Index, summaries: dict[str, Any]) -> list[BuiltService]:
    """Every service that is built from a Dockerfile which this run has read."""
    found = []
    for _, summary in sorted(summaries.items()):
        if isinstance(summary, ComposeSummary):
            for service in summary.services:
                dockerfile = summaries.get(service.dockerfile) if service.dockerfile is not None else None
                if isinstance(dockerfile, DockerfileSummary):
                    found.append(BuiltService(service, dockerfile, index))
    return found
