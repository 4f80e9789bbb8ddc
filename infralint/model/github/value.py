"""Values of GitHub's YAML files: known text, UNKNOWN where an expression decides, None where nothing is written."""

from __future__ import annotations

from infralint.model.element import UNKNOWN, Flag, Number, Unknown
from infralint.model.shared.value import get, text_of
from infralint.syntax.yaml import Mapping, Node, Scalar, Sequence
from infralint.text.source import Text

__all__ = ["first_line", "flag", "get", "known", "text_of", "texts", "whole_number"]


def known(node: Node | None) -> Text | Unknown | None:
    """The text of a scalar; UNKNOWN where it holds an expression, None where it is empty, null or no scalar."""
    if not isinstance(node, Scalar) or (node.value is None and not node.style):
        return None
    return UNKNOWN if "${{" in node.content else node.text


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


def first_line(node: Node) -> tuple[int, int]:
    """The span of what stands first in a mapping: its first key and what follows it on that line."""
    start = node.pairs[0].start if isinstance(node, Mapping) and node.pairs else node.start
    text = node.source.text
    end = text.find("\n", start, node.end)
    return start, start + len(text[start : end if end >= 0 else node.end].partition("\r")[0].rstrip())
