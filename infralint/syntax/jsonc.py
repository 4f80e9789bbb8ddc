"""JSON, with the comments and trailing commas that editors and most tools allow, to the tree that YAML has: every span known.

YAML's own reader takes most JSON, but no comments, no escaped surrogates, no keys of more than 1024 characters, and says what is
wrong in words of YAML. This one never fails, and takes time in proportion to the text.
"""

from __future__ import annotations

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

MAX_DEPTH = 200
_VALUE = re.compile(r"true|false|null|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
_CLOSES = {"{": "}", "[": "]"}
_ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


@cache
def _token() -> re.Pattern[str]:
    return re.compile(
        r"[ \t\r\n\ufeff]*(?:(?P<text>\"[^\"\\\n\r]*(?:\\.[^\"\\\n\r]*)*\")|(?P<sign>[{}\[\]:,])"
        r"|(?P<word>[\w.+-]+)|(?P<line>//[^\n\r]*)|(?P<block>/\*[^*]*\*+(?:[^/*][^*]*\*+)*/))"
    )


class _Stop(Exception):
    def __init__(self, message: str, start: int, end: int, name: str = "syntax") -> None:
        super().__init__(message)
        self.problem = YamlProblem(name, message, start, end)


def parse(source: Source) -> tuple[Stream, list[YamlComment]]:
    """Read a JSON file: its tree, and its comments. What cannot be read is in the tree's `problems`."""
    stream = Stream(source, False)
    stream.language = "json"
    comments: list[YamlComment] = []
    try:
        _read(stream, comments)
    except _Stop as stop:
        stream.problems.append(stop.problem)
        stream.partial = True
    return stream, comments


def _read(stream: Stream, comments: list[YamlComment]) -> None:
    source = stream.source
    text, size = source.text, len(source.text)
    match_token = _token().match
    stack: list[Mapping | Sequence] = []
    key: Scalar | None = None
    wants = "value"
    """What may come next: a value, a key, a colon, or (behind a value) a comma or the end."""
    at = 0
    while True:
        match = match_token(text, at)
        if match is None:
            rest = text[at:].lstrip(" \t\r\n\ufeff")
            at = size - len(rest)
            if rest:
                line_end = source.line_span(source.line_of(at)).end
                word = "text that is not closed" if rest[0] == '"' else f"`{rest[0]}`, which begins no value"
                raise _Stop(f"{word} stands here", at, max(line_end, at + 1))
            break
        kind, at = match.lastgroup, match.end()
        start = match.start(kind) if kind is not None else at
        if kind in ("line", "block"):
            comments.append(_comment(source, start, at))
            continue
        if wants == "end" and not stack:
            raise _Stop("more text stands behind the end of the value", start, size)
        if kind == "sign":
            sign = text[start]
            top = stack[-1] if stack else None
            if sign in "{[" and wants in ("value", "first"):
                node: Mapping | Sequence
                made = Mapping if sign == "{" else Sequence
                node = made(stream, start, at, top, True)
                _put(stream, top, key, node)
                key = None
                stack.append(node)
                if len(stack) > MAX_DEPTH:
                    raise _Stop(f"is nested deeper than {MAX_DEPTH} levels; no config needs that", start, at, "limit")
                wants = "key" if sign == "{" else "first"
            elif (
                sign in "}]"
                and top is not None
                and text[start] == _CLOSES[text[top.start]]
                and wants in ("end", "key", "first", "value")
                and key is None
            ):
                top.end = at
                if isinstance(top, Mapping):
                    _duplicates(stream, top)
                stack.pop()
                wants = "end"
            elif sign == "," and wants == "end":
                wants = "key" if isinstance(top, Mapping) else "value"
            elif sign == ":" and wants == "colon":
                wants = "value"
            else:
                raise _Stop(f"`{sign}` is not expected here", start, at)
            continue
        if wants == "key":
            if kind != "text":
                raise _Stop("a key has to stand in double quotes", start, at)
            key = _scalar(stream, start, at, stack[-1], True)
            wants = "colon"
            continue
        if wants not in ("value", "first"):
            raise _Stop("a `:` is missing before it" if wants == "colon" else "a `,` is missing before it", start, at)
        if kind == "word" and _VALUE.fullmatch(text, start, at) is None:
            raise _Stop(f"`{text[start:at][:40]}` is no value of JSON", start, at)
        top = stack[-1] if stack else None
        _put(stream, top, key, _scalar(stream, start, at, top, kind == "text"))
        key = None
        wants = "end"
    if stack:
        open_ = stack[-1]
        raise _Stop(f"the `{text[open_.start]}` is not closed", open_.start, open_.start + 1)


def _put(stream: Stream, top: Mapping | Sequence | None, key: Scalar | None, node: Node) -> None:
    stream.nodes += 1
    if stream.nodes > MAX_NODES:
        raise _Stop(f"holds more than {MAX_NODES} values; exclude it if it is data", node.start, node.end, "limit")
    if top is None:
        stream.documents.append(node)
    elif isinstance(top, Mapping):
        if key is not None:
            top.pairs.append(Pair(key, node))
    else:
        top.items.append(node)


def _scalar(stream: Stream, start: int, end: int, parent: Node | None, quoted: bool) -> Scalar:
    raw = stream.source.text[start:end]
    if not quoted:
        return Scalar(stream, start, end, parent, raw, "")
    content = raw[1:-1]
    scalar = Scalar(stream, start, end, parent, content, '"')
    if "\\" in content:
        scalar.content = content = _decoded(content)
        if any(char > "\uffff" for char in content):  # two escapes make one character: no place for each
            scalar.place(Text(content, stream.source, start, end, None, '"'))
    return scalar


def _decoded(raw: str) -> str:
    """A text with its escapes read; an unknown one stays as it is written."""

    def one(match: re.Match[str]) -> str:
        if match[1] is not None:
            return chr(int(match[1], 16))
        return _ESCAPES.get(match[2], match[0])

    text = re.sub(r"\\(?:u([0-9a-fA-F]{4})|(.))", one, raw, flags=re.S)
    return re.sub(
        "([\ud800-\udbff])([\udc00-\udfff])",
        lambda pair: chr(0x10000 + (ord(pair[1]) - 0xD800) * 0x400 + ord(pair[2]) - 0xDC00),
        text,
    )


def _duplicates(stream: Stream, mapping: Mapping) -> None:
    names: dict[str, Node] = {}
    for pair in mapping.pairs:
        first = names.setdefault(pair.name, pair.key)
        if first is not pair.key:
            message = f"the key {pair.name} is written twice; the later one counts"
            stream.problems.append(
                YamlProblem("duplicate-key", message, pair.key.start, pair.key.end, (first.start, first.end))
            )


def _comment(source: Source, start: int, end: int) -> YamlComment:
    line = source.line_of(start)
    alone = not source.text[source.line_starts[line - 1] : start].strip()
    return YamlComment(source.text[start:end], start, end, line, alone)
