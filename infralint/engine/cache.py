"""The result cache: what came of a file is kept while its content, and every answer that judging it asked for, stay.

One file for each root and way of asking, of lines that carry a keyed digest: what is damaged, or was not written by
this user's infralint, is as good as absent. It is replaced whole, so several runs at once do not disturb each other.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from infralint.engine import cache_folder
from infralint.engine.files import FileResult
from infralint.engine.groups import Group, condensed, standing
from infralint.engine.mask import MIN_REPEATED, Hidden
from infralint.engine.recording import RecordingIndex, digest
from infralint.engine.report import FAILURES
from infralint.engine.result_codec import Unstorable, decoded, encoded, leaves

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MAX_BYTES = 200_000_000
"""A larger file is not read."""


class Entry:
    """What is kept of one file: its kind, its content, the group of its questions, and the line of its result."""

    __slots__ = ("content", "group", "kind", "line")

    def __init__(self, kind: str, content: str, group: str, line: str) -> None:
        self.kind = kind
        self.content = content
        self.group = group
        self.line = line


class Cache:
    """The kept results of one root, judged one way."""

    __slots__ = ("_entries", "_file", "_groups", "_index", "_key", "_valid", "_world")

    def __init__(self, index: RecordingIndex, file: str, key: bytes, world: str) -> None:
        """Read the file; what cannot be used of it is passed over. `world`: all that holds for every file of the run."""
        self._index = index
        self._file = file
        self._key = key
        self._world = world
        self._entries: dict[str, Entry] = {}
        self._groups: dict[str, Group] = {}
        self._valid: dict[str, bool] = {}
        self._read()

    def _digest(self, line: str) -> str:
        return digest(line.encode("ascii"), self._key)

    def _read(self) -> None:
        lines = cache_folder.lines_of(self._file, MAX_BYTES)
        if not lines or self._opened(lines[0]) != self._world:
            return
        groups = self._opened(lines[1]) if len(lines) > 1 else None
        if not isinstance(groups, list):
            return
        for name, pairs, inner in groups:
            self._groups[name] = [(tuple(question), answer) for question, answer in pairs], inner
        for line in lines[2:]:
            head, _, rest = line.partition(" ")
            if head != self._digest(rest):
                continue
            path, _, body = rest.partition("\t")
            kind, content, group, _ = body.split(" ", 3)
            self._entries[json.loads(path)] = Entry(kind, content, group, rest)

    def _opened(self, line: str) -> Any:
        """What a line holds; None where it is not as it was written."""
        head, _, rest = line.partition(" ")
        return json.loads(rest) if head == self._digest(rest) else None

    @property
    def size(self) -> int:
        """How many results are kept."""
        return len(self._entries)

    def result(self, path: str, kind: str, data: bytes) -> FileResult | None:
        """What is kept of a file with this content; None where nothing is, or an answer has changed."""
        entry = self._entries.get(path)
        if entry is None or entry.kind != kind or entry.content != digest(data):
            return None
        self._index.saw(path, data)
        if not self._holds(entry.group):
            return None
        return decoded(json.loads(entry.line.split(" ", 3)[3]), self._index)

    def _holds(self, name: str) -> bool:
        """Whether all questions of a group still have their answers."""
        if not self._valid:
            self._valid = dict(standing(self._groups, self._index))
        return self._valid.get(name, False)

    def write(self, used: Iterable[str], fresh: Iterable[FileResult], secrets: Iterable[str]) -> None:
        """Keep what was used and what is new. What shows one of the run's secrets is left out; nothing is told of a failure."""
        kept = [self._entries[path] for path in used]
        groups = dict(self._groups)
        lines = [entry.line for entry in kept]
        names = {entry.group for entry in kept}
        rows = [(done, row) for done in fresh if (row := _row(done)) is not None]
        shown = _showing([row for _, row in rows], secrets)
        if len(shown) == len(rows) and len(kept) == len(self._entries):
            return  # nothing is new: what cannot be kept is judged in every run
        for done, row in rows:
            if id(row) not in shown:
                groups.update(done.groups)
                names.add(done.group)
                body = json.dumps(row, separators=(",", ":"))
                lines.append(f"{json.dumps(done.path)}\t{done.planned} {done.content} {done.group} {body}")
        told = [[name, *groups[name]] for name in _reached(groups, names)]
        text = [json.dumps(self._world), json.dumps(told, separators=(",", ":")), *sorted(lines)]
        cache_folder.write(self._file, "".join(f"{self._digest(line)} {line}\n" for line in text))


def _row(done: FileResult) -> list[Any] | None:
    """A result as plain values; None for one that is not kept: of what was not read whole, and where its own secrets show."""
    if not done.content or any(notice.kind in FAILURES for notice in done.notices):
        return None
    try:
        row = encoded(done)
    except Unstorable:
        return None
    told = "\0".join(leaves(row))
    own = Hidden(text for one in (done, *done.elsewhere) for text in (*one.hidden, *one.unsaid))
    return row if own.starred(told) == told else None


def _showing(rows: list[list[Any]], secrets: Iterable[str]) -> set[int]:
    """The ids of the rows that hold a secret of any file of the run."""
    told = {id(row): "\0".join(leaves(row)).casefold() for row in rows}
    whole = "\0".join(told.values())
    found = [secret for each in secrets if len(each) >= MIN_REPEATED and (secret := each.casefold()) in whole]
    return {key for key, text in told.items() if any(secret in text for secret in found)}


def _reached(groups: dict[str, Group], names: set[str]) -> list[str]:
    """The names of groups and of all that they take over, each behind those."""
    found: set[str] = set()
    work = list(names)
    while work:
        name = work.pop()
        if name not in found:
            found.add(name)
            work += groups[name][1]
    return [name for name in groups if name in found]


def seal(results: list[FileResult], index: RecordingIndex) -> None:
    """Put names of groups in place of the logs of results, which then can cross process borders."""
    names, groups = condensed([one.log for one in results if one.log is not None], index)
    contents = index.shared.contents if index.shared.is_stable else {}
    for one in results:
        if one.log is not None:
            one.group, one.groups, one.log = names[one.log], groups, None
            one.content = contents.get(one.path, "")
