"""Positions of the protocol, in the units that the client counts, and offsets of a text."""

from __future__ import annotations

from bisect import bisect_left

from infralint.text import regex as re
from infralint.text.source import Source

ASTRAL = re.compile("[\U00010000-\U0010ffff]")
UTF8, UTF16, UTF32 = "utf-8", "utf-16", "utf-32"


class Positions:
    """Lines and characters of one text, both from 0. What lies outside of the text is taken for its nearest place."""

    __slots__ = ("_astral", "_encoding", "_source")

    def __init__(self, source: Source, encoding: str = UTF16) -> None:
        self._source = source
        self._encoding = encoding
        self._astral: list[int] | None = None

    def at(self, offset: int) -> tuple[int, int]:
        """The line and the character of an offset."""
        offset = min(max(offset, 0), len(self._source.text))
        line, column = self._source.position(offset)
        return line - 1, self._units(offset - column + 1, offset) + (self._mark if line == 1 else 0)

    def offset(self, line: int, character: int) -> int:
        """The offset of a position; within a character its start, behind a line's end that end."""
        if line < 0:
            return 0
        if line >= len(self._source.line_starts):
            return len(self._source.text)
        start, end = self._source.line_span(line + 1)
        wanted = character - (self._mark if line == 0 else 0)
        if wanted <= 0:
            return start
        low, high = start, min(end, start + wanted)  # no character has less than one unit
        while low < high:
            middle = (low + high + 1) // 2
            if self._units(start, middle) <= wanted:
                low = middle
            else:
                high = middle - 1
        return low

    @property
    def _mark(self) -> int:
        """The units of the mark at the beginning of a file, which the client's text holds and ours does not."""
        return (3 if self._encoding == UTF8 else 1) if self._source.bom else 0

    def _units(self, start: int, end: int) -> int:
        if self._encoding == UTF32 or self._source.text.isascii():
            return end - start
        if self._encoding == UTF8:
            return len(self._source.text[start:end].encode("utf-8", "surrogatepass"))
        if self._astral is None:
            self._astral = [match.start() for match in ASTRAL.finditer(self._source.text)]
        return end - start + bisect_left(self._astral, end) - bisect_left(self._astral, start)
