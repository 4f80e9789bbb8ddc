"""What a compose service mounts, and the named volumes of a file."""

from __future__ import annotations

from functools import cached_property

from infralint.model.compose.interpolation import InterpolationContext, TextOrUnknown, at_path
from infralint.model.compose.merge import split_fields
from infralint.model.element import UNKNOWN, Element, Unknown, fact
from infralint.syntax import yaml
from infralint.text.source import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from infralint.model.compose.service import Service

OPEN_PROPAGATION = ("shared", "rshared", "slave", "rslave")


class Mount(Element):
    """A volume or bind mount, short or long form."""

    __slots__ = ("interpolation", "node", "service")
    service: Service
    """The service that it belongs to."""

    def __init__(self, node: yaml.Node, interpolation: InterpolationContext, service: Service) -> None:
        super().__init__(node.source, node.start, node.end)
        self.node = node
        self.interpolation = interpolation
        self.service = service

    @cached_property
    def fields(self) -> list[Text]:
        """The parts of the short form: source, target, mode."""
        text = yaml.text(self.node)
        if text is None:
            return []
        fields, at = [], 0
        for field in split_fields(text):
            fields.append(text.slice(at, at + len(field)))
            at += len(field) + 1
        return fields

    @fact
    def type(self) -> TextOrUnknown:
        """`type` of the long form."""
        return self.interpolation.text(self.node.get("type")) if isinstance(self.node, yaml.Mapping) else None

    @fact
    def mount_source(self) -> TextOrUnknown:
        """The folder on the host or the volume's name; absent for an anonymous volume."""
        if isinstance(self.node, yaml.Mapping):
            return self.interpolation.text(self.node.get("source"))
        return self.interpolation.read(self.fields[0]) if len(self.fields) > 1 else None

    @fact
    def target(self) -> TextOrUnknown:
        """The path in the container."""
        if isinstance(self.node, yaml.Mapping):
            return self.interpolation.text(self.node.get("target"))
        fields = self.fields
        return self.interpolation.read(fields[1] if len(fields) > 1 else fields[0]) if fields else None

    @fact
    def is_bind(self) -> bool | Unknown:
        """Whether a path of the host is mounted."""
        if isinstance(self.node, yaml.Mapping) and self.type is not None:
            return UNKNOWN if isinstance(self.type, Unknown) else self.type == "bind"
        source = self.mount_source
        if isinstance(source, Unknown):
            return UNKNOWN
        return source is not None and source.startswith(("/", ".", "~"))

    @fact
    def is_anonymous(self) -> bool | Unknown:
        """Whether it is a volume without a name, which nothing finds again."""
        if isinstance(self.node, yaml.Mapping):
            return self.type == "volume" and "source" not in self.node
        return len(self.fields) == 1 and (UNKNOWN if isinstance(self.target, Unknown) else True)

    @fact
    def volume(self) -> TextOrUnknown:
        """The name of the volume; absent for a path of the host or an anonymous volume."""
        source = self.mount_source
        if isinstance(source, Unknown) or isinstance(self.is_bind, Unknown):
            return UNKNOWN
        if source is None or self.is_bind or (self.type is not None and self.type != "volume"):
            return None
        return None if ("\\" in source or "/" in source or source[1:2] == ":") else source

    @fact
    def is_read_only(self) -> bool | Unknown:
        """Whether the container may not write there."""
        if isinstance(self.node, yaml.Mapping):
            flag = self.interpolation.flag(self.node.get("read_only"))
            return UNKNOWN if isinstance(flag, Unknown) else bool(flag)
        fields = self.fields
        if len(fields) > 2 and "$" in fields[2]:
            return UNKNOWN
        return len(fields) > 2 and "ro" in fields[2].split(",")

    @fact
    def propagation(self) -> TextOrUnknown:
        """How mounts that are made below it travel: `rprivate`, `shared`, ..."""
        if isinstance(self.node, yaml.Mapping):
            return self.interpolation.text(at_path(self.node, "bind.propagation"))
        if len(self.fields) < 3:
            return None
        options = self.fields[2]
        at = 0
        for word in options.split(","):
            if word in (*OPEN_PROPAGATION, "private", "rprivate"):
                return options.slice(at, at + len(word))
            at += len(word) + 1
        return None

    def __str__(self) -> str:
        source, target = self.mount_source, self.target
        return str(source if source is not None else target)


class Resource(Element):
    """A network, volume, secret or config as the file declares it at the top."""

    __slots__ = ("interpolation", "name", "node", "type")
    name: Text
    type: str
    """`network`, `volume`, `secret` or `config`."""

    def __init__(self, sort: str, key: Text, node: yaml.Node, interpolation: InterpolationContext) -> None:
        super().__init__(key.source, key.start, max(node.end, key.end))
        self.type = sort
        self.name = key
        self.node = node
        self.interpolation = interpolation

    @fact
    def is_external(self) -> bool | Unknown:
        """Whether it is made elsewhere."""
        node = at_path(self.node, "external")
        flag = self.interpolation.flag(node)
        return True if isinstance(node, yaml.Mapping) else UNKNOWN if isinstance(flag, Unknown) else bool(flag)

    @cached_property
    def contents(self) -> list[str]:
        """The keys that say where a secret or config comes from."""
        node = self.node
        keys = {"secret": ("file", "environment"), "config": ("file", "environment", "content")}.get(self.type, ())
        return [key for key in keys if isinstance(node, yaml.Mapping) and key in node]

    def __str__(self) -> str:
        return str(self.name)
