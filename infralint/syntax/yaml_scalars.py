"""What a YAML scalar means, and where each part of it stands."""

from __future__ import annotations

from functools import cache

from infralint.text import regex as re
from infralint.text.source import Pieces

_WORDS: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_NUMERIC = frozenset("0123456789+-.")


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return (
        re.compile(r"\A[-+]?[0-9]+\Z"),
        re.compile(r"0o[0-7]+\Z|0x[0-9a-fA-F]+\Z"),
        re.compile(r"\A[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z"),
        re.compile(r"[-+]?\.(?:inf|Inf|INF)\Z|\.(?:nan|NaN|NAN)\Z"),
    )


def core_value(text: str) -> str | int | float | bool | None:
    """A plain scalar by the core schema of YAML 1.2 (section 10.3.2)."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMERIC or len(text) > 400:
        return text
    decimal, based, real, special = _patterns()
    if decimal.match(text):
        return int(text)
    if based.match(text):
        return int(text, 0)
    if real.match(text):
        return float(text)
    if special.match(text):
        return float(text.lower().replace(".inf", "inf").replace(".nan", "nan"))
    return text


def block_span(raw: str, start: int, end: int) -> tuple[int, int]:
    """The content of a block scalar whose token is `start`-`end`: first to last character that is not layout.

    A scalar without content has the empty span behind its header line.
    """
    first = raw.find("\n", start, end) + 1
    if not first:
        return end, end
    last = len(raw[first:end].rstrip(" \t\r\n")) + first
    if last <= first:
        return first, first
    while raw[first] in "\r\n":
        first += 1
    line_end = raw.find("\n", first, last)
    line = raw[first : line_end if line_end >= 0 else last]
    if not line.strip():  # leading lines of blanks only
        content = re.compile(r"\S").search(raw, first, last)
        first = raw.rfind("\n", 0, content.start()) + 1 if content else first
        line = raw[first:last]
    header = re.match(r"[|>][-+]?([1-9])", raw[start : start + 3])
    if header:  # an indicator counts from the parent's indent, which the value's own lines show best
        return first, last
    return first + len(line) - len(line.lstrip(" ")), last


_ESCAPES = {"x": 2, "u": 4, "U": 8}


def pieces_of(raw: str, start: int, end: int, value: str, style: str = "") -> Pieces | None:
    """How a folded, quoted or block value lies in the file; None where the two cannot be laid side by side."""
    pieces: list[tuple[int, int]] = []
    at, offset, size = 0, start, len(value)
    shift: int | None = None
    tried = end if style else start
    while at < size and offset < end:
        char = raw[offset]
        if style == "'" and char == "'":
            offset += 1
            char = raw[offset] if offset < end else ""
        elif style == '"' and char == "\\":
            following = raw[offset + 1 : offset + 2]
            if following in "\r\n":
                offset += 1
                while offset < end and raw[offset] in " \t\r\n":
                    offset += 1
                continue
            pieces.append((at, offset))
            shift = None
            at += 1
            offset += 2 + _ESCAPES.get(following, 0)
            continue
        if offset >= tried and shift == offset - at and char not in " \t\r\n":  # mostly a line goes on as it is written
            tried = raw.find("\n", offset, end)
            if tried < 0:
                tried = end
            line = raw[offset:tried].rstrip(" \t\r")
            if "\r" not in line and value.startswith(line, at):
                at += len(line)
                offset += len(line)
                continue
        if char == value[at] and not (
            char in " \t" and _ends_line(raw, offset, end) and not _in_block(style, value, at)
        ):
            if shift != offset - at:
                shift = offset - at
                pieces.append((at, offset))
            at += 1
            offset += 1
        elif char in " \t\r\n":
            offset += 1
            if char == " " != value[at]:
                while offset < end and raw[offset] == " ":
                    offset += 1
            if char == "\n" and value[at] in " \n":
                pieces.append((at, offset - 1))
                at, offset = _across_lines(raw, offset, end, value, at)
                shift = None
        elif value[at] in " \n":
            at += 1
        else:
            return None
    return tuple(pieces) or None


def _ends_line(raw: str, offset: int, end: int) -> bool:
    while offset < end and raw[offset] in " \t":
        offset += 1
    return offset >= end or raw[offset] in "\r\n"


def _in_block(style: str, value: str, at: int) -> bool:
    """Trailing blanks are dropped in flow scalars and kept in blocks: there the value says so itself."""
    rest = value[at:].lstrip(" \t")
    return style == "" and (not rest or rest[0] == "\n")


def _across_lines(raw: str, offset: int, end: int, value: str, at: int) -> tuple[int, int]:
    """Step over a line break and the indentation behind it, in both."""
    at += 1
    while offset < end and at < len(value) and raw[offset] in "\r\n":
        if raw[offset] == "\n" and value[at] == "\n":
            at += 1
        offset += 1
    return at, offset
