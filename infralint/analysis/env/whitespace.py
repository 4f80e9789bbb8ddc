"""Blanks, blank lines and line ends."""

from __future__ import annotations

from bisect import bisect_left

from infralint.model.element import Element, fact_of, noun_of
from infralint.model.env.document import EnvDocument
from infralint.model.env.entry import DotenvFile, Entry
from infralint.text.source import Text


class Blank(Element):
    """A blank line that follows another one."""

    __slots__ = ()

    @property
    def key(self) -> str:
        return "blank line"

    def __str__(self) -> str:
        return "a blank line"


@fact_of(Entry)
def spaced_equals_sign(entry: Entry) -> Text | None:
    """The `=` with the blanks around it, where there are any."""
    if entry.row.delimiter is None:
        return None
    low, high = entry.row.delimiter
    text = entry.source.text[low:high]
    if not (entry.row.value or "").strip() and text.startswith("="):
        return None
    return Text(text, entry.source, low, high, ((0, low),)) if text != "=" else None


@fact_of(Entry)
def trailing_whitespace(entry: Entry) -> Text | None:
    """The blanks at the end of the line; those behind quotes or a comment are left out, since a reader that keeps blanks keeps
    the quotes and the comment, too."""
    low, high = entry.line_span
    text = entry.source.text[low:high]
    size = len(text.rstrip(" \t"))
    if entry.is_multiline or size == len(text) or (entry.raw_value or "")[:1] in ("'", '"') or " #" in text[:size]:
        return None
    return Text(text[size:], entry.source, low + size, high, ((0, low + size),))


@fact_of(DotenvFile)
def has_final_newline(file: DotenvFile) -> bool:
    """Whether its last line has an end."""
    return not file.source.text or file.source.text.endswith(("\n", "\r"))


@fact_of(DotenvFile)
def last_line(file: DotenvFile) -> Text:
    """Its last line."""
    low, high = file.source.line_span(len(file.source.line_starts))
    return Text(file.source.text[low:high], file.source, low, high, ((0, low),))


@fact_of(DotenvFile)
def has_windows_line_ends(file: DotenvFile) -> bool:
    """Whether lines end in CR LF, whose CR a shell and docker take for part of the value."""
    return "\r\n" in file.source.text


@noun_of(EnvDocument, "blank")
def extra_blanks(document: EnvDocument) -> list[Blank]:
    """Every blank line whose line above is blank as well; lines within a value are not."""
    source = document.source
    found = []
    within = [(entry.start, entry.end) for entry in document.entries if entry.is_multiline]
    was_blank = False
    starts = source.line_starts
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else len(source.text)
        blank = end > start and not source.text[start:end].strip() and not _is_within(within, start)
        if blank and was_blank:
            found.append(Blank(source, start, end))
        was_blank = blank
    return found


def _is_within(spans: list[tuple[int, int]], at: int) -> bool:
    """Whether an offset lies within one of some ascending spans."""
    place = bisect_left(spans, (at, 0)) - 1
    return place >= 0 and spans[place][0] < at < spans[place][1]
