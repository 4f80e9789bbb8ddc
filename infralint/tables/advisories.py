"""Published advisories on actions, and which versions they speak of. The rows are in `action_rows`."""

from __future__ import annotations

from functools import cache

from infralint.tables.actions import clauses_of, row_of
from infralint.text.record import NamedTuple


class Advisory(NamedTuple):
    """A published weakness of an action: versions from `since` (none: all) up to, without, `fixed` (none: no fix).

    Where the advisory names the last version that has it, that is `last`: between the two lie versions without it.
    `of_tags`: only the tags were moved to other code, so that a use pinned to a commit does not have it.
    """

    id: str
    since: tuple[int, ...]
    fixed: tuple[int, ...]
    last: tuple[int, ...] = ()
    of_tags: bool = False

    def speaks_of(self, lowest: tuple[int, ...], highest: tuple[int, ...]) -> bool:
        """Whether every version from `lowest` to `highest` has the weakness."""
        if lowest < self.since:
            return False
        return highest <= self.last if self.last else highest < self.fixed + (0,) * (3 - len(self.fixed))


_CLAUSES = frozenset(("since", "fixed", "last", "of-tags"))


@cache
def advisories_of(repository: str) -> tuple[Advisory, ...]:
    """The published weaknesses of the actions of a repository (in lower case)."""
    return tuple(_advisory(line) for line in row_of(repository).get("advisory", ()))


def _advisory(line: str) -> Advisory:
    found = clauses_of(line, _CLAUSES)
    since, fixed, last = (
        tuple(int(part) for part in found.get(word, "").split(".") if part) for word in ("since", "fixed", "last")
    )
    return Advisory(found[""], since, fixed, last, "of-tags" in found)


def advisory_of(repository: str, version: str, *, is_commit: bool = False) -> Advisory | None:
    """The advisory that speaks of a written version (`v4.1.0`, `2.2`); None where a moving tag may be fixed by now."""
    numbers = _numbers(version)
    if numbers is None:
        return None
    blank = 3 - len(numbers)
    lowest, highest = numbers + (0,) * blank, numbers + (10**6,) * blank  # `v4` is moved along with v4.1.7
    for advisory in advisories_of(repository.lower()):
        if advisory.speaks_of(lowest, highest) and not (is_commit and advisory.of_tags):
            return advisory
    return None


def _numbers(version: str) -> tuple[int, ...] | None:
    parts = version.removeprefix("v").split("+")[0].split("-")[0].split(".")
    if not parts or len(parts) > 3 or not all(part.isdigit() and len(part) < 6 for part in parts):
        return None
    return tuple(int(part) for part in parts)
