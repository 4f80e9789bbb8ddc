"""Values below a YAML mapping, whatever the format."""

from __future__ import annotations

from infralint.syntax.yaml import Mapping, Node, Scalar, Sequence
from infralint.text.source import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MAX_DEPTH = 60
MAX_PLAIN = 200_000


def get(node: Node | None, *keys: str) -> Node | None:
    """The value below a mapping, by keys."""
    for key in keys:
        if not isinstance(node, Mapping):
            return None
        node = node.get(key)
    return node


def text_of(node: Node | None) -> Text | None:
    """The text of a scalar as it is written; None where it is empty, null or no scalar."""
    return None if not isinstance(node, Scalar) or (node.value is None and not node.style) else node.text


def scalars(node: Node | None) -> list[Text]:
    """The texts of a scalar or of a list of scalars, nested lists too."""
    found: list[Text] = []
    stack = [(node, 0)]
    while stack:
        one, depth = stack.pop()
        if isinstance(one, Sequence) and one.tag != "!reference" and depth < 12:
            stack += [(item, depth + 1) for item in reversed(list(one.values()))]
        elif (text := text_of(one)) is not None:
            found.append(text)
    return found


def mappings(node: Node | None) -> list[Mapping]:
    """The mappings of a list, or the one that stands in its place."""
    if isinstance(node, Sequence):
        return [item for item in node.values() if isinstance(item, Mapping)]
    return [node] if isinstance(node, Mapping) else []


def pairs_of(node: Node | None) -> list[tuple[Text, Node]]:
    """The keys of a mapping with their values, aliases resolved; none for anything else."""
    return list(node.items()) if isinstance(node, Mapping) else []


def plain(node: Node | None) -> Any:
    """The value as Python has it, aliases and merge keys resolved; None for what nests or repeats beyond all use."""
    left = [MAX_PLAIN]

    def made(one: Node | None, depth: int) -> Any:
        left[0] -= 1
        if left[0] < 0 or depth > MAX_DEPTH:
            return None
        if isinstance(one, Mapping):
            return {str(key): made(value, depth + 1) for key, value in one.items()}
        if isinstance(one, Sequence):
            return [made(value, depth + 1) for value in one.values()]
        return one.value if isinstance(one, Scalar) else None

    return made(node, 0)
