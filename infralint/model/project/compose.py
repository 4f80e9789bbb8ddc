"""Compose services as the repository shows them: with the Dockerfile that each is built from."""

from __future__ import annotations

from typing import Any

from infralint.model.compose.project import stream_of
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
from infralint.syntax import yaml, yaml_edit
from infralint.tables.compose_builds import is_predefined_argument, lacks
from infralint.text.edit import Edit
from infralint.text.source import Source


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

    __slots__ = ("__dict__", "_summary")

    def __init__(self, summary: StageSummary) -> None:
        self._summary = summary

    @fact
    def has_healthcheck(self) -> bool | Unknown:
        """Whether it says how to tell that it is well; unknown where its base image may."""
        return UNKNOWN if self._summary.has_healthcheck is None else self._summary.has_healthcheck

    @fact
    def has_user(self) -> bool:
        """Whether a USER is written for it, or its base image may bring one: nonroot, rootless, a variable."""
        return self._summary.has_user

    @fact
    def runs_as_root(self) -> bool | Unknown:
        """Whether its USER is root; unknown where none is written or a variable hides it."""
        return UNKNOWN if self._summary.runs_as_root is None else self._summary.runs_as_root

    @fact
    def ports(self) -> list[str]:
        """The ports that it exposes; none where one of them is unknown."""
        return [str(port) for port in self._summary.ports or ()]

    def lacks(self, tool: str) -> bool:
        """Whether neither its base image nor anything it runs or copies brings a program."""
        return self._summary.base is not None and tool not in self._summary.tools and lacks(self._summary.base, tool)


class BuiltService(Element):
    """A compose service that is built from a Dockerfile of the repository."""

    __slots__ = ("_dockerfile", "_index", "_summary")

    def __init__(self, summary: ServiceSummary, dockerfile: DockerfileSummary, index: Index) -> None:
        at = element_at(summary.at, text_of(index, summary.at.path))
        super().__init__(at.source, at.start, at.end)
        self._summary = summary
        self._dockerfile = dockerfile
        self._index = index

    def _mention(self, found: MentionSummary) -> Mention:
        return Mention(found.text, found.at, self._index)

    @fact
    def name(self) -> str:
        """Its name."""
        return self._summary.name

    @fact
    def dockerfile(self) -> str:
        """The Dockerfile's path."""
        return self._dockerfile.path

    @fact
    def target(self) -> Mention | None:
        """The stage that it names."""
        at = self._summary.target_at
        return (
            Mention(self._summary.target, at, self._index)
            if self._summary.target is not None and at is not None
            else None
        )

    @fact
    def stage(self) -> BuiltStage | Unknown | None:
        """The stage that it runs; absent where the Dockerfile has none of the name, unknown where a variable names it."""
        stages = self._dockerfile.stages
        if not self._summary.target_known or not stages:
            return UNKNOWN
        wanted = self._summary.target
        if wanted is None:
            return BuiltStage(stages[-1])
        found = next((one for one in stages if (one.name or "").lower() == wanted.lower()), None)
        if found is None and wanted.isdecimal() and wanted.isascii() and len(wanted) < 5:
            found = stages[int(wanted)] if int(wanted) < len(stages) else None
        return BuiltStage(found) if found is not None else None

    @fact
    def undeclared_arguments(self) -> list[Mention]:
        """The build arguments that it passes and that no ARG of the Dockerfile declares."""
        known = self._dockerfile.arguments
        return [
            self._mention(one) for one in self._summary.arguments if one.text not in known and not is_predefined_argument(one.text) and "$" not in one.text
        ]  # fmt: skip

    @fact
    def user(self) -> Mention | Unknown | None:
        """The user that compose sets; unknown where a variable does."""
        if self._summary.user is None:
            return UNKNOWN if self._summary.sets_user else None
        return self._mention(self._summary.user)

    @fact
    def is_set_to_root(self) -> bool:
        """Whether compose makes it run as root."""
        user = self._summary.user
        return user is not None and user.text.partition(":")[0] in ("root", "0")

    @fact
    def is_whole(self) -> bool:
        """Whether no other file adds to it."""
        return self._summary.is_whole

    @fact
    def unexposed_ports(self) -> list[Mention]:
        """The ports that it publishes although its stage exposes only others."""
        stage = self.stage
        ports = stage.ports if isinstance(stage, BuiltStage) else []
        return (
            [self._mention(one) for one in self._summary.ports if one.text.isdecimal() and one.text not in ports]
            if ports
            else []
        )

    @fact
    def missing_tools(self) -> list[Mention]:
        """The programs that its health check calls and that its image does not bring."""
        stage, at = self.stage, self._summary.health_at
        if not isinstance(stage, BuiltStage) or at is None:
            return []
        return [Mention(tool, at, self._index) for tool in self._summary.health_tools if stage.lacks(tool)]

    @property
    def key(self) -> str:
        return f"services.{self._summary.name}"


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


def written_out(index: Index, path: str, service: str, healthy: set[str]) -> list[Edit] | None:
    """Edits that make the long form of a `depends_on` list: each name with its condition."""
    stream = stream_of(index, path)
    node = stream.root if stream is not None else None
    for key in ("services", service, "depends_on"):
        node = node.get(key) if isinstance(node, yaml.Mapping) else None
    if not isinstance(node, yaml.Sequence) or not all(
        isinstance(one, yaml.Scalar) and not one.tag for one in node.items
    ):
        return None
    source, text = node.source, node.source.text
    edits = []
    if node.is_flow:
        says = ", ".join(f"{one.raw}: {{condition: {_condition(one, healthy)}}}" for one in node.items)
        return [Edit(path, node.start, node.end, "{" + says + "}")]
    holder = node.parent
    pair = next((one for one in holder.pairs if one.value is node), None) if isinstance(holder, yaml.Mapping) else None
    if pair is None:
        return None
    base, step = yaml_edit.column_of(source, pair.start), yaml_edit.step_of(node)
    pad = " " * (base + step)
    for one in node.items:
        line = source.line_of(one.start)
        low, (_, high) = source.line_starts[line - 1], source.line_span(line)
        if text[low : one.start].strip(" ") != "-":
            return None
        after = f"{source.newline}{pad}{' ' * step}condition: {_condition(one, healthy)}"
        rest = text[one.end : high]
        edits.append(Edit(path, low, high, f"{pad}{one.raw}:{rest.rstrip()}{after}"))
    return edits


def _condition(item: yaml.Node, healthy: set[str]) -> str:
    return "service_healthy" if isinstance(item, yaml.Scalar) and item.content in healthy else "service_started"
