"""YAML to a tree whose every key, value and item knows its span, on PyYAML's C parser events.

The composer is iterative, resolves nothing until asked, and bounds depth, nodes and alias use: C `compose`
and `load` can be crashed by nesting. Scalars follow the YAML 1.2 core schema, so `on` is text.
"""

from __future__ import annotations

from infralint.syntax import yaml_events
from infralint.syntax.yaml_nodes import (
    MAX_NODES,
    Alias,
    Mapping,
    Node,
    Pair,
    Scalar,
    Sequence,
    Stream,
    YamlComment,
    YamlProblem,
)
from infralint.syntax.yaml_scalars import block_span
from infralint.text import regex as re
from infralint.text.source import Source, Text

__all__ = [
    "Alias", "Mapping", "Node", "Pair", "Scalar", "Sequence", "Stream", "YamlComment", "YamlProblem",
    "find", "parse", "text", "text_of",
]  # fmt: skip

MAX_DEPTH = 200
_PROPERTIES = re.compile(r"(?:[&!]\S*[ \t\r\n]+)*")


def parse(source: Source, *, merge: bool = False) -> Stream:
    """Read a YAML file. `merge`: whether the format resolves `<<`. What cannot be read is in `problems`."""
    stream = Stream(source, merge)
    text = source.text
    if not text.isascii():
        text = re.sub("[\ud800-\udfff]", "\ufffd", text)
    base: int | None = 0
    while base is not None:
        base = _compose(stream, text, base)
    return stream


def _compose(stream: Stream, text: str, base: int) -> int | None:
    """Compose the documents from `base` on; the place to resume at after an error, or None at the end."""
    reader = yaml_events.reader()
    try:
        _events(stream, text[base:] if base else text, base, reader)
        return None
    except _Stop as stop:
        stream.problems.append(YamlProblem("limit", str(stop), stop.start, stop.start))
        stream.partial = True
        return None
    except reader.error as error:
        mark = getattr(error, "problem_mark", None)
        if mark is None:  # a character YAML does not allow
            at = base + getattr(error, "position", 0)
            if reader.is_c:  # counted in bytes there
                at = _first_forbidden(text, base)
            shown = (
                f"the character U+{ord(text[at]):04X}, which YAML does not allow"
                if at < len(text)
                else "a bad character"
            )
            stream.problems.append(YamlProblem("syntax", shown, at, min(at + 1, len(text))))
            stream.partial = True
            return None
        at = min(base + mark.index, len(text))
        context = getattr(error, "context", None)
        problem = getattr(error, "problem", None) or "it cannot be read"
        message = f"{problem}, {context}" if context else problem
        start, end = at, stream.source.line_span(stream.source.line_of(at)).end
        if not text[at:end].strip():  # an error that shows itself only behind the text: point at what was last read
            end = len(text[:at].rstrip())
            low = stream.source.line_span(stream.source.line_of(max(end - 1, 0))).start
            start = low + len(text[low:end]) - len(text[low:end].lstrip())
        stream.problems.append(YamlProblem("syntax", message, start, max(end, start)))
        stream.partial = True
        following = re.compile(r"^---(?=\s)", re.M).search(text, max(at, base + 1))
        return following.start() if following and len(stream.problems) < 50 else None


def _first_forbidden(text: str, base: int) -> int:
    match = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]").search(text, base)
    return match.start() if match else base


class _Stop(Exception):
    def __init__(self, message: str, start: int) -> None:
        super().__init__(message)
        self.start = start


def _events(stream: Stream, text: str, base: int, reader: yaml_events.Reader) -> None:
    next_event = reader.open(text).get_event
    scalar_event, mapping_event, sequence_event = reader.scalar, reader.mapping, reader.sequence
    stack: list[Mapping | Sequence] = []
    keys: list[Node | None] = []
    parent: Mapping | Sequence | None = None
    spans = stream.spans
    node: Node
    while True:
        event = next_event()
        kind = type(event)
        if kind is scalar_event:
            start, end = base + event.start_mark.index, base + event.end_mark.index
            style = event.style or ""
            anchor, tag = event.anchor, event.tag
            if anchor is not None or tag is not None:
                start = base + _PROPERTIES.match(text, start - base, end - base).end()  # type: ignore[union-attr]
            node = scalar = Scalar(stream, start, end, parent, event.value, "" if style == "plain" else style)
            spans.append(scalar)
        elif kind is mapping_event or kind is sequence_event:
            start = base + event.start_mark.index
            flow = bool(event.flow_style)
            node = (Mapping if kind is mapping_event else Sequence)(stream, start, start, parent, flow)
            anchor, tag = event.anchor, event.tag
            if flow and (anchor is not None or tag is not None):
                node.start = node.end = base + _PROPERTIES.match(text, start - base).end()  # type: ignore[union-attr]
        elif kind is reader.mapping_end or kind is reader.sequence_end:
            done = stack.pop()
            key = keys.pop()
            _close(done, key, base + event.end_mark.index)
            parent = stack[-1] if stack else None
            continue
        elif kind is reader.alias:
            anchor = tag = None
            start, end = base + event.start_mark.index, base + event.end_mark.index
            node = Alias(stream, start, end, parent, event.anchor)
            if node.target is None:
                stream.problems.append(
                    YamlProblem("alias", f"*{event.anchor} is not anchored anywhere above", start, end)
                )
        elif kind is reader.end:
            return
        else:
            if kind is reader.document:
                stream.anchors = {}
            continue
        stream.nodes += 1
        if tag is not None:
            node.tag = tag
        if anchor is not None:
            node.anchor = anchor
            stream.anchors[anchor] = node
        if parent is None:
            stream.documents.append(node)
        elif type(parent) is Mapping:
            key = keys[-1]
            if key is None:
                keys[-1] = node
            else:
                parent.pairs.append(Pair(key, node))
                keys[-1] = None
        else:
            parent.items.append(node)  # type: ignore[union-attr]
        if kind is mapping_event or kind is sequence_event:
            stack.append(node)  # type: ignore[arg-type]
            keys.append(None)
            parent = node  # type: ignore[assignment]
            if len(stack) > MAX_DEPTH:
                raise _Stop(f"is nested deeper than {MAX_DEPTH} levels; no config needs that", node.start)
        if stream.nodes > MAX_NODES:
            raise _Stop(f"holds more than {MAX_NODES} values; exclude it if it is data", node.start)


def _close(node: Mapping | Sequence, key: Node | None, end: int) -> None:
    """End a collection where its last child ends (a block's end mark lies behind comments), report duplicate keys."""
    stream = node.stream
    text = stream.source.text
    if isinstance(node, Mapping):
        if key is not None:
            node.pairs.append(Pair(key, key))
        names: dict[str, Node] = {}
        for pair in node.pairs:
            if isinstance(pair.key, Scalar):
                first = names.setdefault(pair.key.content, pair.key)
                if first is not pair.key and not (stream.merge and pair.key.content == "<<"):
                    message = f"the key {pair.key.content} is written twice; the later one counts"
                    place = pair.key.start, pair.key.end
                    stream.problems.append(YamlProblem("duplicate-key", message, *place, (first.start, first.end)))
            value = pair.value
            if value.end == value.start and isinstance(value, Scalar):  # written nowhere: stand right behind the colon
                at = text.find(":", pair.key.end)
                if 0 <= at <= value.start:
                    value.start = value.end = at + 1
        last: Node | Pair | None = node.pairs[-1] if node.pairs else None
    else:
        last = node.items[-1] if node.items else None
    if node.is_flow or last is None:
        node.end = end
        return
    node.end = _end_of(last, text)
    if isinstance(node, Mapping) and node.pairs:
        node.start = node.pairs[0].key.start


def _end_of(last: Node | Pair, text: str) -> int:
    value = last.value if isinstance(last, Pair) else last
    if isinstance(value, Scalar) and value.style in ("|", ">"):
        value.end = max(block_span(text, value.start, value.end)[1], value.start + 1)
    return last.end


def text(node: Node | None) -> Text | None:
    """The text of a scalar node; None for anything else."""
    return node.text if isinstance(node, Scalar) else None


def find(node: Node | None, path: str) -> Node | None:
    """The value at a dotted path of keys, aliases resolved; None where it ends early."""
    for name in path.split("."):
        if not isinstance(node, Mapping):
            return None
        node = node.get(name)
    return node


def text_of(node: Node | None, path: str) -> Text | None:
    """The text at a dotted path of keys."""
    return text(find(node, path))
