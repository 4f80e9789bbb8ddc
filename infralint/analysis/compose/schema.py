"""What a compose file writes against the specification: unknown keys, wrong types, missing keys, invalid values."""

from __future__ import annotations

import posixpath
from functools import cache

from infralint.model.compose.document import ComposeDocument
from infralint.model.element import Element, noun_of
from infralint.syntax import yaml
from infralint.tables.compose_schema import FORMER, NAMED, REQUIRED, SHAPES
from infralint.text.similar import most_similar
from infralint.text.source import Text

MAX_VALUES = 60_000
MAX_DEPTH = 40
_WORDS = {
    "text": "a string", "number": "a number", "int": "an integer", "size": "an integer of 0 or more", "count": "`all` or a number", "bool": "a boolean",
    "list": "a list", "map": "a mapping", "shape": "a mapping", "entries": "a list of `KEY=VALUE` or a mapping", "one": "a string",
}  # fmt: skip
Type = tuple[str, object]
MAX_ADVICE = 500
"""Faults of a file for which the key that was meant is looked up."""


class Fault(Element):
    """A place where a compose file is not what the specification allows."""

    __slots__ = ("expected", "found", "key", "name", "pair", "path", "similar")
    name: str
    """`unknown-key`, `wrong-type`, `missing-key`, `bad-value`, `bad-name`, or `version-1` for the whole of such a file."""
    path: str
    """The keys that lead there, dotted."""
    key: str
    """The key that is unknown or missing, the value that is odd."""
    expected: str
    """What the specification takes there."""
    found: str
    """What is written there."""
    similar: str | None
    """The known key that is most like an unknown one."""

    def __init__(
        self,
        name: str,
        at: Text | yaml.Node,
        where: str,
        key: str,
        expected: str,
        found: str,
        nearest: str | None,
        pair: yaml.Pair | None = None,
    ) -> None:
        super().__init__(at.source, at.start, at.end)
        self.name = name
        self.path = where
        self.key = key
        self.expected = expected
        self.found = found
        self.similar = nearest
        self.pair = pair


class _Walk:
    """One pass over the tree, on a stack of its own."""

    __slots__ = ("found", "left", "seen", "stack", "stream")

    def __init__(self, stream: yaml.Stream) -> None:
        self.stream = stream
        self.found: list[Fault] = []
        self.seen: set[tuple[str, int, int]] = set()
        self.left = MAX_VALUES
        self.stack: list[tuple[yaml.Node, tuple[Type, ...], str, int]] = []

    def of(self, root: yaml.Mapping) -> list[Fault]:
        self.stack.append((root, (("shape", "root"),), "", 0))
        done: set[tuple[int, tuple[Type, ...]]] = set()
        while self.stack and self.left > 0:
            self.left -= 1
            node, types, where, depth = self.stack.pop()
            if depth > MAX_DEPTH or (id(node), types) in done:
                continue
            if not isinstance(node, yaml.Scalar):  # the scalar of an alias is made anew each time
                done.add((id(node), types))
            self.value(node, types, where, depth)
        self.found.sort(key=lambda fault: (fault.start, fault.end))
        return self.found

    def add(
        self,
        name: str,
        at: Text | yaml.Node,
        where: str,
        key: str = "",
        expected: str = "",
        found: str = "",
        nearest: str | None = None,
        pair: yaml.Pair | None = None,
    ) -> None:
        mark = (name, at.start, at.end)
        if mark not in self.seen and at.source is self.stream.source:
            self.seen.add(mark)
            self.found.append(Fault(name, at, where, key, expected, found, nearest, pair))

    def value(self, node: yaml.Node, types: tuple[Type, ...], where: str, depth: int) -> None:
        """Judge a value; what it holds goes onto the stack."""
        if node.tag in ("!reset", "!override") and not isinstance(node, yaml.Mapping):
            return
        if isinstance(node, yaml.Scalar):
            self.scalar(node, types, where)
            return
        for word, inner in types:
            if word == "any":
                return
            if isinstance(node, yaml.Mapping) and word in ("map", "shape", "entries"):
                if word == "shape":
                    self.shape(node, str(inner), where, depth)
                else:
                    of = inner if word == "map" else (("simple", None),)
                    for key, item in node.items():
                        self.stack.append((item, of, f"{where}.{key}".lstrip("."), depth + 1))  # type: ignore[arg-type]
                    if where in NAMED:
                        self.names(node, where)
                return
            if isinstance(node, yaml.Sequence) and word in ("list", "entries"):
                each = inner if word == "list" else (("text", None),)
                for item in node.values():
                    self.stack.append((item, each, where, depth + 1))  # type: ignore[arg-type]
                return
        if isinstance(node, yaml.Mapping) and any("$" in pair.name for pair in node.pairs):
            return  # a placeholder that something fills in first: `{$IMAGE}`
        at = self.key_of(node) or node
        self.add("wrong-type", at, where, expected=_expected(types), found=_kind(node))

    def key_of(self, node: yaml.Node) -> Text | None:
        """The key that a collection is the value of, which is easier to point at."""
        parent = node.parent
        if isinstance(parent, yaml.Mapping):
            for pair in parent.pairs:
                if pair.value is node and isinstance(pair.key, yaml.Scalar):
                    return pair.key.text
        return None

    def names(self, node: yaml.Mapping, where: str) -> None:
        for pair in node.effective().values():
            key = pair.key
            if isinstance(key, yaml.Scalar) and not key.style and not isinstance(key.value, str):
                self.add("bad-name", key.text, where, key.content, "a string", _kind(key))
                continue
            plain = all(char.isascii() and (char.isalnum() or char in "._-") for char in pair.name)
            if not plain and isinstance(key, yaml.Scalar) and "$" not in pair.name and "{{" not in pair.name:
                self.add(
                    "bad-name",
                    key.text,
                    where,
                    pair.name,
                    "letters, digits, dots, dashes and underscores",
                    "other characters",
                )

    def shape(self, node: yaml.Mapping, name: str, where: str, depth: int) -> None:
        known = SHAPES[name]
        for pair in node.effective().values():
            kind = known.get(pair.name)
            value = self.stream.resolve(pair.value)
            if kind is not None:
                if value is not None:
                    self.stack.append((value, alternatives(kind), f"{where}.{pair.name}".lstrip("."), depth + 1))
            elif (
                isinstance(pair.key, yaml.Scalar)
                and not pair.name.startswith("x-")
                and "$" not in pair.name
                and pair.name != "<<"
            ):
                nearest = _nearest(pair.name, name) if len(self.found) < MAX_ADVICE else None
                self.add(
                    "unknown-key",
                    pair.key.text,
                    where,
                    pair.name,
                    nearest=nearest,
                    pair=None if nearest is not None and nearest in node else pair,
                )
        for wanted in REQUIRED.get(name, ()):
            if wanted not in node and not node.tag and node.effective():
                self.add("missing-key", self.key_of(node) or node, where, wanted)

    def scalar(self, node: yaml.Scalar, types: tuple[Type, ...], where: str) -> None:
        value = node.value
        if (
            value is None
            or "$" in node.content
            or (node.tag is not None and node.tag.startswith("!") and node.tag != "!!str")
        ):
            return
        for word, inner in types:
            if word in ("any", "simple") or (word == "one" and isinstance(inner, tuple) and _is_one_of(value, inner)):
                return
            if word == "count" and isinstance(value, str):
                if value != "all" and not value.isdecimal():
                    self.add("bad-value", node.text, where, node.content, "`all` or a number")
                return
            if isinstance(value, str) and word in ("text", "number", "int", "bool", "size"):
                return
            if isinstance(value, bool):
                if word == "bool":
                    return
            elif (
                isinstance(value, int) and (word in ("number", "int", "count") or (word == "size" and value >= 0))
            ) or (isinstance(value, float) and word == "number"):
                return
        choices = next((inner for word, inner in types if word == "one"), None)
        if choices is not None and isinstance(value, str) and isinstance(choices, tuple):
            names = [f"`{choice}`" for choice in choices]
            expected = " or ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
            self.add("bad-value", node.text, where, node.content, expected)
        else:
            self.add("wrong-type", node.text, where, node.content, _expected(types), _kind(node))


@noun_of(ComposeDocument, "fault")
def faults_of(document: ComposeDocument) -> list[Fault]:
    """Where the file is not what the specification allows."""
    name = posixpath.basename(document.source.path).lower()
    return faults(document.stream, name.startswith(("compose.", "docker-compose.")))


@cache
def alternatives(kind: str) -> tuple[Type, ...]:
    """A type of the tables, taken apart: (`list`, types), (`map`, types), (`shape`, name), (`one`, texts), (word, None)."""
    parts, depth, start = [], 0, 0
    for at, char in enumerate(kind + "|"):
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            parts.append(kind[start:at])
            start = at + 1
    found: list[Type] = []
    for part in parts:
        word, opened, rest = part.partition("(")
        if part.startswith("@"):
            found.append(("shape", part[1:]))
        elif opened and word == "one":
            found.append(("one", tuple(rest[:-1].split(","))))
        elif opened:
            found.append((word, alternatives(rest[:-1])))
        else:
            found.append((word, None))
    return tuple(found)


def faults(stream: yaml.Stream, is_surely_compose: bool) -> list[Fault]:
    """Every fault of a file, once each. A file of a doubtful name with no key of the specification is left alone."""
    root = stream.root
    if root is None or (isinstance(root, yaml.Scalar) and root.value is None and not root.style):
        return []
    if not isinstance(root, yaml.Mapping):
        holds_mappings = isinstance(root, yaml.Sequence) and any(isinstance(item, yaml.Mapping) for item in root.items)
        return [] if holds_mappings else [Fault("wrong-type", root, "", "", "a mapping", _kind(root), None)]
    if not is_surely_compose and not any(key in SHAPES["root"] for key in root.effective()):
        return []
    if "services" not in root and "version" not in root and not is_surely_compose:
        return []
    found = _Walk(stream).of(root)
    services = _version_1_services(root)
    if not services:
        return found
    place = next(pair.key for pair in root.pairs if pair.name == services[0])
    at = place.text if isinstance(place, yaml.Scalar) else root
    rest = [fault for fault in found if fault.path or fault.key not in services]
    return [Fault("version-1", at, "", ", ".join(f"`{name}`" for name in services), "", "", None), *rest]


def _version_1_services(root: yaml.Mapping) -> list[str]:
    """The services of a file that has the format of 2014: at its top, without `services`."""
    if any(key in root for key in ("services", "include", "version")):
        return []
    return [
        pair.name
        for pair in root.pairs
        if pair.name not in SHAPES["root"]
        and isinstance(pair.value, yaml.Mapping)
        and ("image" in pair.value or "build" in pair.value)
    ]


def _is_one_of(value: object, words: tuple[object, ...]) -> bool:
    return any(
        value == word or (isinstance(value, str) and str(word).endswith("_") and value.startswith(str(word)))
        for word in words
    )


def _expected(types: tuple[Type, ...]) -> str:
    words: list[str] = []
    for word, _ in types:
        says = _WORDS.get(word, "a scalar")
        if says not in words:
            words.append(says)
    return " or ".join(words)


def _kind(node: yaml.Node) -> str:
    if isinstance(node, yaml.Mapping):
        return "a mapping"
    if isinstance(node, yaml.Sequence):
        return "a list"
    value = node.value if isinstance(node, yaml.Scalar) else None
    if isinstance(value, bool):
        return "a boolean"
    return "a number" if isinstance(value, (int, float)) else "a string"


def _nearest(name: str, shape: str) -> str | None:
    """The known key that a person most likely meant."""
    if shape == "service" and name in FORMER:
        return FORMER[name]
    return most_similar(name, SHAPES[shape], 0.75)
