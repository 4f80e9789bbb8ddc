"""Which commit a version of an action means, as this repository says: beside its own pins, or in its pins file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from infralint.analysis.github.remote_refs import meaning
from infralint.analysis.github.versions import is_exact, is_within, most_exact
from infralint.model.index import Index
from infralint.model.kinds import PINS_FILE
from infralint.syntax.remote_refs import COMMIT, NAME, Refs
from infralint.text import regex as re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

FILE = PINS_FILE
"""Written by `infralint pins update`."""


REPOSITORY = r"\w[\w.-]{0,99}/(?!\.\.?(?:/|$))[\w.-]{1,100}"


VERSION = r"(?:[A-Za-z][\w.-]{0,80}[-/@_])?v?\d++(?:\.\d++)*+(?:[-+.][\w.+-]++)?"


MAX_PINS = 10_000


class Pin:
    """What `ref` of an action's repository was seen to mean at a source on a day: a commit, whose exact tag is `tag`."""

    __slots__ = ("action", "commit", "date", "ref", "source", "tag")

    def __init__(self, action: str, ref: str, commit: str, tag: str, source: str, date: str) -> None:
        self.action = action
        self.ref = ref
        self.commit = commit
        self.tag = tag
        self.source = source
        self.date = date


def read_pins(text: str) -> tuple[list[Pin], list[str]]:
    """The entries of a pins file that are whole, and what is wrong with the others or with the file."""
    import tomllib

    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return [], [f"is not valid TOML: {error}"]
    rows = data.get("pin", [])
    if not isinstance(rows, list) or set(data) - {"pin"}:
        return [], ["contains more than `[[pin]]` entries"]
    pins, faults = [], []
    for number, row in enumerate(rows[:MAX_PINS], 1):
        fault = _fault(row)
        if fault is None:
            texts = (str(row[key]) for key in ("action", "ref", "commit", "tag", "source", "date"))
            pins.append(Pin(*texts))
        else:
            faults.append(f"[[pin]] number {number} {fault}")
    return pins, faults


def _fault(row: Any) -> str | None:
    """What keeps an entry from being a pin."""
    if not isinstance(row, dict):
        return "is not a table"
    for key, pattern in (("action", REPOSITORY), ("ref", NAME), ("commit", COMMIT), ("tag", NAME)):
        value = row.get(key)
        if not isinstance(value, str) or re.fullmatch(pattern, value, re.ASCII) is None:
            return f"has no {key}" if key not in row else f"has {key} = {value!r}, which is not a valid {key}"
    source = row.get("source")
    if not isinstance(source, str) or not source.isprintable() or '"' in source or "\\" in source or not source:
        return "has no valid source"
    if re.fullmatch(r"\d{4}-\d\d-\d\d", str(row.get("date"))) is None:
        return "has no date such as 2026-01-31"
    return None


class Pins:
    """What is known of the versions of actions, by repository in lower case; of those that were asked, what they answered."""

    __slots__ = ("_commits", "_exact", "_learned", "_remotes", "_tags")

    def __init__(self, remotes: Mapping[str, Refs]) -> None:
        self._remotes = remotes
        self._learned: set[tuple[str, str]] = set()
        self._commits: dict[str, dict[str, set[str]]] = {}
        self._tags: dict[tuple[str, str], set[str]] = {}
        self._exact: dict[tuple[str, str], str] = {}

    def add(self, repository: str, name: str, commit: str, tag: str | None = None) -> None:
        """Add that a name is a commit, and maybe which tag is the most exact one of it."""
        repository, commit = repository.lower(), commit.lower()
        self._commits.setdefault(repository, {}).setdefault(name, set()).add(commit)
        self._tags.setdefault((repository, commit), set()).add(name)
        if tag is not None:
            self._exact[repository, name] = tag

    def of(self, repository: str, name: str) -> tuple[str, str] | None:
        """The commit of a tag, and the most exact tag of that commit; None when there is none, or two for one tag."""
        repository = repository.lower()
        self._learn(repository, name)
        commit = self._only(repository, name)
        if commit is None:
            return None
        tag = self._exact.get((repository, name)) or most_exact(name, self._tags[repository, commit])
        return (commit, tag) if self._only(repository, tag) == commit else None

    def release(self, repository: str, commit: str) -> str | None:
        """The exact tag that a commit is said to be; None where none or several are, or that tag is two commits."""
        repository = repository.lower()
        found = [tag for tag in self._tags.get((repository, commit.lower()), ()) if is_exact(tag)]
        return found[0] if len(found) == 1 and self._only(repository, found[0]) is not None else None

    def within(self, repository: str, name: str) -> tuple[str, str] | None:
        """The one commit that exact tags within a tag (`v4.2.2` for `v4`) are known to be; None if none or several."""
        repository = repository.lower()
        self._learn(repository, name)
        names = self._commits.get(repository, {})
        found = {commit for tag, commits in names.items() if is_within(tag, name) for commit in commits}
        if len(found) != 1 or name in names:
            return None
        commit = next(iter(found))
        return commit, most_exact(name, self._tags[repository, commit])

    def _learn(self, repository: str, name: str) -> None:
        """Take up what the repository itself says of a name; of one that is two commits, both."""
        refs = self._remotes.get(repository)
        if refs is None or (repository, name) in self._learned:
            return

        self._learned.add((repository, name))
        found = meaning(name, refs)
        if not isinstance(found, str):
            self.add(repository, name, *found)
            self.add(repository, found[1], found[0])
        elif name in refs.tags and name in refs.branches:
            self.add(repository, name, refs.tags[name])
            self.add(repository, name, refs.branches[name])

    def _only(self, repository: str, name: str) -> str | None:
        commits = self._commits.get(repository, {}).get(name, set())
        return next(iter(commits)) if len(commits) == 1 else None


def pins_of(index: Index) -> Pins:
    """What the comments beside the pinned actions of the run say, the pins file, and the repositories that were asked."""

    def read() -> Pins:
        pins = Pins(index.remotes)
        for source in index.sources(index.of_kind("workflow", "action")):
            for repository, commit, name in pinned_lines(source.text):
                pins.add(repository, name, commit)
        file = index.source(FILE)
        for pin in read_pins(file.text)[0] if file is not None else ():
            pins.add(pin.action, pin.ref, pin.commit, pin.tag)
            pins.add(pin.action, pin.tag, pin.commit)
        return pins

    return index.memo("github-pins", read)


def pinned_lines(text: str) -> Iterable[tuple[str, str, str]]:
    """Repository, commit and version of every `uses: owner/name@commit # version` of a text."""
    line = re.compile(
        rf"""^[ \t]*(?:-[ \t]+)?["']?uses["']?[ \t]*:[ \t]+["']?({REPOSITORY})(?:/[^@\s]+)?@({COMMIT})["']?[ \t]++"""
        rf"""#[ \t]*+(?:(?:tag|pin|ratchet|version)[ \t]*+(?:[=:@][ \t]*+)?)?(?:[\w./-]+@)?({VERSION})(?![^\s#,;()])""",
        re.MULTILINE | re.ASCII,
    )
    return ((match[1], match[2], match[3]) for match in line.finditer(text))
