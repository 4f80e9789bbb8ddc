"""An expression's text as a bounded syntax tree, and its literals of sizes, durations and versions."""

from __future__ import annotations

import ast
import warnings

from infralint.policy.template import ExpressionError
from infralint.policy.vocabulary import Kind
from infralint.text import regex as re
from infralint.text.quantity import Quantity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MAX_LENGTH = 400
MAX_DEPTH = 40
_QUANTITY = re.compile(r"""("[^"\n]*"|'[^'\n]*'|[A-Za-z_][\w.]*)|(?<![\w.])(\d+(?:(?:\.\d+)+|[a-zA-Z])[a-zA-Z0-9]*)""")
"""Texts and names, which stay; and sizes, durations and versions, which become texts: `4g`, `1m30s`, `3.18`."""
_MARK = "\0"
"""What such a text begins with between the reading and the tree."""


class Literal(str):
    """A size, duration or version as a rule writes it; it has a meaning only beside what it is compared with."""

    __slots__ = ()


def parse(text: str) -> ast.expr:
    """The syntax tree of an expression that is short, shallow and legal."""
    text = _QUANTITY.sub(lambda found: found[1] or repr(_MARK + found[2]), text.strip())
    if len(text) > MAX_LENGTH:
        raise ExpressionError(f"is longer than {MAX_LENGTH} characters; give the model a fact instead")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            node = ast.parse(text, mode="eval").body
    except SyntaxError as error:
        raise ExpressionError(f"is not an expression: {error.msg}", max((error.offset or 1) - 1, 0)) from None
    except (ValueError, RecursionError, MemoryError):
        raise ExpressionError("is not an expression") from None
    level: list[ast.AST] = [node]
    for _ in range(MAX_DEPTH):
        level = [child for parent in level for child in ast.iter_child_nodes(parent)]
        if not level:
            return _with_literals(node)
    raise ExpressionError(f"is nested deeper than {MAX_DEPTH} levels")


def _with_literals(node: ast.expr) -> ast.expr:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value.startswith(_MARK):
            part.value = Literal(part.value[1:])
    return node


def is_literal(node: ast.expr) -> bool:
    """Whether a node is a size, duration or version that is written out."""
    return isinstance(node, ast.Constant) and isinstance(node.value, Literal)


def _shown(node: ast.expr) -> str:
    return str(node.value) if isinstance(node, ast.Constant) and is_literal(node) else ast.unparse(node)


def read_literals(node: ast.Compare, one: Kind, other: Kind) -> tuple[str, str]:
    """Python for the sides of `<` or `>` that are literals, read as what they are compared with; "" for the others."""
    left, right = node.left, node.comparators[0]
    classes = {_order_of(one), _order_of(other)} - {None}
    if len(classes) != 1:
        raise ExpressionError(
            f"{_shown(left)} and {_shown(right)} have no common order; `<` and `>` compare numbers, "
            "sizes (4g), durations (30s) and versions (3.18)",
            node.col_offset,
        )
    (cls,) = classes
    return _literal(left, one, cls), _literal(right, other, cls)


def _literal(node: ast.expr, kind: Kind, cls: Any) -> str:
    if _order_of(kind) is cls:
        return ""
    value = node.value if isinstance(node, ast.Constant) else None
    if cls is int or not isinstance(value, (str, int)) or isinstance(value, bool) or cls.read(str(value)) is None:
        raise ExpressionError(f"{_shown(node)} is no {'number' if cls is int else cls.what}", node.col_offset)
    return f"quantity({cls.what!r}, {str(value)!r})"


def _order_of(kind: Kind) -> Any:
    """The class by which values of a kind are ordered: int for numbers; None where they have no order."""
    ordered = [cls for cls in kind.classes if issubclass(cls, (Quantity, int, float)) and cls is not bool]
    if not ordered or len(ordered) != len(kind.classes):
        return None
    return ordered[0] if issubclass(ordered[0], Quantity) else int
