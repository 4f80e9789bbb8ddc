"""YAML to a tree whose every key, value and item knows its span, on PyYAML's C parser events.

The composer is iterative, resolves nothing until asked, and bounds depth, nodes and alias use: C `compose`
and `load` can be crashed by nesting. Scalars follow the YAML 1.2 core schema, so `on` is text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from infralint.syntax.yaml_scalars import block_span, core_value, pieces_of
from infralint.text.source import Source, Text

MAX_DEPTH = 200
MAX_NODES = 600_000
MAX_ALIASES = 100_000
_PROPERTIES = re.compile(r"(?:[&!]\S*[ \t\r\n]+)*")


class YamlProblem(NamedTuple):
    """What is wrong: `name` is "syntax", "duplicate-key", "alias" or "limit"; `other` points at an earlier twin."""

    name: str
    message: str
    start: int
    end: int
    other: tuple[int, int] | None = None


class YamlComment(NamedTuple):
    """A comment from its `#` to the end of its line; `alone` when nothing else stands on the line."""

    text: str
    start: int
    end: int
    line: int
    alone: bool


class Node:
    """A value of the tree."""

    __slots__ = ("anchor", "end", "parent", "start", "stream", "tag")
    tag: str | None
    anchor: str | None

    def __init__(self, stream: Stream, start: int, end: int, parent: Node | None) -> None:
        self.stream = stream
        self.start = start
        self.end = end
        self.parent = parent
        self.tag = None
        self.anchor = None

    @property
    def source(self) -> Source:
        return self.stream.source

    @property
    def raw(self) -> str:
        """What the file holds there."""
        return self.stream.source.text[self.start : self.end]

    def route(self) -> tuple[str | int, ...]:
        """The keys and indices that lead from the document to this node."""
        parts: list[str | int] = []
        node: Node = self
        while (parent := node.parent) is not None:
            if isinstance(parent, Mapping):
                for pair in parent.pairs:
                    if pair.value is node or pair.key is node:
                        parts.append(pair.name)
                        break
            elif isinstance(parent, Sequence):
                parts.append(next((i for i, item in enumerate(parent.items) if item is node), 0))
            node = parent
        return tuple(reversed(parts))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.start}-{self.end} {self.raw[:40]!r}>"


class Scalar(Node):
    """A single value. `content` is its decoded text, `style` its quote or block indicator ("" when plain)."""

    __slots__ = ("_text", "content", "style")

    def __init__(self, stream: Stream, start: int, end: int, parent: Node | None, content: str, style: str) -> None:
        self.stream = stream
        self.start = start
        self.end = end
        self.parent = parent
        self.tag = None
        self.anchor = None
        self.content = content
        self.style = style
        self._text: Text | None = None

    @property
    def text(self) -> Text:
        """The value as text, whatever type it would resolve to, with its exact span."""
        if self._text is None:
            self._text = self._place()
        return self._text

    def _place(self) -> Text:
        source, start, end, style = self.source, self.start, self.end, self.style
        raw = source.text
        if not style:
            if end - start == len(self.content):
                return Text(self.content, source, start, end, ((0, start),))
            return Text(self.content, source, start, end, pieces_of(raw, start, end, self.content))
        if style in "'\"":
            inner, outer = start + 1, max(end - 1, start + 1)
            if outer - inner == len(self.content) and raw.startswith(self.content, inner):
                return Text(self.content, source, inner, outer, ((0, inner),), style)
            return Text(self.content, source, start, end, pieces_of(raw, inner, outer, self.content, style), style)
        first, last = block_span(raw, start, end)
        return Text(self.content, source, first, last, pieces_of(raw, first, last, self.content), style)

    @property
    def value(self) -> str | int | float | bool | None:
        """The value by the YAML 1.2 core schema; text where it is quoted or tagged otherwise."""
        if self.style or (self.tag is not None and self.tag.startswith("!")):
            return self.content
        return core_value(self.content)


class Pair:
    """A key with its value."""

    __slots__ = ("key", "value")

    def __init__(self, key: Node, value: Node) -> None:
        self.key = key
        self.value = value

    @property
    def name(self) -> str:
        """The key as text; what is written for a key that is a collection."""
        key = self.key
        return key.content if isinstance(key, Scalar) else key.raw

    @property
    def source(self) -> Source:
        return self.key.source

    @property
    def start(self) -> int:
        return self.key.start

    @property
    def end(self) -> int:
        return max(self.value.end, self.key.end)


class Mapping(Node):
    """Keys with values in file order, duplicates included."""

    __slots__ = ("_by_name", "is_flow", "pairs")

    def __init__(self, stream: Stream, start: int, end: int, parent: Node | None, is_flow: bool) -> None:
        super().__init__(stream, start, end, parent)
        self.pairs: list[Pair] = []
        self.is_flow = is_flow
        self._by_name: dict[str, Pair] | None = None

    def effective(self) -> dict[str, Pair]:
        """The pair that counts for each key: the last of twins, merge keys resolved where the format does that."""
        if self._by_name is None:
            self._by_name = {}  # a cycle of merges ends here
            self._by_name = {pair.name: pair for pair in self.pairs}
            if self.stream.merge and "<<" in self._by_name:
                self._by_name = self._merged(self._by_name)
        return self._by_name

    def _merged(self, own: dict[str, Pair]) -> dict[str, Pair]:
        result: dict[str, Pair] = {}
        for pair in self.pairs:
            if pair.name != "<<" or (isinstance(pair.key, Scalar) and pair.key.style):
                continue
            value = self.stream.resolve(pair.value)
            bases = value.items if isinstance(value, Sequence) else [value] if value is not None else []
            for base in bases:
                target = self.stream.resolve(base)
                if isinstance(target, Mapping):
                    for name, inherited in target.effective().items():
                        if len(result) < MAX_NODES:
                            result.setdefault(name, inherited)
        del own["<<"]
        return {**result, **own}

    def get(self, name: str) -> Node | None:
        """The value of a key, aliases resolved; None if the key is not there."""
        pair = self.effective().get(name)
        return None if pair is None else self.stream.resolve(pair.value)

    def pair(self, name: str) -> Pair | None:
        """The pair of a key."""
        return self.effective().get(name)

    def key(self, name: str) -> Text | None:
        """The key itself, as it stands in the file."""
        pair = self.effective().get(name)
        return pair.key.text if pair is not None and isinstance(pair.key, Scalar) else None

    def items(self) -> Iterator[tuple[Text, Node]]:
        """Text keys with their values, aliases resolved, in order."""
        for pair in self.effective().values():
            value = self.stream.resolve(pair.value)
            if value is not None and isinstance(pair.key, Scalar):
                yield pair.key.text, value

    def __contains__(self, name: str) -> bool:
        return name in self.effective()


class Sequence(Node):
    """Items in order; `values()` resolves aliases."""

    __slots__ = ("is_flow", "items")

    def __init__(self, stream: Stream, start: int, end: int, parent: Node | None, is_flow: bool) -> None:
        super().__init__(stream, start, end, parent)
        self.items: list[Node] = []
        self.is_flow = is_flow

    def values(self) -> Iterator[Node]:
        for item in self.items:
            value = self.stream.resolve(item)
            if value is not None:
                yield value


class Alias(Node):
    """A use of an anchor, at its own place."""

    __slots__ = ("name", "target")

    def __init__(self, stream: Stream, start: int, end: int, parent: Node | None, name: str) -> None:
        super().__init__(stream, start, end, parent)
        self.name = name
        self.target = stream.anchors.get(name)


class Stream:
    """A parsed file: its documents, and what was wrong. `partial` when something after an error is missing."""

    __slots__ = ("_resolved", "_spans", "anchors", "documents", "merge", "nodes", "partial", "problems", "source")

    def __init__(self, source: Source, merge: bool) -> None:
        self.source = source
        self.merge = merge
        self.documents: list[Node] = []
        self.problems: list[YamlProblem] = []
        self.anchors: dict[str, Node] = {}
        self.nodes = 0
        self.partial = False
        self._resolved = 0
        self._spans: list[Scalar] = []

    @property
    def root(self) -> Node | None:
        """The first document's value."""
        return self.documents[0] if self.documents else None

    def resolve(self, node: Node) -> Node | None:
        """What an alias stands for: a scalar at its use site, a collection where it is anchored; None if undefined."""
        if not isinstance(node, Alias):
            return node
        self._resolved += 1
        target = node.target
        if target is None or self._resolved > MAX_ALIASES:
            return None
        if isinstance(target, Scalar):
            copy = Scalar(self, node.start, node.end, node.parent, target.content, target.style)
            copy.tag = target.tag
            copy._text = Text(target.content, self.source, node.start, node.end, None, "*")
            return copy
        return target

    def walk(self) -> Iterator[Node]:
        """Every node as it is written, keys included, aliases not followed."""
        stack: list[Node] = list(reversed(self.documents))
        while stack:
            node = stack.pop()
            yield node
            if isinstance(node, Mapping):
                for pair in reversed(node.pairs):
                    stack += (pair.value, pair.key)
            elif isinstance(node, Sequence):
                stack += reversed(node.items)

    def comments(self) -> list[YamlComment]:
        """Every comment, in order."""
        text, source = self.source.text, self.source
        if "#" not in text:
            return []
        spans = []
        for scalar in self._spans:
            end = scalar.end
            if scalar.style in ("|", ">"):
                end = block_span(text, scalar.start, scalar.end)[1]
                head = text.find("\n", scalar.start, end)
                if head > 0:  # the indicator's own line may carry a comment
                    spans.append((scalar.start, scalar.start + 1))
                    spans.append((head, end))
                    continue
            if end > scalar.start:
                spans.append((scalar.start, end))
        starts = [start for start, _ in spans]
        found = []
        at = -1
        while (at := text.find("#", at + 1)) >= 0:
            if at and text[at - 1] not in " \t\r\n":
                continue
            index = bisect_right(starts, at) - 1
            if index >= 0 and at < spans[index][1]:
                at = spans[index][1] - 1
                continue
            line = source.line_of(at)
            end = source.line_span(line).end
            alone = not text[source.line_starts[line - 1] : at].strip()
            found.append(YamlComment(text[at:end], at, end, line, alone))
            at = end - 1
        return found


def parse(source: Source, *, merge: bool = False) -> Stream:
    """Read a YAML file. `merge`: whether the format resolves `<<`. What cannot be read is in `problems`."""
    stream = Stream(source, merge)
    text = source.text
    if not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text):
        text = re.sub("[\ud800-\udfff]", "\ufffd", text)
    base: int | None = 0
    while base is not None:
        base = _compose(stream, text, base)
    return stream


def _compose(stream: Stream, text: str, base: int) -> int | None:
    """Compose the documents from `base` on; the place to resume at after an error, or None at the end."""
    reader = _loader()
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
            shown = f"the character U+{ord(text[at]):04X}, which YAML does not allow" if at < len(text) else "a bad character"
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


class _Reader(NamedTuple):
    open: Any
    error: Any
    scalar: type
    mapping: type
    mapping_end: type
    sequence: type
    sequence_end: type
    alias: type
    document: type
    end: type
    is_c: bool


@lru_cache(maxsize=1)
def _loader() -> _Reader:
    """PyYAML's event reader: the C one, or the slower one in Python where it was built without."""
    import yaml
    from yaml import events as e

    fast = getattr(yaml, "CSafeLoader", None)
    return _Reader(
        fast or yaml.SafeLoader, yaml.YAMLError, e.ScalarEvent, e.MappingStartEvent, e.MappingEndEvent,
        e.SequenceStartEvent, e.SequenceEndEvent, e.AliasEvent, e.DocumentStartEvent, e.StreamEndEvent, fast is not None,
    )  # fmt: skip


def _events(stream: Stream, text: str, base: int, reader: _Reader) -> None:
    next_event = reader.open(text).get_event
    scalar_event, mapping_event, sequence_event = reader.scalar, reader.mapping, reader.sequence
    stack: list[Mapping | Sequence] = []
    keys: list[Node | None] = []
    parent: Mapping | Sequence | None = None
    spans = stream._spans
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
                stream.problems.append(YamlProblem("alias", f"*{event.anchor} is not anchored anywhere above", start, end))
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
    """End a collection where its last child ends (a block's end mark lies behind comments), report twin keys."""
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
