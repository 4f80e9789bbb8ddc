"""dotenv files: entries, and which of them undo each other."""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_right
from functools import cached_property

from infralint.model.document import Comment, Document, Noun, Problem
from infralint.model.element import UNKNOWN, Element, Unknown, fact
from infralint.model.env import layout as env_lines
from infralint.model.env.entry import Entry
from infralint.model.index import Index
from infralint.model.shared.secret import Secret, Url, secrets_of, urls_in
from infralint.model.shared.variable import Variable
from infralint.syntax import dotenv
from infralint.text.edit import Edit
from infralint.text.source import Source, Text

KIND = "env"


class DotenvFile(Element):
    """The file itself."""

    __slots__ = ("_document",)

    def __init__(self, document: EnvDocument) -> None:
        super().__init__(document.source, 0, 0)
        self._document = document

    @fact
    def name(self) -> str:
        """The file's name without its folder."""
        return posixpath.basename(self.source.path)

    @fact
    def is_example(self) -> bool:
        """Whether it is meant to be committed: an example, a sample, a template, or made for tests."""
        return _is_example(self.source.path)

    @fact
    def names(self) -> list[str]:
        """The names that it gives a value."""
        return [str(entry.key) for entry in self._document.entries]

    @fact
    def is_production(self) -> bool:
        """Whether its name says that it is read in production."""
        parts = re.split(r"[._-]", self.name.lower())
        return any(part in ("prod", "production", "live") for part in parts)

    @fact
    def has_final_newline(self) -> bool:
        """Whether its last line has an end."""
        return not self.source.text or self.source.text.endswith(("\n", "\r"))

    @fact
    def newline_at_end(self) -> list[Edit]:
        """An edit that ends the last line as the first one is ended."""
        size = len(self.source.text)
        return [Edit(self.source.path, size, size, self.source.newline)]

    @fact
    def last_line(self) -> Text:
        """Its last line."""
        low, high = self.source.line_span(len(self.source.line_starts))
        return Text(self.source.text[low:high], self.source, low, high, ((0, low),))

    @fact
    def has_windows_line_ends(self) -> bool:
        """Whether lines end in CR LF, whose CR a shell and docker take for part of the value."""
        return "\r\n" in self.source.text

    @fact
    def is_ignored(self) -> bool | Unknown:
        """Whether git ignores it; unknown outside of a git repository, or where the run was told of the file by name."""
        if self._document.index.tracked is None:
            return UNKNOWN
        if self.source.path not in self._document.index.files:
            return True
        rules = self._document.index.source(".gitignore")
        names = (self.source.path, f"/{self.source.path}", self.name)
        return rules is not None and any(line.strip() in names for line in rules.text.splitlines())

    @fact
    def ignore_line(self) -> list[Edit]:
        """An edit that adds the file's name to the .gitignore of the root."""
        line = f"/{self.source.path}\n"
        rules = self._document.index.source(".gitignore")
        if rules is None:
            return [Edit(".gitignore", 0, 0, line, creates=True)]
        size = len(rules.text)
        start = "" if not rules.text or rules.text.endswith("\n") else rules.newline
        return [Edit(".gitignore", size, size, start + line.replace("\n", rules.newline))]

    @fact
    def siblings(self) -> list[str]:
        """The env files beside it that are no examples."""
        folder = posixpath.dirname(self.source.path)
        return [
            path
            for path in self._document.index.of_kind(KIND)
            if path != self.source.path and posixpath.dirname(path) == folder and not _is_example(path)
        ]

    @fact
    def undocumented(self) -> list[str]:
        """The names that a sibling (`.env` beside `.env.example`) gives a value, and this file does not have."""
        own = {str(entry.key) for entry in self._document.entries}
        text = self.source.text
        missing: dict[str, None] = {}
        for source in self._document.index.sources(self.siblings):
            for row in dotenv.parse(source).entries:
                if row.key not in own and not re.search(rf"^[ \t]*#[ \t]*{re.escape(row.key)}[ \t]*=", text, re.M):
                    missing[str(row.key)] = None
        return list(missing)

    @fact
    def live_secret(self) -> Secret | None:
        """The first value in the form of a real credential."""
        open_families = ("generic", "plain", "identifier", "hash")
        return next(
            (one for one in secrets_of(self._document) if one.is_sure and one.format.family not in open_families), None
        )

    @fact
    def is_committed(self) -> bool | Unknown:
        """Whether git tracks it; unknown outside of a git repository."""
        tracked = self._document.index.tracked
        return UNKNOWN if tracked is None else self.source.path in tracked

    @fact
    def first_entry(self) -> Entry | None:
        """The first entry, at which a finding about the whole file stands."""
        return self._document.entries[0] if self._document.entries else None

    @fact
    def first_secret(self) -> Text | Secret | None:
        """The first value that is a credential, by its name and value together or by its format."""
        for entry in self._document.entries:
            if entry.variable.holds_literal_secret is True and entry.variable.holds_default_password is False:
                return entry.value
        return next(
            (one for one in secrets_of(self._document) if one.is_sure and one.format.family != "identifier"), None
        )

    @fact
    def holds_secret(self) -> bool:
        """Whether an entry holds a credential."""
        return self.first_secret is not None

    def __str__(self) -> str:
        return self.source.path


_EXAMPLE_WORDS = frozenset({
    "example", "sample", "template", "dist", "test", "tests", "defaults", "ci", "docs", "examples", "samples", "schema", "testing",
    "default", "testdata", "fixtures", "tpl",
})  # fmt: skip


def _is_example(path: str) -> bool:
    return not _EXAMPLE_WORDS.isdisjoint(re.split(r"[-_/.]", path.lower()))


class EnvDocument(Document):
    """A dotenv file."""

    def __init__(self, source: Source, index: Index, kind: str) -> None:
        super().__init__(source, index, kind)
        self.tree = dotenv.parse(source)
        rows = self.tree.entries
        if re.search(
            r"^[ \t]*(?:if|for|while|case)[ \t].*\b(?:then|do|in)[ \t]*\r?$", source.text, re.M
        ):  # a script that is sourced
            rows = [
                row
                for row in rows
                if row.value is not None and row.key.isidentifier() and row.start == source.line_span(row.line).start
            ]
        self.entries = [Entry(self, row) for row in rows]
        self.problems = [
            Problem("unreadable-line", message, source, start, end) for message, start, end in self.tree.problems
        ]
        if len(source.line_starts) > dotenv.MAX_LINES + 1:
            start, end = source.line_span(dotenv.MAX_LINES + 1)
            self.problems.append(
                Problem(
                    "limit", f"holds more than {dotenv.MAX_LINES:,} lines; exclude it if it is data", source, start, end
                )
            )

    @cached_property
    def groups(self) -> list[list[Entry]]:
        """The runs of entries within which names are sorted."""
        return env_lines.groups(self.entries, self.tree)

    @cached_property
    def group_of(self) -> dict[int, env_lines.Group]:
        """The group of an entry, by where the entry starts."""
        return {entry.start: group for group in map(env_lines.Group, self.groups) for entry in group.entries}

    @cached_property
    def misplaced(self) -> frozenset[int]:
        """Where the entries start that stand behind one which sorts after them."""
        return frozenset(entry.start for group in self.groups for entry in env_lines.out_of_order(group))

    @cached_property
    def twins(self) -> dict[int, Entry]:
        """The nearest entry above of the same name, by where an entry starts."""
        seen: dict[str, Entry] = {}
        found = {}
        for entry in self.entries:
            if (earlier := seen.get(entry.key)) is not None:
                found[entry.start] = earlier
            seen[entry.key] = entry
        return found

    def comments(self) -> list[Comment]:
        return [Comment(*remark) for remark in self.tree.comments]

    def key_of(self, element: object) -> str:
        start = getattr(element, "start", -1)
        at = bisect_right(self.entries, start, key=lambda entry: entry.start) - 1
        return str(self.entries[at].key) if at >= 0 and start <= self.entries[at].end else ""

    nouns = {
        "entry": Noun(Entry, lambda document: document.entries),
        "blank": Noun(env_lines.Blank, lambda document: env_lines.extra_blanks(document.source, document.entries)),
        "file": Noun(DotenvFile, lambda document: [DotenvFile(document)]),
        "variable": Noun(Variable, lambda document: [entry.variable for entry in document.entries]),
        "secret": Noun(Secret, secrets_of),
        "url": Noun(Url, lambda document: urls_in(document.source)),
        "problem": Noun(Problem, lambda document: document.problems),
    }


NOUNS = EnvDocument.nouns
