"""What a compose service mounts, and the named volumes of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infralint.model.compose.interpolation import Scope, at_path
from infralint.model.compose.merge import split_fields
from infralint.model.element import UNKNOWN, Element, Unknown, fact
from infralint.syntax import yaml
from infralint.tables.compose import is_host_system_path, is_sensitive_host_path
from infralint.text.edit import Edit
from infralint.text.source import Text

if TYPE_CHECKING:
    from infralint.model.compose.service import Service

TextOrUnknown = Text | Unknown | None
_SOCKETS = ("/var/run/docker.sock", "/run/docker.sock")
_OPEN_PROPAGATION = ("shared", "rshared", "slave", "rslave")


class Mount(Element):
    """A volume or bind mount, short or long form."""

    __slots__ = ("_node", "_owner", "_scope")

    def __init__(self, node: yaml.Node, scope: Scope, owner: Service) -> None:
        super().__init__(node.source, node.start, node.end)
        self._node = node
        self._scope = scope
        self._owner = owner

    @fact
    def _fields(self) -> list[Text]:
        text = yaml.text(self._node)
        if text is None:
            return []
        fields, at = [], 0
        for field in split_fields(text):
            fields.append(text.slice(at, at + len(field)))
            at += len(field) + 1
        return fields

    @fact
    def service(self) -> Text:
        """The name of the service that mounts it."""
        return self._owner.name

    @fact
    def type(self) -> TextOrUnknown:
        """`type` of the long form."""
        return self._scope.text(self._node.get("type")) if isinstance(self._node, yaml.Mapping) else None

    @fact
    def mount_source(self) -> TextOrUnknown:
        """The folder on the host or the volume's name; absent for an anonymous volume."""
        if isinstance(self._node, yaml.Mapping):
            return self._scope.text(self._node.get("source"))
        return self._scope.read(self._fields[0]) if len(self._fields) > 1 else None

    @fact
    def lacks_source(self) -> bool:
        """Whether the long form has no `source`, or an empty one."""
        return isinstance(self._node, yaml.Mapping) and self.mount_source is None

    @fact
    def target(self) -> TextOrUnknown:
        """The path in the container."""
        if isinstance(self._node, yaml.Mapping):
            return self._scope.text(self._node.get("target"))
        fields = self._fields
        return self._scope.read(fields[1] if len(fields) > 1 else fields[0]) if fields else None

    @fact
    def is_bind(self) -> bool | Unknown:
        """Whether a path of the host is mounted."""
        if isinstance(self._node, yaml.Mapping) and self.type is not None:
            return UNKNOWN if isinstance(self.type, Unknown) else self.type == "bind"
        source = self.mount_source
        if isinstance(source, Unknown):
            return UNKNOWN
        return source is not None and source.startswith(("/", ".", "~"))

    @fact
    def is_anonymous(self) -> bool | Unknown:
        """Whether it is a volume without a name, which nothing finds again."""
        if isinstance(self._node, yaml.Mapping):
            return self.type == "volume" and "source" not in self._node
        return len(self._fields) == 1 and (UNKNOWN if isinstance(self.target, Unknown) else True)

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
        if isinstance(self._node, yaml.Mapping):
            flag = self._scope.flag(self._node.get("read_only"))
            return UNKNOWN if isinstance(flag, Unknown) else bool(flag)
        fields = self._fields
        if len(fields) > 2 and "$" in fields[2]:
            return UNKNOWN
        return len(fields) > 2 and "ro" in fields[2].split(",")

    @fact
    def propagation(self) -> TextOrUnknown:
        """How mounts that are made below it travel: `rprivate`, `shared`, ..."""
        if isinstance(self._node, yaml.Mapping):
            return self._scope.text(at_path(self._node, "bind.propagation"))
        if len(self._fields) < 3:
            return None
        options = self._fields[2]
        at = 0
        for word in options.split(","):
            if word in (*_OPEN_PROPAGATION, "private", "rprivate"):
                return options.slice(at, at + len(word))
            at += len(word) + 1
        return None

    @fact
    def shares_mounts(self) -> bool:
        """Whether mounts made below it on one side appear on the other."""
        return isinstance(self.propagation, Text) and self.propagation in _OPEN_PROPAGATION

    @fact
    def is_docker_socket(self) -> bool | Unknown:
        """Whether it hands the container the socket of the Docker daemon."""
        source = self.mount_source
        if isinstance(source, Unknown):
            return self.target in _SOCKETS or UNKNOWN
        return source in _SOCKETS

    @fact
    def twin(self) -> Mount | None:
        """Another service's mount of the same folder or volume, where both may write."""
        if self.source_name is None:
            return None
        return next(
            (one for one in self._owner.neighbours.mounts.get(self.source_name, []) if one.service != self.service),
            None,
        )

    @property
    def source_name(self) -> str | None:
        """The folder or volume by its name, where it can be written to."""
        source = self.mount_source
        if (
            source is None
            or isinstance(source, Unknown)
            or self.is_read_only is not False
            or self.is_docker_socket is not False
        ):
            return None
        return str(source).rstrip("/") or "/"

    @fact
    def holds_host_secrets(self) -> bool | Unknown:
        """Whether the host's own files lie there: its root, its settings, its kernel's doors, its keys."""
        source = self.mount_source
        if isinstance(source, Unknown) or isinstance(self.is_bind, Unknown):
            return UNKNOWN
        return bool(self.is_bind) and source is not None and is_sensitive_host_path(str(source))

    @fact
    def is_host_system_path(self) -> bool | Unknown:
        """Whether it lies under one of the folders that a system keeps for itself: /var, /usr, /home, ..."""
        source = self.mount_source
        if isinstance(source, Unknown) or isinstance(self.is_bind, Unknown):
            return UNKNOWN
        return bool(self.is_bind) and source is not None and is_host_system_path(str(source))

    @fact
    def is_needlessly_quoted(self) -> bool:
        """Whether the quotes of the short form could go without a change of meaning."""
        from infralint.syntax.yaml_edit import plain

        node = self._node
        if not isinstance(node, yaml.Scalar) or node.style not in ("'", '"') or node.text.style == "*":
            return False
        in_flow = isinstance(node.parent, yaml.Sequence) and node.parent.is_flow
        return (
            len(self._fields) > 1 and "\\" not in node.content and plain(node.content, in_flow=in_flow) == node.content
        )

    @fact
    def without_quotes(self) -> list[Edit] | None:
        """Edits that drop its quotes; absent where they mean something."""
        node = self._node
        if not self.is_needlessly_quoted or not isinstance(node, yaml.Scalar):
            return None
        return [Edit(self.source.path, node.start, node.end, node.content)]

    @fact
    def path_below_root(self) -> str | Unknown | None:
        """The mounted path below the root; absent where it is no path of the host, unknown where it lies outside."""
        source = self.mount_source
        if isinstance(source, Unknown) or isinstance(self.is_bind, Unknown):
            return UNKNOWN
        if not self.is_bind or source is None:
            return None
        folder = self._node.source.path.rpartition("/")[0]
        return self._scope.index.resolve(folder, str(source)) or UNKNOWN

    @fact
    def exists(self) -> bool | Unknown:
        """Whether the mounted path is a file or folder of the repository; unknown outside of it."""
        path = self.path_below_root
        if path is None or isinstance(path, Unknown):
            return UNKNOWN
        written = str(self.mount_source)
        file, folder = self._scope.stands(path, written), self._scope.stands(path, written, folder=True)
        return (
            True
            if file is True or folder is True
            else UNKNOWN
            if isinstance(file, Unknown) or isinstance(folder, Unknown)
            else False
        )

    @fact
    def names_a_file(self) -> bool:
        """Whether the source is written as a file is: with an ending."""
        source = self.mount_source
        return isinstance(source, Text) and "." in source.rpartition("/")[2].lstrip(".").strip()

    @fact
    def is_whole_project(self) -> bool:
        """Whether it is the folder of the compose file itself, or the usual one of its source code."""
        source = self.mount_source
        return (
            isinstance(source, Text)
            and source.rstrip("/") in (".", "./src", "./app", "$PWD", "${PWD}")
            and self.is_bind is True
        )

    @fact
    def is_in_production_file(self) -> bool:
        """Whether the file's name says that it is for production."""
        words = self.source.path.rpartition("/")[2].lower().replace("-", ".").replace("_", ".").split(".")
        return any(word in ("prod", "production", "live", "release") for word in words)

    @property
    def node(self) -> yaml.Node:
        return self._node

    def __str__(self) -> str:
        source, target = self.mount_source, self.target
        return str(source if source is not None else target)


class Resource(Element):
    """A network, volume, secret or config as the file declares it at the top."""

    __slots__ = ("_key", "_node", "_scope", "_sort")

    def __init__(self, sort: str, key: Text, node: yaml.Node, scope: Scope) -> None:
        super().__init__(key.source, key.start, max(node.end, key.end))
        self._sort = sort
        self._key = key
        self._node = node
        self._scope = scope

    @fact
    def name(self) -> Text:
        """Its name."""
        return self._key

    @fact
    def sort(self) -> str:
        """`network`, `volume`, `secret` or `config`."""
        return self._sort

    @fact
    def is_external(self) -> bool | Unknown:
        """Whether it is made elsewhere."""
        node = at_path(self._node, "external")
        flag = self._scope.flag(node)
        return True if isinstance(node, yaml.Mapping) else UNKNOWN if isinstance(flag, Unknown) else bool(flag)

    @fact
    def settings(self) -> list[Setting]:
        """What is set for it besides its name; the name too where `external` gives one already."""
        if not isinstance(self._node, yaml.Mapping):
            return []
        named = at_path(self._node, "external.name") is not None
        return [
            Setting(pair)
            for pair in self._node.effective().values()
            if pair.name not in ("external", "<<") and not pair.name.startswith("x-") and (named or pair.name != "name")
        ]

    @property
    def _contents(self) -> list[str]:
        node = self._node
        keys = {"secret": ("file", "environment"), "config": ("file", "environment", "content")}.get(self._sort, ())
        return [key for key in keys if isinstance(node, yaml.Mapping) and key in node]

    @fact
    def lacks_content(self) -> bool:
        """Whether nothing says where a secret or config comes from."""
        node = self._node
        if (
            self._sort not in ("secret", "config")
            or not isinstance(node, yaml.Mapping)
            or node.tag
            or not node.effective()
        ):
            return False
        return not self._contents and not any(key in node for key in ("external", "driver", "template_driver"))

    @fact
    def has_several_contents(self) -> bool:
        """Whether a secret or config is to come from more than one place."""
        return len(self._contents) > 1

    @fact
    def host_path(self) -> TextOrUnknown:
        """The folder of the host that its driver's options name."""
        driver = self._scope.text(at_path(self._node, "driver"))
        option = "mountpoint" if driver == "local-persist" else "device"
        path = self._scope.text(at_path(self._node, f"driver_opts.{option}"))
        return path if isinstance(path, Unknown) or (path is not None and path.startswith("/")) else None

    @fact
    def is_host_system_path(self) -> bool | Unknown:
        """Whether its driver's options name a folder that a system keeps for itself."""
        path = self.host_path
        return UNKNOWN if isinstance(path, Unknown) else path is not None and is_host_system_path(str(path))

    def __str__(self) -> str:
        return str(self._key)


class Setting(Element):
    """A key with its value."""

    __slots__ = ("name",)
    name: str

    def __init__(self, pair: yaml.Pair) -> None:
        super().__init__(pair.source, pair.start, pair.end)
        self.name = pair.name

    def __str__(self) -> str:
        return self.name
