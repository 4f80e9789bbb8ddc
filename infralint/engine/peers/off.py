"""What another linter's configuration switches off, as our findings are matched against it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from infralint.text import regex as re
from infralint.text.finding import Finding
from infralint.text.glob import matches
from infralint.text.record import NamedTuple

MAX_ENTRIES = 2_000
"""Entries of one file that are read."""
MAX_BRANCHES = 20


class Off(NamedTuple):
    """Rules that a configuration file switches off: everywhere, at paths, at a line, until a day."""

    peer: str
    names: tuple[str, ...]
    """`hadolint/DL3008`; `hadolint/*` for all; `*` within a name stands for anything."""
    config: str
    globs: tuple[str, ...] = ()
    """Where it holds; empty for everywhere."""
    line: int = 0
    until: str = ""
    words: tuple[str, ...] = ()
    """Texts that the finding's message must hold."""

    def covers(self, finding: Finding, today: Callable[[], date]) -> bool:
        """Whether a finding is switched off."""
        if self.line and not finding.line <= self.line <= finding.end_line:
            return False
        if self.globs and not any(matches(finding.path, glob) for glob in self.globs):
            return False
        if self.until and _is_over(self.until, today()):
            return False
        if not all(word in finding.message for word in self.words):
            return False
        own = (finding.rule, *finding.same_as, *finding.part_of, *finding.also_reported_by)
        return any(matches(name, pattern) for pattern in self.names for name in own)


def _is_over(until: str, today: date) -> bool:
    """Whether a day is past; what is no day is past as well."""
    try:
        return date.fromisoformat(until) < today
    except ValueError:
        return True


class PeerConfig:
    """A configuration file of another linter, read."""

    __slots__ = ("fail_on", "offs", "path", "peer", "severities", "untold")

    def __init__(self, peer: str, path: str) -> None:
        self.peer = peer
        self.path = path
        self.offs: list[Off] = []
        self.severities: dict[str, str] = {}
        """Severities that it gives rules, by the peer's names."""
        self.fail_on = ""
        self.untold: list[str] = []
        """What in it has no equivalent here, in words."""

    def off(self, names: Iterable[str], **where: object) -> None:
        """Note rules as switched off; `../cwe/798` is a name that is not the peer's own."""
        named = tuple(name[3:] if name.startswith("../") else f"{self.peer}/{name}" for name in names)
        if named and len(self.offs) < MAX_ENTRIES:
            self.offs.append(Off(self.peer, named, self.path, **where))  # type: ignore[arg-type]


def globs_of(pattern: str) -> list[str] | None:
    """A regular expression over paths as globs, searched for anywhere; None where globs cannot say it.

    Patterns of the judged repository are never run as regular expressions: those can take for ever.
    """
    flags = re.match(r"\(\?[a-z]+\)", pattern)
    body = pattern[flags.end() :] if flags else pattern
    start, end = body.startswith("^"), body.endswith("$") and not body.endswith("\\$")
    inner = body[1 if start else 0 : len(body) - 1 if end else len(body)]
    found = _alternatives(inner)
    if found is None or len(found) > MAX_BRANCHES:
        return None
    return [f"{'' if start else '**'}{one}{'' if end else '**'}".replace("****", "**") for one in found]


def _alternatives(text: str) -> list[str] | None:
    """The globs of a pattern without anchors; None for what globs cannot say."""
    found = [""]
    at = 0
    while at < len(text):
        char = text[at]
        if char == "(":
            close = _closing(text, at)
            if close < 0:
                return None
            inner = text[at + 1 : close].removeprefix("?:")
            branches: list[str] = []
            for part in _split(inner):
                more = _alternatives(part)
                if more is None:
                    return None
                branches += more
            at = close + 1
            if text[at : at + 1] in ("*", "+", "{"):
                if set(branches) != {"**"}:
                    return None
                at += 1
            if text[at : at + 1] == "?":
                branches = [*branches, ""]
                at += 1
            found = [one + branch for one in found for branch in branches]
            if len(found) > MAX_BRANCHES:
                return None
            continue
        piece, at = _piece(text, at)
        if piece is None:
            return None
        found = [one + piece for one in found]
    return found


def _piece(text: str, at: int) -> tuple[str | None, int]:
    """The glob of the next part of a pattern and where the one behind it begins; None for what globs cannot say."""
    char = text[at]
    behind = text[at + 1 : at + 2]
    if char == "." and behind in ("*", "+"):
        return "**", at + (3 if text[at + 2 : at + 3] == "?" else 2)
    if char == ".":
        return (None, at) if behind in ("?", "{") else ("?", at + 1)
    if text.startswith("[^/]", at) and text[at + 4 : at + 5] in ("*", "+"):
        return "*", at + 5
    if char == "\\" and behind in r"./-_+$^()[]{}|":
        return (
            (None, at)
            if text[at + 2 : at + 3] in ("*", "+", "?", "{")
            else (f"[{behind}]" if behind in "[]" else behind, at + 2)
        )
    if char in "\\[]{}*+?|^$" or behind in ("*", "+", "?", "{"):
        return None, at
    return char, at + 1


def _closing(text: str, at: int) -> int:
    depth = 0
    for place in range(at, len(text)):
        if text[place] == "\\":
            continue
        depth += (text[place] == "(") - (text[place] == ")")
        if depth == 0:
            return place
    return -1


def _split(text: str) -> list[str]:
    """The branches of a group, parted at `|` outside of inner groups."""
    parts = [""]
    depth = 0
    for char in text:
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += char
    return parts
