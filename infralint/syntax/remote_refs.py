"""Tags and branches of a repository, as `git ls-remote` prints them."""

from __future__ import annotations

from infralint.text import regex as re
from infralint.text.unknown import UNKNOWN, Unknown

COMMIT = r"(?:[0-9a-fA-F]{64}|[0-9a-fA-F]{40})"


NAME = r"(?!.*(?:\.\.|//))[A-Za-z0-9_][\w./@+-]{0,199}"
"""A ref as git takes it, of characters which a comment can hold."""


class Refs:
    """Tags and branches of a repository with the commits that they mean; annotated tags are followed to theirs.

    Read from the lines of `git ls-remote`. A line such as `COMMIT refs/heads/main~2` says of a commit that a ref leads to it.
    """

    __slots__ = ("_names", "branches", "history", "is_gone", "moved_to", "tags")

    def __init__(self, lines: str = "") -> None:
        self.tags: dict[str, str] = {}
        self.branches: dict[str, str] = {}
        self.is_gone = False
        """Whether the server says that there is no such repository."""
        self.moved_to: str | None = None
        """The `owner/name` to which the server sends those who ask for this one."""
        self.history: frozenset[str] | None = None
        """Of the commits that the run asks for, those that a tag or branch leads to; None while it was not looked up."""
        self._names: dict[str, list[str]] = {}
        peeled: dict[str, str] = {}
        passed: set[str] = set()
        for line in lines.splitlines():
            match = re.fullmatch(rf"({COMMIT})\s+refs/(tags|heads)/({NAME})(\^\{{\}}|~\d+)?", line, re.ASCII)
            if match is None:
                continue
            commit, sort, name, mark = match[1].lower(), match[2], match[3], match[4] or ""
            if mark.startswith("~"):
                passed.add(commit)
            elif sort == "heads":
                self.branches[name] = commit
            else:
                (peeled if mark else self.tags)[name] = commit
        for name, commit in [*self.tags.items(), *peeled.items()]:  # by a tag's own object, too, it can be pinned
            names = self._names.setdefault(commit, [])
            if name not in names:
                names.append(name)
        self.tags.update(peeled)
        if passed:
            self.history = frozenset(passed)

    def tags_of(self, commit: str) -> list[str]:
        """The tags that are this commit."""
        return self._names.get(commit.lower(), [])

    def leads_to(self, commit: str) -> bool | Unknown:
        """Whether a tag or branch is this commit or comes after it."""
        commit = commit.lower()
        if commit in self._names or commit in self.branches.values():
            return True
        return UNKNOWN if self.history is None else commit in self.history
