"""A file's text, and values that know where in it they stand."""

from __future__ import annotations

import codecs
from bisect import bisect_right

from infralint.text import regex as re
from infralint.text.record import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol
else:

    class Protocol:
        """What takes its place where nobody checks types: to load `typing` takes longer than to judge a small file."""

        _is_protocol = True


MAX_BYTES = 5_000_000
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


class Unreadable(Exception):
    """A file that is not text, or is too large to judge; the message says which and what to do."""


class Span(NamedTuple):
    """Start and end offset in `Source.text`, in code points, end exclusive."""

    start: int
    end: int


class Located(Protocol):
    """Anything a finding can point at."""

    @property
    def source(self) -> Source: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class Source:
    """One file as text. Offsets are code points of `text`, which holds neither BOM nor decoded line ends.

    Bytes that are not UTF-8 are kept as lone surrogates, so that writing the text back gives them again.
    """

    __slots__ = ("_starts", "bom", "encoding", "path", "text")

    def __init__(self, path: str, data: bytes | str) -> None:
        self.path = path
        self.bom = b""
        self.encoding = "utf-8"
        self._starts: list[int] | None = None
        if isinstance(data, str):
            self.text = data.removeprefix("\ufeff")
            self.bom = codecs.BOM_UTF8 if len(self.text) < len(data) else b""
            return
        if len(data) > MAX_BYTES:
            raise Unreadable(f"is larger than {MAX_BYTES // 1_000_000} MB, which no config should be; exclude it")
        for bom, encoding in _BOMS:
            if data.startswith(bom):
                self.bom, self.encoding = bom, encoding
                data = data[len(bom) :]
                break
        try:
            self.text = data.decode(self.encoding, "surrogateescape" if self.encoding == "utf-8" else "strict")
        except UnicodeDecodeError as error:
            raise Unreadable(f"says it is {self.encoding} but is not, at byte {error.start}") from None
        if "\0" in self.text:
            raise Unreadable("is binary (it holds a NUL character)")

    def encode(self, text: str) -> bytes:
        """The bytes of `text` as this file would hold it: same BOM, same encoding."""
        return self.bom + text.encode(self.encoding, "surrogateescape" if self.encoding == "utf-8" else "strict")

    @property
    def line_starts(self) -> list[int]:
        """Offset at which each line begins; lines end at LF, CRLF or a lone CR."""
        if self._starts is None:
            starts, text, at = [0], self.text, 0
            if "\r" not in text:
                while at := text.find("\n", at) + 1:
                    starts.append(at)
            else:
                starts += [match.end() for match in re.finditer("\r\n|\n|\r", text)]
            self._starts = starts
        return self._starts

    def line_of(self, offset: int) -> int:
        """The number of the line that holds `offset`, from 1."""
        return bisect_right(self.line_starts, offset)

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of `offset`, both from 1, the column in code points."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line_span(self, line: int) -> Span:
        """The span of a line (from 1) without its line end."""
        start = self.line_starts[line - 1]
        end = self.line_starts[line] if line < len(self.line_starts) else len(self.text)
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return Span(start, end)

    def line_text(self, line: int) -> str:
        """The text of a line (from 1) without its line end."""
        start, end = self.line_span(line)
        return self.text[start:end]

    @property
    def newline(self) -> str:
        """The line end that new lines are to have: that of the first line."""
        at = self.text.find("\n")
        return "\r\n" if at > 0 and self.text[at - 1] == "\r" else "\n"


Pieces = tuple[tuple[int, int], ...]
"""How a decoded value lies in the file: (offset in the value, offset in the text), ascending."""


class Text(str):
    """A decoded piece of text that knows where it stands: compares and formats as its value.

    `start` and `end` are the span of its content (inside the quotes, where the value is written without
    escapes; of the whole token otherwise). `style` is the quote or block indicator: `'`, `"`, `|`, `>` or empty.
    """

    __slots__ = ("end", "pieces", "source", "start", "style")
    source: Source
    start: int
    end: int
    pieces: Pieces | None
    style: str

    def __new__(
        cls, value: str, source: Source, start: int, end: int, pieces: Pieces | None = None, style: str = ""
    ) -> Text:
        self = str.__new__(cls, value)
        self.source = source
        self.start = start
        self.end = end
        self.style = style
        if pieces is None and len(value) == end - start and source.text.startswith(value, start):
            pieces = ((0, start),)
        self.pieces = pieces
        return self

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        return (str, (str(self),))

    @property
    def raw(self) -> str:
        """What the file holds there."""
        return self.source.text[self.start : self.end]

    def offset(self, index: int) -> int:
        """Where in the file the character `index` of the value stands; the start if that is not known."""
        if not self.pieces:
            return self.start
        at = bisect_right(self.pieces, (index, 1 << 62)) - 1
        value, place = self.pieces[max(at, 0)]
        return place + index - value

    def behind(self, index: int) -> int:
        """Where in the file the character before `index` of the value ends, however it is written."""
        after = self.offset(index - 1) + 1
        if self.style not in ("'", '"') or not self.pieces:
            return after
        if index < len(self):  # what lies between is the rest of an escape or of a fold
            return max(after, self.offset(index))
        return max(after, self.end - (self.pieces[0][1] > self.start))

    def slice(self, start: int, end: int) -> Text:
        """A part of the value, with its own span; with the span of the whole where that is not known."""
        start = min(start, len(self))
        end = max(min(end, len(self)), start)
        part = self[start:end]
        if not self.pieces:
            return Text(part, self.source, self.start, self.end, None, self.style)
        if len(self.pieces) == 1 and not self.pieces[0][0] and (end < len(self) or self.style not in ("'", '"')):
            shift = self.pieces[0][1]
            return Text(part, self.source, shift + start, shift + end, ((0, shift + start),), self.style)
        first = self.offset(start)
        last = self.behind(end) if end > start else first
        inner = tuple((max(v - start, 0), p + max(start - v, 0)) for v, p in self.pieces if v < max(end, start + 1))
        at = 0
        while at + 1 < len(inner) and inner[at + 1][0] == 0:
            at += 1
        return Text(part, self.source, first, last, inner[at:] or ((0, first),), self.style)


def text_at(source: Source, start: int, end: int) -> Text:
    """The text that stands at a span, as it is written."""
    return Text(source.text[start:end], source, start, end, ((0, start),))
