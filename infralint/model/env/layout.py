"""How an env file is laid out: its blank lines, and the groups within which its keys are sorted."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING

from infralint.model.element import Element
from infralint.text.edit import Edit
from infralint.text.source import Source

if TYPE_CHECKING:
    from infralint.model.env.entry import Entry
    from infralint.syntax import dotenv


class Blank(Element):
    """A blank line that follows another one."""

    __slots__ = ()

    @property
    def key(self) -> str:
        return "blank line"

    def __str__(self) -> str:
        return "a blank line"


def extra_blanks(source: Source, entries: list[Entry]) -> list[Blank]:
    """Every blank line whose line above is blank as well; lines within a value are not."""
    found = []
    within = [(entry.start, entry.end) for entry in entries if entry.is_multiline]
    was_blank = False
    starts = source.line_starts
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else len(source.text)
        blank = end > start and not source.text[start:end].strip() and not _is_within(within, start)
        if blank and was_blank:
            found.append(Blank(source, start, end))
        was_blank = blank
    return found


def groups(entries: list[Entry], tree: dotenv.Tree) -> list[list[Entry]]:
    """The runs of entries whose keys can be put in order: a blank line ends one, and a value that reads a key of it."""
    controls = sorted(remark.start for remark in tree.comments if "dotenv-linter:" in remark.text)
    found: list[list[Entry]] = []
    group: list[Entry] = []
    names: set[str] = set()
    source_text = entries[0].source.text if entries else ""
    before = 0
    for entry in entries:
        between = source_text[before : entry.start]
        parted = re.search(r"\n[ \t]*\r?\n", between) is not None and before > 0
        parted = parted or bisect_left(controls, before) < bisect_left(controls, entry.start)
        if group and parted:
            found.append(group)
            group = []
        before = entry.end
        if group and not names.isdisjoint(_read_by(entry)):
            found.append(group)
            group = []
            continue
        if not group:
            names = set()
        group.append(entry)
        names.add(str(entry.key))
    return [*found, group] if group else found


def _read_by(entry: Entry) -> set[str]:
    """The names that a value substitutes."""
    value = entry.value
    return set(re.findall(r"\$\{?(\w+)", value)) if value is not None else set()


def _is_within(spans: list[tuple[int, int]], at: int) -> bool:
    """Whether an offset lies within one of some ascending spans."""
    place = bisect_left(spans, (at, 0)) - 1
    return place >= 0 and spans[place][0] < at < spans[place][1]


class Group:
    """Entries within which names are sorted, and what sorting them means; both worked out once."""

    def __init__(self, entries: list[Entry]) -> None:
        self.entries = entries

    @cached_property
    def edits(self) -> list[Edit]:
        """Edits that put it in order."""
        return sorted_edits(self.entries)

    @cached_property
    def is_free(self) -> bool:
        """Whether no name stands twice in it and no value reads another variable."""
        keys = {str(entry.key) for entry in self.entries}
        return len(keys) == len(self.entries) and not any("$" in (entry.value or "") for entry in self.entries)


def out_of_order(group: list[Entry]) -> list[Entry]:
    """The entries of a group that stand behind one which sorts after them."""
    highest = ""
    found = []
    for entry in group:
        key = str(entry.key)
        if key < highest:
            found.append(entry)
        else:
            highest = key
    return found


def sorted_edits(group: list[Entry]) -> list[Edit]:
    """Edits that put a group in order; the comment lines above an entry move with it."""
    source = group[0].source
    blocks: list[tuple[str, str]] = []
    first = start = source.line_span(_top(group[0])).start
    for entry in group:
        end = source.line_span(source.line_of(max(entry.end - 1, entry.start))).end
        blocks.append((str(entry.key), source.text[start:end]))
        start = end + len(_line_end(source.text, end))
    breaks = [
        _line_end(source.text, source.line_span(source.line_of(max(entry.end - 1, entry.start))).end) for entry in group
    ]
    ordered = [text for _, text in sorted(blocks, key=lambda block: block[0])]
    text = "".join(block + after for block, after in zip(ordered, breaks, strict=True))
    last = start
    return [Edit(source.path, first, last, text)]


def _line_end(text: str, at: int) -> str:
    return "\r\n" if text.startswith("\r\n", at) else text[at : at + 1] if text[at : at + 1] in ("\n", "\r") else ""


def _top(entry: Entry) -> int:
    """The first line of an entry with the comments that stand right above it."""
    source = entry.source
    line = source.line_of(entry.start)
    while line > 1 and source.line_text(line - 1).lstrip().startswith("#"):
        line -= 1
    return line
