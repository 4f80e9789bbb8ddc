"""The nodes of a YAML tree: scalars, mappings, sequences, aliases, and the stream that holds them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from infralint.syntax.yaml_scalars import block_span, core_value, pieces_of
from infralint.text.record import NamedTuple
from infralint.text.source import Source, Text

MAX_NODES = 600_000
MAX_ALIASES = 100_000


class YamlProblem(NamedTuple):
    """What is wrong: `name` is "syntax", "duplicate-key", "alias" or "limit"; `other` points at the earlier definition."""

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

    def place(self, text: Text) -> None:
        """Say what its text is, for a scalar that is a part of another one."""
        self._text = text

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
        """The pair that counts for each key: the last of duplicates, merge keys resolved where the format does that."""
        if self._by_name is None:
            self._by_name = {}  # a cycle of merges ends here
            self._by_name = {pair.name: pair for pair in self.pairs}
            if self.stream.merge and "<<" in self._by_name:
                self._by_name = self._merged(self._by_name)
        return self._by_name

    def fill(self, pairs: dict[str, Pair]) -> None:
        """Give it its pairs, for a mapping that is made of others; each counts for its key."""
        self.pairs = list(pairs.values())
        self._by_name = pairs

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
        pair = (self._by_name or self.effective()).get(name)
        if pair is None:
            return None
        value = pair.value
        return value if type(value) is not Alias else self.stream.resolve(value)

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

    __slots__ = (
        "_resolved",
        "anchors",
        "documents",
        "language",
        "merge",
        "nodes",
        "partial",
        "problems",
        "source",
        "spans",
    )

    def __init__(self, source: Source, merge: bool) -> None:
        self.source = source
        self.merge = merge
        self.language = "yaml"
        """What the file is written in: `yaml`, `json` or `toml`, whose readers make the same tree."""
        self.documents: list[Node] = []
        self.problems: list[YamlProblem] = []
        self.anchors: dict[str, Node] = {}
        self.nodes = 0
        self.partial = False
        self._resolved = 0
        self.spans: list[Scalar] = []

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
        for scalar in self.spans:
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
