"""Entries of env files: one line that gives a name a value, as the programs that read it see it."""

from __future__ import annotations

import posixpath
from functools import cached_property

from infralint.model.element import UNKNOWN, Element, Unknown, fact
from infralint.model.shared.variable import Variable
from infralint.syntax import dotenv
from infralint.text.source import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from infralint.model.env.document import EnvDocument


class Entry(Element):
    """One line that gives a name a value."""

    __slots__ = ("document", "row")

    def __init__(self, document: EnvDocument, row: dotenv.Entry) -> None:
        super().__init__(document.source, row.start, row.end)
        self.document = document
        self.row = row

    @fact
    def key(self) -> Text:
        """The name before the `=`."""
        return self.row.key

    @fact
    def value(self) -> Text | None:
        """The value, quotes removed; absent where no `=` stands."""
        return self.row.value

    @cached_property
    def line_span(self) -> tuple[int, int]:
        """The span of the entry's first line."""
        return self.source.line_span(self.row.line)

    @fact
    def raw_value(self) -> Text | None:
        """All that stands behind the `=` on the line, blanks around it left out."""
        if self.row.delimiter is None:
            return None
        start = self.row.delimiter[1]
        text = self.source.text[start : self.line_span[1]].rstrip(" \t")
        return Text(text, self.source, start, start + len(text), ((0, start),))

    @cached_property
    def behind_equals(self) -> str:
        """What docker takes for the value: every character behind the `=`."""
        low, high = self.row.delimiter or (self.end, self.end)
        return (
            self.source.text[low + self.source.text[low:high].index("=") + 1 : self.line_span[1]] if high > low else ""
        )

    @fact
    def is_multiline(self) -> bool:
        """Whether the value runs over several lines."""
        return self.source.line_of(max(self.end - 1, self.start)) > self.row.line

    @fact
    def file(self) -> DotenvFile:
        """The file in which it stands."""
        return DotenvFile(self.document)

    @fact
    def variable(self) -> Variable:
        """The entry as a variable."""
        value: Text | Unknown | None = self.row.value
        if isinstance(value, Text) and "${" in value and value.style != "'":
            value = UNKNOWN
        return Variable(self.source, self.start, self.end, self.row.key, value, "dotenv")


class DotenvFile(Element):
    """The file itself."""

    __slots__ = ("document",)

    def __init__(self, document: EnvDocument) -> None:
        super().__init__(document.source, 0, 0)
        self.document = document

    @fact
    def name(self) -> str:
        """The file's name without its folder."""
        return posixpath.basename(self.source.path)

    @fact
    def names(self) -> list[str]:
        """The names that it gives a value."""
        return [str(entry.key) for entry in self.document.entries]

    @fact
    def first_entry(self) -> Entry | None:
        """The first entry, at which a finding about the whole file stands."""
        return self.document.entries[0] if self.document.entries else None

    def __str__(self) -> str:
        return self.source.path
