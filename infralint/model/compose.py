"""Compose files: services and what they declare. Values that interpolation hides are unknown."""

from __future__ import annotations

import posixpath
from bisect import bisect_right
from collections.abc import Iterator

from infralint.model.compose_parts import (
    Build,
    Capability,
    Dependency,
    Healthcheck,
    Keys,
    Mount,
    Namespace,
    Port,
    SecurityOption,
    boolean,
    plain_text,
)
from infralint.model.digest import ComposeDigest, DependencyDigest, ServiceDigest, mark
from infralint.model.document import Comment, Document, Noun, Problem
from infralint.model.element import UNKNOWN, Element, Flag, Unknown, askable, fact
from infralint.model.image import Image
from infralint.model.index import Index
from infralint.model.secret import Secret, Url, secrets_of, urls_in
from infralint.model.variable import Variable
from infralint.syntax import yaml
from infralint.text.source import Source, Text
from infralint.text.unknown import Unknown as UnknownType

KIND = "compose"
TextOrUnknown = Text | Unknown | None


class Service(Element):
    """One service, as this file describes it."""

    __slots__ = ("_document", "_key", "_node")

    def __init__(self, document: ComposeDocument, key: Text, node: yaml.Mapping) -> None:
        super().__init__(document.source, key.start, node.end)
        self._document = document
        self._key = key
        self._node = node

    @property
    def node(self) -> yaml.Mapping:
        return self._node

    @fact
    def name(self) -> Text:
        """The service's name, where it is written."""
        return self._key

    @fact
    def is_whole(self) -> bool:
        """Whether this file says all there is: it neither extends, includes, overrides nor is overridden."""
        return "extends" not in self._node and self._document.is_whole

    @fact
    def image(self) -> Image | None:
        """The image it runs; absent where only `build` is given."""
        text = yaml.text(self._node.get("image"))
        return Image(text) if text else None

    @fact
    def build(self) -> Build | None:
        """What its image is built from."""
        node = self._node.get("build")
        if node is None:
            return None
        return Build(node, posixpath.dirname(self.source.path), self._document.index)

    @fact
    def privileged(self) -> Flag | Unknown | None:
        """`privileged`, as written."""
        return boolean(self._node.get("privileged"))

    @fact
    def healthcheck(self) -> Healthcheck | None:
        """`healthcheck`, as written."""
        node = self._node.get("healthcheck")
        key = self._node.key("healthcheck")
        return Healthcheck(key, node) if isinstance(node, yaml.Mapping) and key is not None else None

    @fact
    def restart(self) -> TextOrUnknown:
        """`restart`, as written."""
        return plain_text(self._node.get("restart"))

    @fact
    def user(self) -> TextOrUnknown:
        """`user`, as written."""
        return plain_text(self._node.get("user"))

    @fact
    def network_mode(self) -> TextOrUnknown:
        """`network_mode`, as written."""
        return plain_text(self._node.get("network_mode"))

    @fact
    def pid(self) -> TextOrUnknown:
        """`pid`, as written."""
        return plain_text(self._node.get("pid"))

    @fact
    def ipc(self) -> TextOrUnknown:
        """`ipc`, as written."""
        return plain_text(self._node.get("ipc"))

    @fact
    def userns_mode(self) -> TextOrUnknown:
        """`userns_mode`, as written."""
        return plain_text(self._node.get("userns_mode"))

    @fact
    def host_namespaces(self) -> list[Namespace]:
        """The namespaces that it shares with the host."""
        asked = (("network", self.network_mode), ("process", self.pid), ("IPC", self.ipc), ("user", self.userns_mode))
        return [Namespace(name, value) for name, value in asked if isinstance(value, Text) and value == "host"]

    @fact
    def is_one_shot(self) -> bool | Unknown:
        """Whether it is meant to end: a profile or `restart: "no"` says so, or another waits for its completion."""
        if "profiles" in self._node or self.restart == "no":
            return True
        name = str(self._key)
        return any(
            dependency.condition == "service_completed_successfully" and dependency.name == name
            for service in self._document.services
            for dependency in service.dependencies
        )

    @fact
    def publishes_ports(self) -> bool:
        """Whether it is reached from outside: `ports` names at least one."""
        return bool(self.ports)

    @fact
    def ports(self) -> list[Port]:
        """`ports`, item by item."""
        return [Port(item) for item in _items(self._node.get("ports"))]

    @fact
    def mounts(self) -> list[Mount]:
        """`volumes`, item by item."""
        return [Mount(item) for item in _items(self._node.get("volumes"))]

    @fact
    def capabilities(self) -> list[Capability]:
        """`cap_add`, item by item."""
        return [Capability(t) for item in _items(self._node.get("cap_add")) if (t := yaml.text(item)) is not None]

    @fact
    def security_options(self) -> list[SecurityOption]:
        """`security_opt`, item by item."""
        return [SecurityOption(item) for item in _items(self._node.get("security_opt")) if isinstance(item, yaml.Scalar)]

    @fact
    def environment(self) -> list[Variable]:
        """`environment`, in either form."""
        return list(_variables(self._node.get("environment")))

    @fact
    def dependencies(self) -> list[Dependency]:
        """`depends_on`, in either form."""
        node = self._node.get("depends_on")
        found: list[Dependency] = []
        if isinstance(node, yaml.Mapping):
            for key, value in node.items():
                found.append(Dependency(key, plain_text(value.get("condition")) if isinstance(value, yaml.Mapping) else None))
        elif isinstance(node, yaml.Sequence):
            found = [Dependency(t, None) for item in node.values() if (t := yaml.text(item)) is not None]
        return found

    @fact
    def keys(self) -> Keys:
        """Its keys in the order of the file."""
        return Keys(self._node)

    @askable
    def has(self, key: str) -> bool:
        """Whether a key is written for it."""
        return key in self._node

    @askable
    def entry(self, key: str) -> yaml.Pair | None:
        """A key with its value, to be changed or removed as one."""
        pair = self._node.pair(key)
        return pair if pair is not None and pair.key.parent is self._node else None

    def __str__(self) -> str:
        return str(self._key)


class ComposeDocument(Document):
    """A compose file."""

    def __init__(self, source: Source, index: Index, kind: str) -> None:
        super().__init__(source, index, kind)
        self.stream = yaml.parse(source, merge=True)
        for problem in self.stream.problems:
            self.problems.append(Problem(problem.name, problem.message, source, problem.start, problem.end))
        root = self.stream.root
        self.root = root if isinstance(root, yaml.Mapping) else None
        self._services: list[Service] | None = None

    @property
    def services(self) -> list[Service]:
        """The services that are mappings, in order; `x-` fragments are none."""
        if self._services is None:
            node = self.root.get("services") if self.root is not None else None
            pairs = list(node.items()) if isinstance(node, yaml.Mapping) else []
            self._services = [Service(self, key, value) for key, value in pairs if isinstance(value, yaml.Mapping)]
        return self._services

    @property
    def is_whole(self) -> bool:
        """Whether no other file adds to this one."""
        if self.root is None or "include" in self.root:
            return False
        folder, _, name = self.source.path.rpartition("/")
        stem = name.rsplit(".", 1)[0]
        if stem in ("compose", "docker-compose"):
            ours = (f"{stem}.override.yml", f"{stem}.override.yaml")
            return not any(self.index.is_file(posixpath.join(folder, other)) for other in ours)
        bases = [f"{base}.{end}" for base in ("compose", "docker-compose") for end in ("yml", "yaml")]
        return not any(self.index.is_file(posixpath.join(folder, base)) for base in bases)

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
        at = bisect_right(self.services, start, key=lambda each: each.start) - 1
        for service in self.services[max(at, 0) : at + 1]:
            if service.start <= start < max(service.end, service.start + 1):
                for pair in service.node.pairs:
                    if pair.start <= start < max(pair.end, pair.start + 1):
                        return f"services.{service.name}.{pair.name}"
                return f"services.{service.name}"
        return ""

    def digest(self) -> ComposeDigest:
        """What the project's rules need of this file."""
        services = []
        for service in self.services:
            build = service.build
            check = service.healthcheck
            dockerfile = build.dockerfile_path if build is not None else None
            target = build.target if build is not None else None
            services.append(
                ServiceDigest(
                    name=str(service.name),
                    at=mark(service.name),
                    image=str(service.image) if service.image is not None else None,
                    dockerfile=None if isinstance(dockerfile, UnknownType) else dockerfile,
                    target=None if target is None or isinstance(target, UnknownType) else str(target),
                    target_known=not isinstance(target, UnknownType),
                    has_healthcheck=None if not service.is_whole and check is None else check is not None and not check.is_disabled,
                    healthcheck_written=check is not None,
                    dependencies=tuple(
                        DependencyDigest(str(d.name), str(d.condition) if isinstance(d.condition, Text) else "", mark(d.condition if isinstance(d.condition, Text) else d.name))
                        for d in service.dependencies
                    ),
                )
            )
        return ComposeDigest(self.source.path, tuple(services))

    nouns = {
        "service": Noun(Service, lambda document: document.services),
        "port": Noun(Port, lambda document: [port for service in document.services for port in service.ports]),
        "mount": Noun(Mount, lambda document: [mount for service in document.services for mount in service.mounts]),
        "image": Noun(Image, lambda document: [s.image for s in document.services if s.image is not None]),
        "variable": Noun(Variable, lambda document: [v for s in document.services for v in s.environment]),
        "secret": Noun(Secret, secrets_of),
        "url": Noun(Url, lambda document: urls_in(document.source)),
        "problem": Noun(Problem, lambda document: document.problems),
    }


def _items(node: yaml.Node | None) -> Iterator[yaml.Node]:
    return node.values() if isinstance(node, yaml.Sequence) else iter(())


def _variables(node: yaml.Node | None) -> Iterator[Variable]:
    if isinstance(node, yaml.Mapping):
        for key, item in node.items():
            if isinstance(item, yaml.Scalar):
                absent = item.value is None
                yield Variable(key.source, key.start, item.end, key, None if absent else plain_text(item), "environment")
    for item in _items(node):
        text = yaml.text(item)
        if text is None:
            continue
        at = text.find("=")
        name = text.slice(0, at if at >= 0 else len(text))
        value: Text | Unknown | None = text.slice(at + 1, len(text)) if at >= 0 else None
        if isinstance(value, Text) and "$" in value.replace("$$", ""):
            value = UNKNOWN
        yield Variable(text.source, text.start, text.end, name, value, "environment")


NOUNS = ComposeDocument.nouns
