"""How names of inputs and outputs are read in rows of actions, and up to which major they are all of them.

A row is words; `~` marks a deprecated name. A number before them (`4: name path`) is the newest major whose names are
all here (`0`: of none); of later ones, and of refs that name no version, they are some, and only a slip of the pen can
be told.
"""

from __future__ import annotations

from collections.abc import Iterable

from infralint.text import regex as re
from infralint.text.record import NamedTuple


class Names(NamedTuple):
    """The names of an action in lower case, those of them that it wants to be rid of, the newest major known (None: all)."""

    known: frozenset[str]
    deprecated: frozenset[str]
    newest: int | None

    def are_all_of(self, version: str | None) -> bool:
        """Whether a version (`v4.1`, `4`) has no others."""
        if self.newest is None:
            return True
        match = re.match(r"v?(\d+)(?:\.|$)", version or "")
        return match is not None and self.newest > 0 and int(match[1]) <= self.newest


def names_in(row: str) -> Names:
    """The names of one row."""
    newest, colon, rest = row.rpartition(":")
    words = rest.lower().split()
    return Names(
        frozenset(word.lstrip("~") for word in words),
        frozenset(word[1:] for word in words if word[0] == "~"),
        int(newest) if colon else None,
    )


def slip_of(name: str, names: Iterable[str]) -> str | None:
    """The known name of which one is a slip of the pen: other separators, or a letter too many, missing or wrong.

    One of several (`target`, `targets`) is none: actions add the other.
    """
    lower = name.lower()
    known = sorted(names)
    if lower in known:
        return None
    for each in known:
        if each.rstrip("s") == lower.rstrip("s"):
            continue
        if _plain(each) == _plain(lower) or (min(len(each), len(lower)) > 4 and is_one_slip(each, lower)):
            return each
    return None


def _plain(name: str) -> str:
    return name.replace("-", "").replace("_", "")


def is_one_slip(one: str, other: str) -> bool:
    """Whether a letter is missing, added, doubled or wrong, or two neighbours have changed places."""
    if len(one) == len(other):
        wrong = [at for at in range(len(one)) if one[at] != other[at]]
        if len(wrong) == 1:
            return True
        return (
            len(wrong) == 2
            and wrong[1] == wrong[0] + 1
            and one[wrong[0]] == other[wrong[1]]
            and one[wrong[1]] == other[wrong[0]]
        )
    short, long = sorted((one, other), key=len)
    return len(long) - len(short) == 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
