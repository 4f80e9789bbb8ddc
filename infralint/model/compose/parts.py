"""What services are made of: builds, health checks, dependencies, options, keys in order."""

from __future__ import annotations

import posixpath

from infralint.model.compose.interpolation import InterpolationContext, TextOrUnknown, at_path, items
from infralint.model.element import UNKNOWN, Element, Unknown, fact
from infralint.syntax import yaml
from infralint.text.source import Text


class Build(Element):
    """What an image is built from. Its paths count from the file that it is written in."""

    __slots__ = ("interpolation", "node")

    def __init__(self, node: yaml.Node, interpolation: InterpolationContext) -> None:
        super().__init__(node.source, node.start, node.end)
        self.node = node
        self.interpolation = interpolation

    def _value(self, key: str) -> TextOrUnknown:
        return self.interpolation.text(self.node.get(key)) if isinstance(self.node, yaml.Mapping) else None

    @fact
    def context(self) -> TextOrUnknown:
        """The folder (or URL) that is built."""
        return self._value("context") if isinstance(self.node, yaml.Mapping) else self.interpolation.text(self.node)

    @fact
    def dockerfile(self) -> TextOrUnknown:
        """The Dockerfile, as written."""
        return self._value("dockerfile")

    @fact
    def target(self) -> TextOrUnknown:
        """The stage that is built."""
        return self._value("target")

    @fact
    def is_inline(self) -> bool:
        """Whether the Dockerfile stands in the compose file itself."""
        return isinstance(self.node, yaml.Mapping) and "dockerfile_inline" in self.node

    @fact
    def arguments(self) -> list[BuildArgument]:
        """`args`, in either form."""
        node = self.node.get("args") if isinstance(self.node, yaml.Mapping) else None
        if isinstance(node, yaml.Mapping):
            return [BuildArgument(key) for key, _ in node.items()]
        texts = [text for item in items(node) if (text := yaml.text(item)) is not None]
        return [BuildArgument(text.slice(0, text.find("=") if "=" in text else len(text))) for text in texts]


class BuildArgument(Element):
    """A build argument that is passed on."""

    __slots__ = ("name",)
    name: Text

    def __init__(self, name: Text) -> None:
        super().__init__(name.source, name.start, name.end)
        self.name = name

    def __str__(self) -> str:
        return str(self.name)


class Healthcheck(Element):
    """A health check as compose writes it."""

    __slots__ = ("interpolation", "node")

    def __init__(self, key: Text, node: yaml.Mapping, interpolation: InterpolationContext) -> None:
        super().__init__(key.source, key.start, max(node.end, key.end) if node.source is key.source else key.end)
        self.node = node
        self.interpolation = interpolation

    @fact
    def words(self) -> list[Text | Unknown | None]:
        """The command's words in the list form, the whole text as one in the other."""
        return [self.interpolation.text(item) for item in items(self.node.get("test"))]

    @fact
    def test(self) -> TextOrUnknown:
        """The command, where it is one text, or the first word of a list."""
        return next(iter(self.words), None)


class Capability(Element):
    """A Linux capability that is added."""

    __slots__ = ("text",)

    def __init__(self, text: Text) -> None:
        super().__init__(text.source, text.start, text.end)
        self.text = text

    @fact
    def name(self) -> str:
        """Its name in capitals without CAP_."""
        return self.text.upper().removeprefix("CAP_")

    def __str__(self) -> str:
        return self.name


class SecurityOption(Element):
    """An item of `security_opt`."""

    __slots__ = ("item", "text")
    item: yaml.Node

    def __init__(self, item: yaml.Scalar) -> None:
        super().__init__(item.source, item.text.start, item.text.end)
        self.item = item
        self.text = item.text

    @fact
    def name(self) -> str:
        """What it sets: seccomp, apparmor, label, no-new-privileges, ..."""
        return self.text.replace("=", ":").split(":")[0]

    @fact
    def value(self) -> str:
        """What it is set to; empty where only the name is written."""
        return self.text.replace("=", ":").partition(":")[2]


class Dependency(Element):
    """A service that must come up first."""

    __slots__ = ("interpolation", "name", "node")
    name: Text

    def __init__(self, name: Text, node: yaml.Node | None, interpolation: InterpolationContext) -> None:
        super().__init__(name.source, name.start, name.end)
        self.name = name
        self.node = node
        self.interpolation = interpolation

    @fact
    def condition(self) -> TextOrUnknown:
        """What is waited for; absent in the short form."""
        return self.interpolation.text(at_path(self.node, "condition"))

    def __str__(self) -> str:
        return str(self.name)


class EnvFile(Element):
    """A file of variables that a service is given."""

    __slots__ = ("interpolation", "required", "text")

    def __init__(self, node: yaml.Node, text: Text, interpolation: InterpolationContext) -> None:
        super().__init__(text.source, text.start, text.end)
        self.text = text
        self.interpolation = interpolation
        self.required = interpolation.flag(node.get("required")) if isinstance(node, yaml.Mapping) else None

    @fact
    def path(self) -> str | Unknown:
        """Its path below the root; unknown outside of it."""
        folder = posixpath.dirname(self.source.path)
        return self.interpolation.index.resolve(folder, str(self.text)) or UNKNOWN

    @fact
    def is_required(self) -> bool | Unknown:
        """Whether compose refuses to start without it."""
        flag = self.required
        return True if flag is None else UNKNOWN if isinstance(flag, Unknown) else bool(flag)

    def __str__(self) -> str:
        return str(self.text)


def env_files_of(view: yaml.Mapping, interpolation: InterpolationContext) -> list[EnvFile]:
    """`env_file`, item by item; those whose name a variable hides are left out."""
    found = []
    for item in items(view.get("env_file")):
        text = interpolation.text(item.get("path") if isinstance(item, yaml.Mapping) else item)
        if isinstance(text, Text):
            found.append(EnvFile(item, text, interpolation))
    return found
