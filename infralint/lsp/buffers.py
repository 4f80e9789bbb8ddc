"""The texts that an editor holds, which stand for what lies on the disk."""

from __future__ import annotations

import os
from copy import copy

from infralint.lsp.positions import UTF16, Positions
from infralint.text import regex as re
from infralint.text.finding import Finding, place_at
from infralint.text.source import Source, Unreadable

SURROGATES = re.compile("[\ud800-\udfff]")
LANGUAGES = {
    "dockerfile": "dockerfile", "dockercompose": "compose", "github-actions-workflow": "workflow", "dotenv": "env", "gitlab-ci": "gitlab",
    "jenkinsfile": "jenkins", "azure-pipelines": "azure",
}  # fmt: skip
"""The kinds that editors' names of languages mean, for files whose own name does not tell."""


class Buffer:
    """An open document: its text now, and what was found in it."""

    __slots__ = (
        "encoding", "extra", "findings", "full", "is_dirty", "language", "path", "positions", "source", "trouble", "uri", "version",
    )  # fmt: skip

    def __init__(self, uri: str, language: str, encoding: str = UTF16) -> None:
        self.uri = uri
        self.full = path_of(uri)
        """Its path on the disk; what has none stands for a file of the working directory."""
        self.path = ""
        """Its path below the root."""
        self.language = language
        self.encoding = encoding
        self.version: int | None = None
        self.source = Source("", "")
        self.positions = Positions(self.source, encoding)
        self.trouble = ""
        """Why it is no text that can be judged."""
        self.findings: list[Finding] = []
        """What is reported of it, of this text."""
        self.extra: list[Finding] = []
        """What the last look at all files found in it besides what it tells alone."""
        self.is_dirty = True
        """Whether it was not judged since it changed."""

    def set(self, text: str, version: int | None) -> None:
        """Take over a text."""
        before = self.source.text
        self.trouble = ""
        try:
            self.source = Source(self.path, SURROGATES.sub("\ufffd", text).encode("utf-8"))
        except Unreadable as error:
            self.source, self.trouble = Source(self.path, ""), str(error)
        self.positions = Positions(self.source, self.encoding)
        self.version = version
        self.extra = moved(self.extra, before, self.source)
        self.is_dirty = True

    @property
    def name(self) -> str:
        """Its file name."""
        return self.path.rpartition("/")[2]


def path_of(uri: str) -> str:
    """The path of a URI; of one that means no file, a name in the working directory."""
    from urllib.parse import unquote, urlsplit

    try:
        parts = urlsplit(uri)
    except ValueError:
        parts = urlsplit("")
    path = unquote(parts.path).replace("\0", "")
    if parts.scheme != "file":
        return os.path.abspath(re.sub(r"[^\w.-]", "_", path.rpartition("/")[2] or path) or "untitled")
    if re.match(r"/[A-Za-z]:", path):  # a drive
        path = path[1:]
    return os.path.abspath(path)


def moved(findings: list[Finding], before: str, source: Source) -> list[Finding]:
    """Findings of an older text at their places in a newer one; without those where it changed, and without fixes."""
    after = source.text
    if not findings or before == after:
        return findings
    head = _alike(before, after)
    most = min(len(before), len(after)) - head
    tail = min(_alike(before[head:][::-1], after[head:][::-1]), most)
    shift = len(after) - len(before)
    kept = []
    for one in findings:
        start, end = one.place.start, one.place.end
        if end > head:
            if start < len(before) - tail:
                continue
            start, end = start + shift, end + shift
        fresh = copy(one)
        fresh.place, fresh.fix, fresh.related = place_at(source, start, end), None, ()
        kept.append(fresh)
    return kept


def _alike(one: str, other: str) -> int:
    """The length of the beginning that two texts share."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
