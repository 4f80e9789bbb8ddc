"""What services are made of: builds, health checks, ports, mounts, dependencies, keys in order."""

from __future__ import annotations

from infralint.model.element import UNKNOWN, Element, Flag, Unknown, askable, fact
from infralint.model.index import Index
from infralint.syntax import yaml, yaml_edit
from infralint.text.edit import Edit
from infralint.text.source import Text


def plain_text(node: yaml.Node | None) -> Text | Unknown | None:
    """A scalar's text; unknown where a variable stands in it, absent where it is empty or no scalar."""
    if not isinstance(node, yaml.Scalar) or (node.value is None and not node.style):
        return None
    return UNKNOWN if "$" in node.content.replace("$$", "") else node.text


def boolean(node: yaml.Node | None) -> Flag | Unknown | None:
    """A boolean, which compose also takes as text."""
    text = plain_text(node)
    if node is None or text is None or isinstance(text, Unknown):
        return None if text is None else UNKNOWN
    words = {"true": True, "yes": True, "on": True, "y": True, "1": True}
    return Flag(words.get(text.lower(), False), node.source, text.start, text.end)


class Build(Element):
    """What an image is built from."""

    __slots__ = ("_folder", "_index", "_node")

    def __init__(self, node: yaml.Node, folder: str, index: Index) -> None:
        super().__init__(node.source, node.start, node.end)
        self._node = node
        self._folder = folder
        self._index = index

    def _value(self, key: str) -> Text | Unknown | None:
        return plain_text(self._node.get(key)) if isinstance(self._node, yaml.Mapping) else None

    @fact
    def context(self) -> Text | Unknown | None:
        """The folder (or URL) that is built."""
        return self._value("context") if isinstance(self._node, yaml.Mapping) else plain_text(self._node)

    @fact
    def dockerfile(self) -> Text | Unknown | None:
        """The Dockerfile, as written."""
        return self._value("dockerfile")

    @fact
    def target(self) -> Text | Unknown | None:
        """The stage that is built."""
        return self._value("target")

    @fact
    def dockerfile_path(self) -> str | Unknown | None:
        """The Dockerfile's path below the root; absent where none stands there, unknown where it cannot be told."""
        context, name = self.context, self.dockerfile
        if isinstance(self._node, yaml.Mapping) and "dockerfile_inline" in self._node:
            return UNKNOWN
        if isinstance(context, Unknown) or isinstance(name, Unknown):
            return UNKNOWN
        folder = self._index.resolve(self._folder, str(context) if context is not None else ".")
        if folder is None:
            return UNKNOWN
        path = self._index.resolve("" if folder == "." else folder, str(name) if name is not None else "Dockerfile")
        if path is None:
            return UNKNOWN
        return path if self._index.is_file(path) else None


class Healthcheck(Element):
    """A health check as compose writes it."""

    __slots__ = ("_node",)

    def __init__(self, key: Text, node: yaml.Mapping) -> None:
        super().__init__(key.source, key.start, node.end)
        self._node = node

    @fact
    def test(self) -> Text | Unknown | None:
        """The command, where it is one text or the first word of a list."""
        node = self._node.get("test")
        if isinstance(node, yaml.Sequence):
            return next((plain_text(item) for item in node.values()), None)
        return plain_text(node)

    @fact
    def is_disabled(self) -> bool:
        """Whether it only switches a health check off."""
        return bool(boolean(self._node.get("disable"))) or self.test == "NONE"


class Port(Element):
    """A published port, short or long form."""

    __slots__ = ("_node",)

    def __init__(self, node: yaml.Node) -> None:
        super().__init__(node.source, node.start, node.end)
        self._node = node

    @fact
    def is_long(self) -> bool:
        """Whether it is written as a mapping."""
        return isinstance(self._node, yaml.Mapping)

    @fact
    def text(self) -> Text | Unknown | None:
        """The short form, as written."""
        return plain_text(self._node)

    @fact
    def host_ip(self) -> Text | Unknown | None:
        """The address it is bound to."""
        return self._part(0)

    @fact
    def published(self) -> Text | Unknown | None:
        """The port on the host."""
        return self._part(1)

    @fact
    def target(self) -> Text | Unknown | None:
        """The port in the container."""
        return self._part(2)

    def _part(self, index: int) -> Text | Unknown | None:
        if isinstance(self._node, yaml.Mapping):
            return plain_text(self._node.get(("host_ip", "published", "target")[index]))
        text = self.text
        if text is None or isinstance(text, Unknown):
            return text
        end = text.find("/") if "/" in text else len(text)
        cuts: list[tuple[int, int]] = []
        at = end
        for _ in range(2):
            colon = text.rfind(":", 0, at)
            if colon < 0:
                break
            cuts.append((colon + 1, at))
            at = colon
        cuts.append((0, at))
        parts: list[Text | None] = [text.slice(*cut) if cut[1] > cut[0] else None for cut in cuts]
        parts += [None] * (3 - len(parts))
        return parts[2 - index]


class Mount(Element):
    """A volume or bind mount, short or long form."""

    __slots__ = ("_node",)

    def __init__(self, node: yaml.Node) -> None:
        super().__init__(node.source, node.start, node.end)
        self._node = node

    def _fields(self) -> list[Text]:
        text = yaml.text(self._node)
        if text is None:
            return []
        fields, start, depth = [], 0, 0
        for at, char in enumerate(text):
            depth += (char == "{") - (char == "}")
            windows = char == ":" and at - start == 1 and text[at + 1 : at + 2] == "\\"
            if char == ":" and depth <= 0 and not windows:
                fields.append(text.slice(start, at))
                start = at + 1
        return [*fields, text.slice(start, len(text))]

    @fact
    def mount_source(self) -> Text | Unknown | None:
        """The folder on the host or the volume's name; absent for an anonymous volume."""
        if isinstance(self._node, yaml.Mapping):
            return plain_text(self._node.get("source"))
        fields = self._fields()
        if len(fields) < 2:
            return None
        return UNKNOWN if "$" in fields[0] else fields[0]

    @fact
    def target(self) -> Text | Unknown | None:
        """The path in the container."""
        if isinstance(self._node, yaml.Mapping):
            return plain_text(self._node.get("target"))
        fields = self._fields()
        if not fields:
            return None
        field = fields[1] if len(fields) > 1 else fields[0]
        return UNKNOWN if "$" in field else field

    @fact
    def is_bind(self) -> bool | Unknown:
        """Whether a path of the host is mounted."""
        source = self.mount_source
        if isinstance(source, Unknown):
            return UNKNOWN
        return source is not None and source.startswith(("/", ".", "~"))

    @fact
    def is_read_only(self) -> bool | Unknown:
        """Whether the container may not write there."""
        if isinstance(self._node, yaml.Mapping):
            return bool(boolean(self._node.get("read_only")))
        fields = self._fields()
        return len(fields) > 2 and "ro" in fields[2].split(",")

    @fact
    def is_docker_socket(self) -> bool | Unknown:
        """Whether it hands the container the socket of the Docker daemon."""
        source = self.mount_source
        if isinstance(source, Unknown):
            return self.target in ("/var/run/docker.sock", "/run/docker.sock") or UNKNOWN
        return source in ("/var/run/docker.sock", "/run/docker.sock")

    @fact
    def service(self) -> Text | None:
        """The name of the service that mounts it."""
        node: yaml.Node | None = self._node
        while node is not None and node.parent is not None:
            above = node.parent
            holder = above.parent
            if isinstance(holder, yaml.Mapping) and isinstance(above, yaml.Mapping):
                pair = next((pair for pair in holder.pairs if pair.value is above), None)
                grand = holder.parent
                if pair is not None and isinstance(grand, yaml.Mapping) and grand.parent is None and isinstance(pair.key, yaml.Scalar):
                    return pair.key.text
            node = above
        return None


class Namespace(Element):
    """A namespace of the host that a service shares."""

    __slots__ = ("name",)
    name: str

    def __init__(self, name: str, value: Text) -> None:
        super().__init__(value.source, value.start, value.end)
        self.name = name


class Capability(Element):
    """A Linux capability that is added."""

    __slots__ = ("_text",)

    def __init__(self, text: Text) -> None:
        super().__init__(text.source, text.start, text.end)
        self._text = text

    @fact
    def name(self) -> str:
        """Its name in capitals without CAP_."""
        return self._text.upper().removeprefix("CAP_")


class SecurityOption(Element):
    """An item of `security_opt`."""

    __slots__ = ("_text", "item")
    item: yaml.Node

    def __init__(self, item: yaml.Scalar) -> None:
        super().__init__(item.source, item.text.start, item.text.end)
        self.item = item
        self._text = item.text

    @fact
    def name(self) -> str:
        """What it sets: seccomp, apparmor, label, no-new-privileges, ..."""
        return self._text.replace("=", ":").split(":")[0]

    @fact
    def value(self) -> str:
        """What it is set to; empty where only the name is written."""
        return self._text.replace("=", ":").partition(":")[2]


class Dependency(Element):
    """A service that must come up first."""

    __slots__ = ("_condition", "_name")

    def __init__(self, name: Text, condition: Text | Unknown | None) -> None:
        super().__init__(name.source, name.start, name.end)
        self._name = name
        self._condition = condition

    @fact
    def name(self) -> Text:
        """Its name."""
        return self._name

    @fact
    def condition(self) -> Text | Unknown | None:
        """What is waited for; absent in the short form."""
        return self._condition


class Keys(Element):
    """The keys of a mapping in the order of the file."""

    __slots__ = ("_node",)

    def __init__(self, node: yaml.Mapping) -> None:
        super().__init__(node.source, node.start, node.end)
        self._node = node

    @staticmethod
    def _ranked(pairs: list[yaml.Pair], order: list[str]) -> list[yaml.Pair]:
        """The pairs as the order wants them: unknown keys keep their place behind the known one above them."""
        rank = {name: at for at, name in enumerate(order)}
        placed: list[tuple[int, int, yaml.Pair]] = []
        last = -1
        for at, pair in enumerate(pairs):
            last = rank.get(pair.name, last)
            placed.append((last, at, pair))
        return [pair for _, _, pair in sorted(placed, key=lambda item: item[:2])]

    @askable
    def are_out_of(self, order: list[str]) -> bool:
        """Whether a key stands before one that the order puts above it."""
        return self.misplaced(order) is not None

    @askable
    def misplaced(self, order: list[str]) -> Text | None:
        """The first key that does not stand where the order wants one."""
        wanted = self._ranked(self._node.pairs, order)
        for pair, right in zip(self._node.pairs, wanted, strict=True):
            if pair is not right:
                return pair.key.text if isinstance(pair.key, yaml.Scalar) else None
        return None

    @askable
    def put_in(self, order: list[str]) -> list[Edit] | None:
        """Edits that move the lines of each key, with their comments, into the order."""
        return yaml_edit.move_lines(self._node, self._ranked(self._node.pairs, order))
