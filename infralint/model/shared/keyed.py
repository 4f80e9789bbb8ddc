"""Elements that hold keys of their own, which rules ask for by name."""

from __future__ import annotations

from infralint.model.element import Element, askable
from infralint.model.shared.value import get, text_of
from infralint.syntax.yaml import Mapping, Node, Scalar
from infralint.text.source import Text


class Keyed(Element):
    """An element below which keys are written; a subclass says where."""

    __slots__ = ()

    def at_key(self, key: str) -> Node | None:
        """The value at a key of it; a dotted one for what lies deeper."""
        raise NotImplementedError

    @askable
    def has(self, key: str) -> bool:
        """Whether a key is written in it; a dotted one for what lies deeper."""
        return self.at_key(key) is not None

    @askable
    def value(self, key: str) -> Text | None:
        """The text at a key of it (dotted for nested ones); None where no scalar stands there."""
        return text_of(self.at_key(key))

    @askable
    def is_true(self, key: str) -> bool:
        """Whether the boolean true stands at a key of it."""
        node = self.at_key(key)
        return isinstance(node, Scalar) and node.value is True


class Block(Keyed):
    """A mapping under a name; it stands at the name."""

    __slots__ = ("name", "node")
    name: Text

    def __init__(self, name: Text, node: Mapping) -> None:
        super().__init__(name.source, name.start, name.end)
        self.name = name
        self.node = node

    def at_key(self, key: str) -> Node | None:
        return get(self.node, *key.split("."))
