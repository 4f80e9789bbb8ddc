"""Fixes that write out what an expression comes to."""

from __future__ import annotations

from infralint.model.element import UNKNOWN, fact_of
from infralint.model.github.expression import Expression
from infralint.syntax.expression_value import to_text, value_of
from infralint.syntax.yaml_edit import plain
from infralint.text import regex as re
from infralint.text.edit import Edit


@fact_of(Expression)
def evaluated(expression: Expression) -> list[Edit] | None:
    """The edit that writes what an expression of constants alone comes to; None where it would have to be quoted."""

    root, node = expression.read.root, expression.node
    value = value_of(root) if root is not None else UNKNOWN
    if value is UNKNOWN or isinstance(value, list | dict) or expression.site.is_key or node.text.pieces is None:
        return None
    text = to_text(value)
    if not re.fullmatch(r"[\w./:@ +=,-]*", text) or re.search(r":(?:\s|$)", text):
        return None
    if isinstance(value, str) and not node.style and str(expression.read.outer) == node.content.strip():
        text = plain(text)
    return [Edit(expression.source.path, expression.start, expression.end, text)]
