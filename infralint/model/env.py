"""dotenv files: entries, and which of them undo each other."""

from __future__ import annotations

import posixpath
from bisect import bisect_right
from functools import cached_property

from infralint.model.document import Comment, Document, Noun, Problem
from infralint.model.element import UNKNOWN, Element, Unknown, fact
from infralint.model.index import Index
from infralint.model.secret import Secret, Url, secrets_in, secrets_of, urls_in
from infralint.model.variable import Variable
from infralint.syntax import dotenv
from infralint.text.edit import Edit
from infralint.text.source import Source, Text

KIND = "env"


class Entry(Element):
    """One line that gives a name a value."""

    __slots__ = ("_document", "_row")

    def __init__(self, document: EnvDocument, row: dotenv.Entry) -> None:
        super().__init__(document.source, row.start, row.end)
        self._document = document
        self._row = row

    @fact
    def key(self) -> Text:
        """The name before the `=`."""
        return self._row.key

    @fact
    def value(self) -> Text | None:
        """The value, quotes removed; absent where no `=` stands."""
        return self._row.value

    @fact
    def is_quoted(self) -> bool:
        """Whether the value stands in quotes."""
        return self._row.value is not None and self._row.value.style != ""

    @fact
    def has_unquoted_space(self) -> bool:
        """Whether an unquoted value holds blanks, which a shell that sources the file takes for a command."""
        value = self._row.value
        return value is not None and not value.style and " " in value.strip()

    @fact
    def can_be_quoted(self) -> bool:
        """Whether double quotes leave the value what it is: nothing in it means more within them."""
        value = self._row.value
        return value is not None and not value.style and not any(char in value for char in "\"'$`\\")

    @fact
    def quoted(self) -> list[Edit]:
        """Edits that put the value in double quotes."""
        value = self._row.value
        if value is None:
            return []
        path = self.source.path
        return [Edit(path, value.start, value.start, '"'), Edit(path, value.end, value.end, '"')]

    @fact
    def earlier_twin(self) -> Entry | None:
        """The nearest entry above that gives the same name a value."""
        return self._document.twins.get(self.start)

    @fact
    def agrees_with_twin(self) -> bool:
        """Whether the entry above gives the name the very same value."""
        return self.earlier_twin is not None and self.earlier_twin.value == self.value

    @fact
    def variable(self) -> Variable:
        """The entry as a variable."""
        value: Text | Unknown | None = self._row.value
        if isinstance(value, Text) and "${" in value and value.style != "'":
            value = UNKNOWN
        return Variable(self.source, self.start, self.end, self._row.key, value, "dotenv")


class EnvFile(Element):
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
        parts = self.source.path.lower().replace("-", ".").replace("_", ".").replace("/", ".").split(".")
        words = ("example", "sample", "template", "dist", "test", "tests", "defaults", "ci", "docs", "examples", "samples", "schema", "testing", "default", "testdata", "fixtures", "tpl")
        return any(word in words for word in parts)

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
        return next(iter(secrets_in(self.source)), None)

    @fact
    def holds_secret(self) -> bool:
        """Whether an entry holds a credential."""
        return self.first_secret is not None

    def __str__(self) -> str:
        return self.source.path


class EnvDocument(Document):
    """A dotenv file."""

    def __init__(self, source: Source, index: Index, kind: str) -> None:
        super().__init__(source, index, kind)
        self.tree = dotenv.parse(source)
        self.entries = [Entry(self, row) for row in self.tree.entries]
        self.problems = [Problem("unreadable-line", message, source, start, end) for message, start, end in self.tree.problems]

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
        "file": Noun(EnvFile, lambda document: [EnvFile(document)]),
        "variable": Noun(Variable, lambda document: [entry.variable for entry in document.entries]),
        "secret": Noun(Secret, secrets_of),
        "url": Noun(Url, lambda document: urls_in(document.source)),
        "problem": Noun(Problem, lambda document: document.problems),
    }


NOUNS = EnvDocument.nouns
