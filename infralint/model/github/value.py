"""Values of GitHub's YAML files as the models see them: known text, UNKNOWN where an expression decides, or None."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from infralint.model.element import Element, Flag, Number
from infralint.syntax.yaml import Mapping, Node, Scalar, Sequence
from infralint.text.source import Text
from infralint.text.unknown import UNKNOWN, Unknown

if TYPE_CHECKING:
    from infralint.model.github.document import GithubDocument

Route = tuple[str | int, ...]


class Place(NamedTuple):
    """A scalar that holds an expression, and the route to it. `is_key`: it is a key, not a value."""

    node: Scalar
    route: Route
    is_key: bool


class Part(Element):
    """An element that a node of the file stands for. `route` leads to it: ("jobs", "build", "steps", 2)."""

    __slots__ = ("file", "node", "route")

    def __init__(self, file: GithubDocument, node: Any, route: Route, start: int, end: int) -> None:
        super().__init__(file.source, start, end)
        self.file = file
        self.node = node
        self.route = route

    @property
    def route_text(self) -> str:
        """Where it stands in the file's structure: `jobs.build.steps[2]`."""
        return route_text(self.route)


def route_text(route: Route) -> str:
    """A route as one writes it."""
    text = ""
    for part in route:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def known(node: Node | None) -> Text | Unknown | None:
    """The text of a scalar; UNKNOWN where it holds an expression, None where it is empty, null or no scalar."""
    if not isinstance(node, Scalar) or (node.value is None and not node.style):
        return None
    return UNKNOWN if "${{" in node.content else node.text


def text_of(node: Node | None) -> Text | None:
    """The text of a scalar as it is written, expressions included."""
    return None if not isinstance(node, Scalar) or (node.value is None and not node.style) else node.text


def flag(node: Node | None) -> Flag | Unknown | None:
    """A boolean; UNKNOWN where an expression decides."""
    if not isinstance(node, Scalar):
        return None
    if "${{" in node.content:
        return UNKNOWN
    value = node.value
    if not isinstance(value, bool):
        return None
    return Flag(value, node.source, node.start, node.end)


def whole_number(node: Node | None) -> Number | Unknown | None:
    """A number, rounded down; UNKNOWN where an expression decides."""
    if not isinstance(node, Scalar):
        return None
    if "${{" in node.content:
        return UNKNOWN
    value = node.value
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e15:
        return None
    return Number(int(value), node.source, node.start, node.end)


def texts(node: Node | None) -> list[Text]:
    """The texts of a scalar or of a list of scalars, those that an expression decides left out."""
    items = list(node.values()) if isinstance(node, Sequence) else [node]
    return [value for item in items if isinstance(value := known(item), Text)]


def get(node: Node | None, *keys: str) -> Node | None:
    """The value below a mapping, by keys."""
    for key in keys:
        if not isinstance(node, Mapping):
            return None
        node = node.get(key)
    return node


def first_line(node: Node) -> tuple[int, int]:
    """The span of what stands first in a mapping: its first key and what follows it on that line."""
    start = node.pairs[0].start if isinstance(node, Mapping) and node.pairs else node.start
    text = node.source.text
    end = text.find("\n", start, node.end)
    return start, start + len(text[start : end if end >= 0 else node.end].partition("\r")[0].rstrip())
