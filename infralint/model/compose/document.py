"""Compose files: the services that a file describes, judged with what other files say of them."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from infralint.model.compose.interpolation import InterpolationContext
from infralint.model.compose.mount import Mount, Resource
from infralint.model.compose.parts import Build, EnvFile
from infralint.model.compose.port import Port
from infralint.model.compose.project import ComposeProject
from infralint.model.compose.service import Service
from infralint.model.compose.variables import Interpolation, interpolations, variables_of
from infralint.model.document import Comment, Document, Noun, Problem
from infralint.model.element import Element, fact
from infralint.model.index import Index
from infralint.model.shared.image import Image
from infralint.model.shared.secret import Secret, Url, secrets_of, urls_in
from infralint.model.shared.variable import Variable
from infralint.syntax import yaml
from infralint.text.source import Source, Text

KIND = "compose"


class File(Element):
    """A compose file as a whole."""

    __slots__ = ("document", "root")

    def __init__(self, document: ComposeDocument, root: yaml.Mapping) -> None:
        super().__init__(document.source, 0, 0)
        self.document = document
        self.root = root

    @fact
    def services(self) -> list[Service]:
        """Its services, in order."""
        return self.document.services

    @fact
    def version(self) -> Text | None:
        """The `version` that old files begin with."""
        return yaml.text(self.root.get("version"))

    @fact
    def version_entry(self) -> yaml.Pair | None:
        """The key `version` with its value."""
        return self.root.pair("version")

    @fact
    def has_name(self) -> bool:
        """Whether it names the project."""
        return "name" in self.root


class ComposeDocument(Document):
    """A compose file."""

    def __init__(self, source: Source, index: Index, kind: str) -> None:
        super().__init__(source, index, kind)
        self.stream = yaml.parse(source, merge=True)
        for problem in self.stream.problems:
            self.problems.append(Problem(problem.name, problem.message, source, problem.start, problem.end))
        root = self.stream.root
        self.root = root if isinstance(root, yaml.Mapping) else None

    @cached_property
    def project(self) -> ComposeProject:
        """The file with those that are always loaded with it."""
        return ComposeProject(self.index, self.stream)

    @property
    def interpolation(self) -> InterpolationContext:
        return self.project.interpolation

    @cached_property
    def services(self) -> list[Service]:
        """The services that are mappings, in order; `x-` fragments are none."""
        node = self.root.get("services") if self.root is not None else None
        pairs = list(node.items()) if isinstance(node, yaml.Mapping) else []
        return [Service(self, key, value) for key, value in pairs if isinstance(value, yaml.Mapping)]

    @cached_property
    def all_services(self) -> list[Service]:
        """The services of all files that are loaded together, those of this file among them."""
        own = {str(one.name): one for one in self.services}
        root = self.project.root if len(self.project.files) > 1 else None
        merged = root.get("services") if root is not None else None
        pairs = list(merged.items()) if isinstance(merged, yaml.Mapping) else []
        found = [
            own.get(str(key)) or Service(self, key, value) for key, value in pairs if isinstance(value, yaml.Mapping)
        ]
        return found or self.services

    @property
    def judged(self) -> list[Service]:
        """Its own services, and those of included files that are not judged for themselves."""
        if self.root is None or "include" not in self.root:
            return self.services
        found = list(self.services)
        for root in self.project.included:
            node = root.get("services")
            if isinstance(node, yaml.Mapping) and self.owns(root.source.path):
                found += [Service(self, key, value) for key, value in node.items() if isinstance(value, yaml.Mapping)]
        return found

    @property
    def variables(self) -> list[Variable]:
        """What services are given: all that this file writes, overridden or not, and what it draws in."""
        found: dict[tuple[str, int], Variable] = {}
        for service in self.judged:
            own = service.node.get("environment")
            merged = own is not service.view.get("environment")
            for one in (*(variables_of(own, self.index) if merged else ()), *service.environment):
                found.setdefault((one.source.path, one.start), one)
        return list(found.values())

    @property
    def resources(self) -> list[Resource]:
        """The networks, volumes, secrets and configs that this file declares."""
        found = []
        for sort in ("network", "volume", "secret", "config"):
            node = self.root.get(sort + "s") if self.root is not None else None
            if isinstance(node, yaml.Mapping):
                found += [Resource(sort, key, value, self.interpolation) for key, value in node.items()]
        return found

    def view_of(self, name: str, node: yaml.Mapping) -> tuple[yaml.Mapping, bool]:
        """A service in the merged model, and whether all of it could be read."""
        project = self.project
        found = project.view(name)
        return (found[0], found[1] and project.is_known) if found is not None else (node, project.is_known)

    def owns(self, path: str) -> bool:
        """Whether what is found at a path is for this document to say: its own, or no compose file's."""
        return path == self.source.path or self.index.kind_at(path) != KIND

    def comments(self) -> list[Comment]:
        return [Comment(*comment) for comment in self.stream.comments()]

    def block_of(self, line: int) -> tuple[int, int]:
        """The lines of the service that holds a line; the line itself outside of one."""
        for service in self.services:
            first, last = self.source.line_of(service.start), self.source.line_of(service.end)
            if first <= line <= last:
                return first, last
        return line, line

    def key_of(self, element: object) -> str:
        start = getattr(element, "start", -1)
        if getattr(element, "source", self.source) is not self.source:
            return ""
        at = bisect_right(self.services, start, key=lambda each: each.start) - 1
        for service in self.services[max(at, 0) : at + 1]:
            if service.start <= start < max(service.end, service.start + 1):
                for pair in service.node.pairs:
                    if pair.start <= start < max(pair.end, pair.start + 1):
                        return f"services.{service.name}.{pair.name}"
                return f"services.{service.name}"
        return ""

    nouns = {
        "file": Noun(File, lambda document: [File(document, document.root)] if document.root is not None else []),
        "service": Noun(Service, lambda document: document.judged),
        "resource": Noun(Resource, lambda document: document.resources),
        "port": Noun(Port, lambda document: [port for service in document.judged for port in service.ports]),
        "build": Noun(Build, lambda document: [s.build for s in document.judged if s.build is not None]),
        "env_file": Noun(EnvFile, lambda document: [one for service in document.judged for one in service.env_files]),
        "mount": Noun(Mount, lambda document: [mount for service in document.judged for mount in service.mounts]),
        "image": Noun(Image, lambda document: [s.image for s in document.judged if s.image is not None]),
        "variable": Noun(Variable, lambda document: document.variables),
        "secret": Noun(Secret, secrets_of),
        "url": Noun(Url, lambda document: urls_in(document.source)),
        "interpolation": Noun(Interpolation, lambda document: interpolations(document.stream, document.interpolation)),
        "problem": Noun(Problem, lambda document: document.problems),
    }


NOUNS = ComposeDocument.nouns
