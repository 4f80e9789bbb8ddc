"""Edits that sort a group of entries."""

from __future__ import annotations

from infralint.analysis.env.key_order import Group, group_of
from infralint.model.element import fact_of, remembered
from infralint.model.env.entry import Entry
from infralint.text.edit import Edit


@fact_of(Entry)
def sorted_group(entry: Entry) -> list[Edit]:
    """Edits that sort the group in which the entry stands."""
    group = group_of(entry)
    return _sorted(group) if group is not None else []


@remembered
def _sorted(group: Group) -> list[Edit]:
    """Edits that put a group in order; the comment lines above an entry move with it."""
    entries = group.entries
    source = entries[0].source
    blocks: list[tuple[str, str]] = []
    first = start = source.line_span(_first_line(entries)).start
    for entry in entries:
        end = source.line_span(source.line_of(max(entry.end - 1, entry.start))).end
        blocks.append((str(entry.key), source.text[start:end]))
        start = end + len(_line_end(source.text, end))
    breaks = [
        _line_end(source.text, source.line_span(source.line_of(max(entry.end - 1, entry.start))).end)
        for entry in entries
    ]
    ordered = [text for _, text in sorted(blocks, key=lambda block: block[0])]
    text = "".join(block + after for block, after in zip(ordered, breaks, strict=True))
    last = start
    return [Edit(source.path, first, last, text)]


def _first_line(entries: list[Entry]) -> int:
    """Where the group begins to move: below the comment above it, if that is its heading and no entry has one of its own."""
    top = _top(entries[0])
    is_heading = all(_top(entry) == entry.source.line_of(entry.start) for entry in entries[1:])
    return entries[0].source.line_of(entries[0].start) if is_heading else top


def _line_end(text: str, at: int) -> str:
    """The line end at an offset, "" where none stands there."""
    return "\r\n" if text.startswith("\r\n", at) else text[at : at + 1] if text[at : at + 1] in ("\n", "\r") else ""


def _top(entry: Entry) -> int:
    """The first line of an entry with the comments that stand right above it."""
    source = entry.source
    line = source.line_of(entry.start)
    while line > 1 and source.line_text(line - 1).lstrip().startswith("#"):
        line -= 1
    return line
