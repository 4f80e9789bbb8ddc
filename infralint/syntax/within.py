"""JSON that stands in a text of another file, as nodes of that file: every span lies in the file itself."""

from __future__ import annotations

from infralint.syntax import jsonc
from infralint.syntax.yaml_nodes import Mapping, Node, Scalar
from infralint.text.source import Source, Text


def json_within(scalar: Scalar) -> Mapping | None:
    """The mapping that a scalar's text is in JSON, the scalar above it; None where the text is none, or cannot be read."""
    text = scalar.text
    if not text.lstrip().startswith("{"):
        return None
    stream, _ = jsonc.parse(Source(text.source.path, str(text)))
    root = stream.root
    if stream.partial or not isinstance(root, Mapping):
        return None
    for node in stream.walk():
        _move(node, text)
    stream.source = text.source
    root.parent = scalar
    return root


def _move(node: Node, outer: Text) -> None:
    """Give a node of the inner text its place in the file; that of the whole text where its own is not known."""
    if isinstance(node, Scalar):
        own = node.text
        node.place(Text(str(own), outer.source, *_span(own.start, own.end, outer), None, own.style))
    node.start, node.end = _span(node.start, node.end, outer)


def _span(start: int, end: int, outer: Text) -> tuple[int, int]:
    if not outer.pieces:
        return outer.start, outer.end
    first = outer.offset(start)
    return first, outer.behind(end) if end > start else first
