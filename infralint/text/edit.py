"""Edits on a file's text, fixes made of them, and the patch they amount to."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable, Sequence
from enum import IntEnum
from itertools import pairwise

from infralint.text.record import NamedTuple

CONTEXT = 3


class Safety(IntEnum):
    """How far a fix may be trusted: applied by --fix, by --fix --unsafe-fixes, or only shown."""

    MANUAL = 0
    UNSAFE = 1
    SAFE = 2


class Edit(NamedTuple):
    """Replace `path`'s text from `start` to `end` (code points) by `text`; `creates` makes a new file of it."""

    path: str
    start: int
    end: int
    text: str
    creates: bool = False


class Fix:
    """A remedy: a title, how safe it is, and edits that belong together, in one file or several."""

    __slots__ = ("edits", "safety", "title")

    def __init__(self, title: str, safety: Safety, edits: Sequence[Edit]) -> None:
        self.title = title
        self.safety = safety
        self.edits = tuple(sorted(edits, key=_order))

    def __repr__(self) -> str:
        return f"Fix({self.title!r}, {self.safety.name}, {self.edits!r})"


def clash(one: Edit, other: Edit) -> bool:
    """Whether two edits touch the same text, so that their order would matter.

    An insertion at either end of what another edit replaces counts: both may write the same key.
    """
    if one.path != other.path:
        return False
    if one.creates or other.creates or one.start == other.start:
        return True
    if one.start == one.end or other.start == other.end:
        return one.start <= other.end and other.start <= one.end
    return one.start < other.end and other.start < one.end


def _order(edit: Edit) -> tuple[str, int, int]:
    """Ascending, an insertion before what replaces its place; what is equal stays in the order given."""
    return edit.path, edit.start, edit.end


def _is_sound(edits: Sequence[Edit]) -> bool:
    """Whether a fix's own edits can be applied together."""
    for one, other in pairwise(edits):
        if one.path == other.path and (one.creates or other.creates or other.start < one.end):
            return False
    return True


def _meets(edit: Edit, taken: list[Edit]) -> bool:
    """Whether an edit clashes with one of a file's edits, which are sorted and do not overlap."""
    at = bisect_right(taken, (edit.start, edit.end), key=lambda other: (other.start, other.end))
    return any(clash(edit, other) for other in taken[max(at - 2, 0) : at + 2])


def compatible(fixes: Iterable[Fix]) -> tuple[list[Fix], list[Fix]]:
    """Split fixes into those that can be applied together, first come first served, and the rest.

    Equal fixes (the same edits wanted by two findings) count once and are not left over.
    """
    taken: list[Fix] = []
    left: list[Fix] = []
    seen: set[tuple[Edit, ...]] = set()
    by_path: dict[str, list[Edit]] = {}
    for fix in fixes:
        if fix.edits in seen:
            continue
        if not _is_sound(fix.edits) or any(_meets(edit, by_path.get(edit.path, [])) for edit in fix.edits):
            left.append(fix)
            continue
        seen.add(fix.edits)
        taken.append(fix)
        for edit in fix.edits:
            insort(by_path.setdefault(edit.path, []), edit, key=_order)
    return taken, left


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text after the edits, which must not overlap. Raises ValueError where they do or lie outside."""
    parts: list[str] = []
    at = 0
    for edit in sorted(edits, key=_order):
        if edit.start < at or edit.end < edit.start or edit.end > len(text):
            raise ValueError(f"edit {edit.start}-{edit.end} overlaps or lies outside of {edit.path}")
        parts += (text[at : edit.start], edit.text)
        at = edit.end
    parts.append(text[at:])
    return "".join(parts)


def _lines(text: str) -> list[str]:
    lines = text.split("\n")
    return [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def _hunks(old: str, edits: Sequence[Edit]) -> list[tuple[int, int, list[str]]]:
    """Changed line ranges of `old` (from 0, end exclusive) with the lines that replace them."""
    starts = [0]
    while at := old.find("\n", starts[-1]) + 1:
        starts.append(at)
    total = len(_lines(old))
    regions: list[tuple[int, int, list[Edit]]] = []
    for edit in sorted(edits, key=_order):
        first = bisect_right(starts, edit.start) - 1
        last = min(bisect_right(starts, edit.end), total)
        if regions and first <= regions[-1][1]:
            since, until, together = regions[-1]
            together.append(edit)
            regions[-1] = (since, max(until, last), together)
        else:
            regions.append((first, last, [edit]))
    bounds = [*starts[:total], len(old)]
    hunks = []
    for first, last, own in regions:
        low, high = bounds[min(first, total)], bounds[min(max(last, first), total)]
        new = apply(old[low:high], [e._replace(start=e.start - low, end=e.end - low) for e in own])
        before, after = _lines(old[low:high]), _lines(new)
        shorter = min(len(before), len(after))
        same = next((i for i in range(shorter) if before[i] != after[i]), shorter)
        rest = shorter - same
        tail = next((i for i in range(rest) if before[-1 - i] != after[-1 - i]), rest)
        gone, fresh = before[same : len(before) - tail], after[same : len(after) - tail]
        if gone or fresh:
            hunks.append((first + same, first + same + len(gone), fresh))
    return hunks


def _mark(sign: str, line: str) -> str:
    return sign + line if line.endswith("\n") else f"{sign}{line}\n\\ No newline at end of file\n"


def _range(start: int, count: int) -> str:
    return f"{start + (count > 0)},{count}" if count != 1 else str(start + 1)


def _quoted(path: str) -> str:
    """A path as git writes it in a patch: quoted where it holds control characters, quotes or backslashes."""
    if any(ord(c) < 32 or c in '"\\' or ord(c) == 127 for c in path):
        out = "".join(
            f"\\{ord(c):03o}" if ord(c) < 32 or ord(c) == 127 else "\\" + c if c in '"\\' else c for c in path
        )
        return f'"{out}"'
    return path


def diff(path: str, old: str, edits: Sequence[Edit], *, bom: bool = False) -> str:
    """A unified diff of the edits that `git apply` takes, built from the edits themselves; "" if nothing changes.

    Lines are split at LF only, as git does. `bom`: the file begins with a UTF-8 byte order mark, which `old` lacks.
    """
    new_name, old_name = _quoted("b/" + path), _quoted("a/" + path)
    tab = "\t" if " " in path else ""
    fresh_file = next((edit for edit in edits if edit.creates), None)
    if fresh_file:
        made = _lines(fresh_file.text)
        head = f"diff --git {old_name} {new_name}\nnew file mode 100644\n"
        if not made:
            return head + "index 0000000..e69de29\n"
        head += f"--- /dev/null\n+++ {new_name}{tab}\n@@ -0,0 +{_range(0, len(made))} @@\n"
        return head + "".join(_mark("+", line) for line in made)
    if bom:
        old = "\ufeff" + old
        edits = [edit._replace(start=edit.start + 1, end=edit.end + 1) for edit in edits]
    hunks = _hunks(old, edits)
    if not hunks:
        return ""
    lines = _lines(old)
    out = [f"diff --git {old_name} {new_name}\n--- {old_name}{tab}\n+++ {new_name}{tab}\n"]
    shift = 0
    index = 0
    while index < len(hunks):
        group = [hunks[index]]
        while index + 1 < len(hunks) and hunks[index + 1][0] - group[-1][1] <= 2 * CONTEXT:
            index += 1
            group.append(hunks[index])
        index += 1
        low = max(group[0][0] - CONTEXT, 0)
        high = min(group[-1][1] + CONTEXT, len(lines))
        body: list[str] = []
        at, added = low, 0
        for first, last, fresh in group:
            body += [_mark(" ", line) for line in lines[at:first]]
            body += [_mark("-", line) for line in lines[first:last]]
            body += [_mark("+", line) for line in fresh]
            added += len(fresh) - (last - first)
            at = last
        body += [_mark(" ", line) for line in lines[at:high]]
        out.append(f"@@ -{_range(low, high - low)} +{_range(low + shift, high - low + added)} @@\n")
        out += body
        shift += added
    return "".join(out)
