"""dotenv files as entries and comments, every part with its span."""

from __future__ import annotations

from functools import cache

from infralint.text import regex as re
from infralint.text.record import NamedTuple
from infralint.text.source import Source, Text

MAX_LINES = 20_000
"""Lines that are read; no program's environment takes more than a few hundred."""


class Entry(NamedTuple):
    """One assignment. `value` is decoded; None where no `=` stands. `start`-`end` runs from key (or export) to value."""

    export: bool
    key: Text
    delimiter: tuple[int, int] | None
    value: Text | None
    start: int
    end: int
    line: int


class Remark(NamedTuple):
    """A comment from its `#`; `alone` when it has its line for itself."""

    text: str
    start: int
    end: int
    line: int
    alone: bool


class Tree(NamedTuple):
    """A dotenv file: what is assigned, what is remarked, and what could not be read: (message, start, end)."""

    entries: list[Entry]
    comments: list[Remark]
    problems: list[tuple[str, int, int]]


@cache
def _line() -> re.Pattern[str]:
    return re.compile(r"[ \t]*(export[ \t]+)?([^=\s#](?:[^=\n\r]*[^= \t\n\r])?)?([ \t]*=[ \t]*|[ \t]*$)", re.M)


_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\", "$": "$", "'": "'", "`": "`"}


def parse(source: Source) -> Tree:
    """Read a dotenv file; never fails. What no dialect can read is a problem and the rest is read on."""
    text, size = source.text, len(source.text)
    tree = Tree([], [], [])
    starts = source.line_starts
    line = 0
    while line < len(starts) and line < MAX_LINES:
        low, high = source.line_span(line + 1)
        line += 1
        body = text[low:high]
        stripped = body.lstrip(" \t")
        if not stripped:
            continue
        first = high - len(stripped)
        if stripped.startswith("#"):
            tree.comments.append(Remark(text[first:high], first, high, line, True))
            continue
        match = _line().match(text, low, high)
        if match is None or match[2] is None:
            tree.problems.append(("no name stands before the =", first, high))
            continue
        name_start, name_end = match.span(2)
        start = match.start(1) if match[1] else name_start
        key = Text(match[2], source, name_start, name_end, ((0, name_start),))
        if "=" not in match[3]:
            tree.entries.append(Entry(bool(match[1]), key, None, None, start, name_end, line))
            continue
        value, end, comment = _value(source, match.end(), high, size)
        if value is None:
            tree.problems.append((f"the quote that opens the value of {match[2]} is not closed", match.end(), high))
            value, end, comment = Text(text[match.end() : high], source, match.end(), high), high, None
        tree.entries.append(Entry(bool(match[1]), key, match.span(3), value, start, end, line))
        line = max(line, source.line_of(max(end - 1, 0)))
        if comment is not None:
            tree.comments.append(
                Remark(text[comment : source.line_span(line).end], comment, source.line_span(line).end, line, False)
            )
    return tree


def _value(source: Source, at: int, high: int, size: int) -> tuple[Text | None, int, int | None]:
    text = source.text
    quote = text[at] if at < high else ""
    if quote in ("'", '"', "`") and quote:
        close = at + 1
        limit = min(size, at + 100_000)
        while close < limit and text[close] != quote:
            close += 2 if text[close] == "\\" and quote == '"' else 1
        if close >= limit:
            return None, high, None
        inner = text[at + 1 : close]
        end = close + 1
        tail = text[end : source.line_span(source.line_of(close)).end]
        comment = end + tail.index("#") if tail.lstrip(" \t").startswith("#") else None
        if quote == '"' and "\\" in inner:
            decoded = re.sub(r"\\(.)", lambda m: _ESCAPES.get(m[1], m[0]), inner, flags=re.S)
            return Text(decoded, source, at + 1, close, None, quote), end, comment
        return Text(inner, source, at + 1, close, ((0, at + 1),), quote), end, comment
    body = text[at:high]
    mark = re.search(r"(?:^|[ \t])#", body)
    comment = at + mark.end() - 1 if mark else None
    value = (body[: mark.start()] if mark else body).rstrip(" \t")
    return Text(value, source, at, at + len(value), ((0, at),)), at + len(value), comment
