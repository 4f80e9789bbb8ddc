"""Values that programs read differently."""

from __future__ import annotations

from infralint.model.element import fact_of
from infralint.model.env.entry import Entry
from infralint.tables import dotenv_dialects
from infralint.text.source import Text


@fact_of(Entry)
def reads_same_without_spaces(entry: Entry) -> bool:
    """Whether every program that can read the line reads the same value when the blanks around `=` are gone."""
    value = entry.source.text[entry.row.delimiter[1] : entry.line_span[1]] if entry.row.delimiter else ""
    return dotenv_dialects.same_for_all(entry.behind_equals, value)


@fact_of(Entry)
def ambiguous_hash(entry: Entry) -> Text | None:
    """A `#` within an unquoted value, where some programs begin a comment and others read on."""
    value = entry.row.value
    if value is None or value.style or entry.is_multiline:
        return None
    at = value.find("#", 1)
    if at < 0 or len(set(dotenv_dialects.readings(value).values())) < 2:
        return None
    return Text("#", entry.source, value.start + at, value.start + at + 1)
