"""Compose services: what each one is told, by all the files that are loaded together."""

from __future__ import annotations

from functools import cached_property

from infralint.model.compose.interpolation import at_path, items
from infralint.model.compose.mount import Mount
from infralint.model.compose.parts import (
    Build,
    Capability,
    Dependency,
    EnvFile,
    Healthcheck,
    SecurityOption,
    env_files_of,
)
from infralint.model.compose.port import Port
from infralint.model.compose.variables import variables_of
from infralint.model.element import Element, Flag, Unknown, askable, fact
from infralint.model.shared.image import Image
from infralint.model.shared.variable import Variable
from infralint.syntax import yaml
from infralint.text.source import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from infralint.model.compose.document import ComposeDocument


class Service(Element):
    """One service. Values are those of the merged model, each where it is written; keys are those of this file."""

    __slots__ = ("document", "interpolation", "name", "node")
    name: Text
    """The service's name, where it is written."""

    def __init__(self, document: ComposeDocument, key: Text, node: yaml.Mapping) -> None:
        super().__init__(key.source, key.start, node.end if node.source is key.source else key.end)
        self.document = document
        self.name = key
        self.node = node
        self.interpolation = document.interpolation

    @cached_property
    def merged(self) -> tuple[yaml.Mapping, bool]:
        """The service with what it extends and what is laid over it, and whether all of that could be read."""
        return self.document.view_of(str(self.name), self.node)

    @cached_property
    def view(self) -> yaml.Mapping:
        """The service with what it extends and what is laid over it."""
        return self.merged[0]

    @fact
    def image(self) -> Image | None:
        """The image it runs; absent where only `build` is given."""
        text = yaml.text(self.view.get("image"))
        return Image(text, self.interpolation.expand) if text else None

    @fact
    def build(self) -> Build | None:
        """What its image is built from."""
        node = self.view.get("build")
        return (
            None
            if node is None or (isinstance(node, yaml.Scalar) and not node.content)
            else Build(node, self.interpolation)
        )

    @fact
    def healthcheck(self) -> Healthcheck | None:
        """`healthcheck`."""
        node = self.view.get("healthcheck")
        key = self.view.key("healthcheck")
        return (
            Healthcheck(key, node, self.interpolation) if isinstance(node, yaml.Mapping) and key is not None else None
        )

    @fact
    def ports(self) -> list[Port]:
        """`ports`, item by item."""
        return [Port(item, self.interpolation, self) for item in items(self.view.get("ports"))]

    @cached_property
    def exposed(self) -> list[Port]:
        """`expose`, item by item."""
        return [Port(item, self.interpolation, self) for item in items(self.view.get("expose"))]

    @fact
    def mounts(self) -> list[Mount]:
        """`volumes`, item by item."""
        return [Mount(item, self.interpolation, self) for item in items(self.view.get("volumes"))]

    @fact
    def capabilities(self) -> list[Capability]:
        """`cap_add`, item by item."""
        texts = (self.interpolation.text(item) for item in items(self.view.get("cap_add")))
        return [Capability(text) for text in texts if isinstance(text, Text)]

    @fact
    def security_options(self) -> list[SecurityOption]:
        """`security_opt`, item by item."""
        return [SecurityOption(item) for item in items(self.view.get("security_opt")) if isinstance(item, yaml.Scalar)]

    @fact
    def env_files(self) -> list[EnvFile]:
        """`env_file`, item by item; those whose name a variable hides are left out."""
        return env_files_of(self.view, self.interpolation)

    @fact
    def environment(self) -> list[Variable]:
        """`environment`, in either form."""
        return list(variables_of(self.view.get("environment"), self.interpolation.index))

    @fact
    def dependencies(self) -> list[Dependency]:
        """`depends_on`, in either form."""
        node = self.view.get("depends_on")
        if isinstance(node, yaml.Mapping):
            return [Dependency(key, value, self.interpolation) for key, value in node.items()]
        texts = (yaml.text(item) for item in items(node))
        return [Dependency(text, None, self.interpolation) for text in texts if text is not None and "$" not in text]

    @askable
    def has(self, key: str) -> bool:
        """Whether something is written at a key (dotted for nested ones)."""
        return at_path(self.view, key) is not None

    @askable
    def value(self, key: str) -> Text | Unknown | None:
        """The text at a key (dotted for nested ones)."""
        return self.interpolation.text(at_path(self.view, key))

    @askable
    def flag(self, key: str) -> Flag | Unknown | None:
        """The boolean at a key (dotted for nested ones)."""
        return self.interpolation.flag(at_path(self.view, key))

    @askable
    def key(self, name: str) -> Text | None:
        """A key of the service, where it is written."""
        return self.view.key(name)

    def __str__(self) -> str:
        return str(self.name)
