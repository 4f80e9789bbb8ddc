"""The variables that a compose service is given."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.model.compose_scope import items
from infralint.model.element import UNKNOWN, Unknown
from infralint.model.variable import Variable
from infralint.syntax import yaml
from infralint.text.source import Text

TextOrUnknown = Text | Unknown | None


def variables_of(node: yaml.Node | None) -> Iterator[Variable]:
    """`environment`, in either form; what interpolation gives is unknown."""
    if isinstance(node, yaml.Mapping):
        for key, item in node.items():
            if isinstance(item, yaml.Scalar):
                value: TextOrUnknown = None
                if item.value is not None or item.style:
                    value = UNKNOWN if "$" in item.content.replace("$$", "") else item.text
                yield Variable(key.source, key.start, max(item.end, key.end), key, value, "environment")
        return
    for item in items(node):
        text = yaml.text(item)
        if text is None:
            continue
        at = text.find("=")
        name = text.slice(0, at if at >= 0 else len(text))
        given: TextOrUnknown = text.slice(at + 1, len(text)) if at >= 0 else None
        if isinstance(given, Text) and "$" in given.replace("$$", ""):
            given = UNKNOWN
        yield Variable(text.source, text.start, text.end, name, given, "environment")
