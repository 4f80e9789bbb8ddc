"""Who owns a path, by the CODEOWNERS of GitHub, GitLab, Gitea or Bitbucket."""

from __future__ import annotations

import os

from infralint.text import regex as re

PLACES = ("CODEOWNERS", ".github/CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS", ".gitea/CODEOWNERS")
MAX_BYTES = 3_000_000


class Owners:
    """The rows of a file of owners; the last one that matches a path counts."""

    __slots__ = ("_rows",)

    def __init__(self, text: str) -> None:
        from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

        self._rows: list[tuple[re.Pattern[str], str]] = []
        section = ""
        for line in text.splitlines():
            words = re.sub(r"(?:^|\s)#.*", "", line).strip()
            head = re.match(r"^\^?\[([^\]\n]+)\](?:\[\d+\])?\s*(.*)$", words)
            if head is not None:  # a section of GitLab, with owners of what names none
                section = head[2]
                continue
            match = re.match(r"^((?:\\.|\S)+)\s*(.*)$", words)
            if match is None or match[1].startswith("!"):
                continue
            try:
                pattern = GitIgnoreSpecPattern(match[1]).regex
            except ValueError:
                continue
            if pattern is not None:
                self._rows.append((re.compile(pattern), " ".join((match[2] or section).split())))

    def of(self, path: str) -> str:
        """The owners of a path, parted by spaces; "" where nobody owns it."""
        return next((owners for pattern, owners in reversed(self._rows) if pattern.match(path)), "")


def owners_of(root: str) -> Owners:
    """The owners that a repository names; of none where it has no such file."""
    for place in PLACES:
        full = os.path.join(root, place)
        if os.path.isfile(full) and not os.path.islink(full):
            try:
                with open(full, encoding="utf-8", errors="replace") as stream:
                    return Owners(stream.read(MAX_BYTES))
            except OSError:
                continue
    return Owners("")
