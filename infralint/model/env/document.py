"""A dotenv file as entries."""

from __future__ import annotations

from bisect import bisect_right

from infralint.model.document import Comment, Document, Noun, Problem
from infralint.model.env.entry import DotenvFile, Entry
from infralint.model.index import Index
from infralint.model.shared.secret import Secret, Url, secrets_of, urls_in
from infralint.model.shared.variable import Variable
from infralint.syntax import dotenv
from infralint.text import regex as re
from infralint.text.source import Source

KIND = "env"


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

    def comments(self) -> list[Comment]:
        return [Comment(*remark) for remark in self.tree.comments]

    def key_of(self, element: object) -> str:
        start = getattr(element, "start", -1)
        at = bisect_right(self.entries, start, key=lambda entry: entry.start) - 1
        return str(self.entries[at].key) if at >= 0 and start <= self.entries[at].end else ""

    nouns = {
        "entry": Noun(Entry, lambda document: document.entries),
        "file": Noun(DotenvFile, lambda document: [DotenvFile(document)]),
        "variable": Noun(Variable, lambda document: [entry.variable for entry in document.entries]),
        "secret": Noun(Secret, secrets_of),
        "url": Noun(Url, lambda document: urls_in(document.source)),
        "problem": Noun(Problem, lambda document: document.problems),
    }


NOUNS = EnvDocument.nouns
