"""TOML 1.0 to the tree that YAML has: every key, value and table knows its span.

`tomllib` gives no places. This reader never fails: what cannot be read is a problem, and the rest of the line is left out. It takes
time in proportion to the text. Tables are mappings that are no flow; `start` is their header's `[`, `end` that of the last key
written in their own body, since tables below them may stand anywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from infralint.syntax.yaml_nodes import (
    MAX_NODES,
    Mapping,
    Node,
    Pair,
    Scalar,
    Sequence,
    Stream,
    YamlComment,
    YamlProblem,
)
from infralint.text import regex as re
from infralint.text.source import Source, Text

MAX_DEPTH = 60
_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\", "e": "\x1b"}


@cache
def _patterns() -> dict[str, Callable[..., re.Match[str] | None]]:
    """What matches each sort of token at a place; `value` a whole word."""
    return {
        "blank": re.compile(r"[ \t]*").match,
        "space": re.compile(r"(?:[ \t\r\n]+|#[^\r\n]*)*").match,
        "key": re.compile(r"[A-Za-z0-9_-]+|\"(?:[^\"\\\r\n]|\\.)*\"|'[^'\r\n]*'").match,
        "basic": re.compile(r'"[^"\\\r\n]*(?:\\.[^"\\\r\n]*)*"').match,
        "literal": re.compile(r"'[^'\r\n]*'").match,
        "long_basic": re.compile(r'"""[^"\\]*(?:(?:\\[\s\S]|"{1,2}(?!"))[^"\\]*)*"{3,5}').match,
        "long_literal": re.compile(r"'''[^']*(?:'{1,2}(?!')[^']*)*'{3,5}").match,
        "bare": re.compile(r"[^\s,\[\]{}#=\"']+(?: \d\d:[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?").match,
        "value": re.compile(
            r"true|false|[+-]?(?:inf|nan)|[+-]?(?:0|[1-9](?:_?\d)*)(?:\.\d(?:_?\d)*)?(?:[eE][+-]?\d(?:_?\d)*)?"
            r"|0x[0-9a-fA-F](?:_?[0-9a-fA-F])*|0o[0-7](?:_?[0-7])*|0b[01](?:_?[01])*"
            r"|\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)?)?|\d\d:\d\d:\d\d(?:\.\d+)?"
        ).fullmatch,
    }


class _Fault(Exception):
    def __init__(self, message: str, start: int, end: int, name: str = "syntax") -> None:
        super().__init__(message)
        self.problem = YamlProblem(name, message, start, end)


class _Reader:
    """Where the reading of one file stands."""

    __slots__ = ("at", "comments", "defined", "source", "stream", "text")

    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = source.text
        self.at = 0
        self.stream = Stream(source, False)
        self.stream.language = "toml"
        self.comments: list[YamlComment] = []
        self.defined: set[int] = set()
        """The tables that have a header of their own, by identity."""

    def skip(self, name: str) -> None:
        """Step over blanks, or over blanks, line ends and comments."""
        match = _patterns()[name](self.text, self.at)
        if match is None:
            return
        if name == "space" and "#" in match[0]:
            for comment in re.finditer(r"#[^\r\n]*", match[0]):
                self.comment(self.at + comment.start(), self.at + comment.end())
        self.at = match.end()

    def comment(self, start: int, end: int) -> None:
        line = self.source.line_of(start)
        alone = not self.text[self.source.line_starts[line - 1] : start].strip()
        self.comments.append(YamlComment(self.text[start:end], start, end, line, alone))

    def match(self, name: str) -> re.Match[str] | None:
        return _patterns()[name](self.text, self.at)

    def here(self, sign: str) -> bool:
        return self.text.startswith(sign, self.at)

    def line_end(self) -> int:
        match = re.compile(r"[^\r\n]*").match(self.text, self.at)
        return match.end() if match is not None else len(self.text)


def parse(source: Source) -> tuple[Stream, list[YamlComment]]:
    """Read a TOML file: its tree, and its comments. What cannot be read is in the tree's `problems`."""
    reader = _Reader(source)
    stream, text = reader.stream, source.text
    root = Mapping(stream, 0, 0, None, False)
    stream.documents.append(root)
    table = root
    while True:
        reader.skip("space")
        if reader.at >= len(text):
            break
        start = reader.at
        try:
            if reader.here("["):
                table = _header(reader, root)
            else:
                _assign(reader, table, is_flow=False)
            reader.skip("blank")
            rest = text[reader.at : reader.at + 1]
            if rest and rest not in "\r\n#":
                raise _Fault("more text stands behind the value", reader.at, reader.line_end())
        except _Fault as fault:
            stream.problems.append(fault.problem)
            stream.partial = True
            if fault.problem.name == "limit" or len(stream.problems) >= 50:
                break
            reader.at = max(reader.at, start)
            reader.at = max(reader.line_end(), start + 1)
    return stream, reader.comments


def _header(reader: _Reader, root: Mapping) -> Mapping:
    """The table that a header opens: `[a.b]`, or a new item of the list `[[a.b]]`."""
    start = reader.at
    is_list = reader.here("[[")
    reader.at += 2 if is_list else 1
    keys = _keys(reader)
    close = "]]" if is_list else "]"
    if not reader.here(close):
        raise _Fault(f"the header lacks its `{close}`", start, reader.line_end())
    reader.at += len(close)
    node: Mapping = root
    for key in keys[:-1]:
        node = _step(reader, node, key)
    last = keys[-1]
    pair = _written(node, last.content)
    if is_list:
        if pair is None:
            items = Sequence(reader.stream, start, start, node, False)
            _add(reader, node, last, items)
        elif isinstance(pair.value, Sequence) and not pair.value.is_flow:
            items = pair.value
        else:
            raise _Fault(f"`{last.content}` is no list of tables above", last.start, last.end)
        table = _table(reader, items, start)
        items.items.append(table)
        items.end = reader.at
        return table
    if pair is None:
        table = _table(reader, node, start)
        _add(reader, node, last, table)
    elif isinstance(pair.value, Mapping) and not pair.value.is_flow:
        table = pair.value
        if id(table) in reader.defined:
            message = f"the table {last.content} is written twice, which TOML does not allow"
            reader.stream.problems.append(
                YamlProblem("duplicate-key", message, last.start, last.end, (pair.key.start, pair.key.end))
            )
        else:
            table.start, table.end = start, reader.at
            pair.key = last
    else:
        raise _Fault(f"`{last.content}` is no table above", last.start, last.end)
    reader.defined.add(id(table))
    return table


def _table(reader: _Reader, parent: Node, start: int) -> Mapping:
    table = Mapping(reader.stream, start, reader.at, parent, False)
    _count(reader, table)
    return table


def _count(reader: _Reader, node: Node) -> None:
    reader.stream.nodes += 1
    if reader.stream.nodes > MAX_NODES:
        message = f"holds more than {MAX_NODES} values; exclude it if it is data"
        raise _Fault(message, node.start, node.end, "limit")


def _step(reader: _Reader, node: Mapping, key: Scalar) -> Mapping:
    """The table below a key, made where it is not there; the last item of a list of tables."""
    pair = _written(node, key.content)
    if pair is None:
        table = Mapping(reader.stream, key.start, key.end, node, False)
        _add(reader, node, key, table)
        return table
    value = pair.value
    if isinstance(value, Sequence) and not value.is_flow and value.items:
        value = value.items[-1]
    if isinstance(value, Mapping) and not value.is_flow:
        return value
    raise _Fault(f"`{key.content}` is no table above", key.start, key.end)


def _written(node: Mapping, name: str) -> Pair | None:
    """The pair of a name, while the table grows."""
    return node.effective().get(name)


def _add(reader: _Reader, node: Mapping, key: Scalar, value: Node) -> None:
    key.parent = node
    value.parent = node
    _count(reader, key)
    pair = Pair(key, value)
    names = node.effective()
    first = names.get(key.content)
    if first is not None:
        message = f"the key {key.content} is written twice, which TOML does not allow"
        place = first.key.start, first.key.end
        reader.stream.problems.append(YamlProblem("duplicate-key", message, key.start, key.end, place))
    node.pairs.append(pair)
    names[key.content] = pair


def _keys(reader: _Reader) -> list[Scalar]:
    """A key with its dots: `a."b.c".d`."""
    keys: list[Scalar] = []
    while True:
        reader.skip("blank")
        match = reader.match("key")
        if match is None:
            shown = reader.text[reader.at : reader.at + 1]
            message = f"`{shown}` begins no key" if shown.strip() else "a key is missing"
            raise _Fault(message, reader.at, max(reader.line_end(), reader.at))
        keys.append(_text(reader, match.start(), match.end()) if match[0][0] in "\"'" else _bare(reader, match))
        reader.at = match.end()
        reader.skip("blank")
        if not reader.here("."):
            return keys
        if len(keys) > MAX_DEPTH:
            raise _Fault(f"has more than {MAX_DEPTH} parts", keys[0].start, reader.at, "limit")
        reader.at += 1


def _bare(reader: _Reader, match: re.Match[str]) -> Scalar:
    return Scalar(reader.stream, match.start(), match.end(), None, match[0], "")


def _assign(reader: _Reader, table: Mapping, *, is_flow: bool, depth: int = 0) -> None:
    """Read `key = value` into a table."""
    keys = _keys(reader)
    if not reader.here("="):
        raise _Fault("a `=` is missing behind the key", keys[0].start, reader.line_end())
    reader.at += 1
    reader.skip("blank")
    node = table
    for key in keys[:-1]:
        node = _step(reader, node, key)
    value = _value(reader, node, depth)
    _add(reader, node, keys[-1], value)
    if not is_flow:
        while node is not table:
            node.end = max(node.end, value.end)
            node = node.parent if isinstance(node.parent, Mapping) else table
        table.end = max(table.end, value.end)


def _value(reader: _Reader, parent: Node | None, depth: int) -> Node:
    start = reader.at
    if depth > MAX_DEPTH:
        raise _Fault(f"is nested deeper than {MAX_DEPTH} levels; no config needs that", start, start + 1, "limit")
    for name, mark in (("long_basic", '"""'), ("long_literal", "'''"), ("basic", '"'), ("literal", "'")):
        if reader.here(mark):
            match = reader.match(name)
            if match is None:
                raise _Fault("the text is not closed", start, reader.line_end())
            reader.at = match.end()
            return _text(reader, start, match.end())
    if reader.here("["):
        return _list(reader, parent, depth)
    if reader.here("{"):
        return _inline(reader, parent, depth)
    match = reader.match("bare")
    if match is None:
        raise _Fault("a value is missing behind the `=`", start, max(reader.line_end(), start))
    if _patterns()["value"](match[0]) is None:
        raise _Fault(f"`{match[0][:40]}` is no value of TOML; a text stands in quotes", start, match.end())
    reader.at = match.end()
    scalar = Scalar(reader.stream, start, match.end(), parent, match[0], "")
    if "_" in match[0]:
        scalar.content = match[0].replace("_", "")
        scalar.place(Text(match[0], reader.source, start, match.end()))
    return scalar


def _list(reader: _Reader, parent: Node | None, depth: int) -> Sequence:
    node = Sequence(reader.stream, reader.at, reader.at, parent, True)
    reader.at += 1
    while True:
        reader.skip("space")
        if reader.here("]"):
            reader.at += 1
            node.end = reader.at
            return node
        item = _value(reader, node, depth + 1)
        _count(reader, item)
        item.parent = node
        node.items.append(item)
        reader.skip("space")
        if reader.here(","):
            reader.at += 1
        elif not reader.here("]"):
            raise _Fault("the list lacks a `,` or its `]`", node.start, max(reader.line_end(), node.start + 1))


def _inline(reader: _Reader, parent: Node | None, depth: int) -> Mapping:
    node = Mapping(reader.stream, reader.at, reader.at, parent, True)
    reader.at += 1
    while True:
        reader.skip("space")
        if reader.here("}"):
            reader.at += 1
            node.end = reader.at
            return node
        _assign(reader, node, is_flow=True, depth=depth + 1)
        reader.skip("space")
        if reader.here(","):
            reader.at += 1
        elif not reader.here("}"):
            raise _Fault("the inline table lacks a `,` or its `}`", node.start, max(reader.line_end(), node.start + 1))


def _text(reader: _Reader, start: int, end: int) -> Scalar:
    """A text in quotes of one of the four sorts."""
    raw = reader.text[start:end]
    quote = raw[0]
    is_long = raw.startswith(quote * 3) and len(raw) >= 6
    low = start + (3 if is_long else 1)
    high = end - (3 if is_long else 1)
    inner = reader.text[low:high]
    if is_long:
        for newline in ("\r\n", "\n"):
            if inner.startswith(newline):
                low += len(newline)
                inner = inner[len(newline) :]
                break
    scalar = Scalar(reader.stream, start, end, None, inner, quote)
    if quote == '"' and "\\" in inner:
        scalar.content = _decoded(inner)
        if is_long or scalar.content.count("\\") or len(re.findall(r"\\[^btnfre\"\\uU]", inner)):
            scalar.place(Text(scalar.content, reader.source, low, high, None, '"'))
        return scalar
    if is_long or quote == "'":
        scalar.place(Text(inner, reader.source, low, high, ((0, low),), "" if is_long else quote))
    return scalar


def _decoded(inner: str) -> str:
    """A basic text with its escapes read; a backslash at a line's end takes the blanks behind it away."""

    def one(match: re.Match[str]) -> str:
        code = match[1] or match[2]
        if code is not None:
            number = int(code, 16)
            return chr(number) if number <= 0x10FFFF else match[0]
        if match[3] is not None:
            return ""
        return _ESCAPES.get(match[4], match[0])

    return re.sub(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([ \t]*\r?\n[ \t\r\n]*)|([\s\S]))", one, inner)
