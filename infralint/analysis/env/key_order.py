"""The groups within which keys are sorted."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property

from infralint.model.element import fact_of, remembered
from infralint.model.env.document import EnvDocument
from infralint.model.env.entry import Entry
from infralint.syntax import dotenv
from infralint.text import regex as re


class Group:
    """Entries within which names are sorted."""

    def __init__(self, entries: list[Entry]) -> None:
        self.entries = entries

    @cached_property
    def is_free(self) -> bool:
        """Whether no name stands twice in it and no value reads another variable."""
        keys = {str(entry.key) for entry in self.entries}
        return len(keys) == len(self.entries) and not any("$" in (entry.value or "") for entry in self.entries)


@remembered
def _groups(document: EnvDocument) -> list[Group]:
    """The runs of entries within which names are sorted."""
    return [Group(run) for run in _runs_of(document.entries, document.tree)]


@remembered
def _by_start(document: EnvDocument) -> dict[int, Group]:
    """The group of an entry, by where the entry starts."""
    return {entry.start: group for group in _groups(document) for entry in group.entries}


@remembered
def _misplaced(document: EnvDocument) -> frozenset[int]:
    """Where the entries start that stand behind one which sorts after them."""
    return frozenset(entry.start for group in _groups(document) for entry in _out_of_order(group.entries))


def group_of(entry: Entry) -> Group | None:
    """The group in which an entry stands; None for one that separates two groups."""
    return _by_start(entry.document).get(entry.start)


@fact_of(Entry)
def is_misplaced(entry: Entry) -> bool:
    """Whether the name stands behind one of its group that sorts after it."""
    return entry.start in _misplaced(entry.document)


@fact_of(Entry)
def is_order_free(entry: Entry) -> bool:
    """Whether another order means the same: no name of its group is duplicated, or read by another one."""
    group = group_of(entry)
    return group is not None and group.is_free


def _runs_of(entries: list[Entry], tree: dotenv.Tree) -> list[list[Entry]]:
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


def _out_of_order(group: list[Entry]) -> list[Entry]:
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
