"""What the readers of platform files do alike: variables, headers and images at their places."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.model.element import UNKNOWN, Unknown
from infralint.model.platform.parts import Header, PlatformVariable
from infralint.model.shared.image import Image
from infralint.model.shared.value import get, mappings, text_of
from infralint.syntax.yaml import Mapping, Node, Scalar
from infralint.text import regex as re
from infralint.text.source import Text

_MARK = re.compile(r"\$\{|\$\(|\{\{|<<|\$\w")
"""What begins a value that something else puts in."""


def resolve_plain(text: str) -> str | Unknown:
    """A text without marks as it is; UNKNOWN for any other."""
    return UNKNOWN if _MARK.search(text) is not None else text


def image_of(node: Node | None) -> Image | None:
    """The image that a scalar names."""
    text = text_of(node)
    return Image(text, resolve_plain) if text and not is_tagged(node) else None


def is_tagged(node: Node | None) -> bool:
    """Whether a tag says that the value is worked out: `!Ref`, `!Sub`."""
    return node is not None and node.tag is not None and node.tag.startswith("!")


def known(node: Node | None) -> Text | Unknown | None:
    """The text of a scalar; UNKNOWN where something else puts it in, or where no scalar stands."""
    if node is None:
        return None
    text = text_of(node)
    if text is None:
        return None if isinstance(node, Scalar) else UNKNOWN
    return UNKNOWN if is_tagged(node) or _MARK.search(text) is not None else text


def variables_of(node: Node | None) -> Iterator[PlatformVariable]:
    """The variables of a mapping of names."""
    if not isinstance(node, Mapping):
        return
    for pair in node.effective().values():
        if isinstance(pair.key, Scalar) and pair.name != "<<":
            yield PlatformVariable(pair.key.text, known(pair.value), pair.start, pair.end, pair)


def listed_variables(node: Node | None, name_key: str, value_key: str) -> Iterator[PlatformVariable]:
    """The variables of a list of mappings, each with a name and a value."""
    for item in mappings(node):
        name = text_of(item.get(name_key))
        pair = item.pair(value_key)
        if name is not None and pair is not None:
            start, end = min(name.start, pair.start), max(name.end, pair.end)
            yield PlatformVariable(name, known(pair.value), start, end, None)


def headers_of(node: Node | None, route: str) -> Iterator[Header]:
    """The response headers of a mapping of names."""
    if not isinstance(node, Mapping):
        return
    found = [(name, value.text) for name, value in node.items() if isinstance(value, Scalar)]
    siblings = {name.lower(): value for name, value in found}
    for name, value in found:
        yield Header(name, value, route, siblings)


def text_at_key(node: Node | None, *keys: str) -> Text | None:
    """The text at a path of keys."""
    return text_of(get(node, *keys))


def integer(node: Node | None) -> int | Unknown | None:
    """The whole number of a scalar; UNKNOWN for anything else that is written."""
    if node is None:
        return None
    value = node.value if isinstance(node, Scalar) else None
    return value if isinstance(value, int) and not isinstance(value, bool) else UNKNOWN
