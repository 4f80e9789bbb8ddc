"""Quotes around values: where they are missing, possible or needless."""

from __future__ import annotations

from infralint.model.element import fact_of
from infralint.model.env.entry import Entry
from infralint.text import regex as re


@fact_of(Entry)
def has_unquoted_space(entry: Entry) -> bool:
    """Whether an unquoted value holds blanks, which a shell that sources the file takes for a command."""
    value = entry.row.value
    return value is not None and not value.style and " " in value.strip()


@fact_of(Entry)
def can_be_quoted(entry: Entry, quote: str) -> bool:
    """Whether quotes leave the value what it is: nothing in it means more, or ends them, within `"` or `'`."""
    value = entry.row.value
    if value is None or value.style or (not value and entry.raw_value):
        return False
    if quote == "'":
        return "'" not in value and not entry.is_multiline
    return not any(char in value for char in "\"'$`\\")


@fact_of(Entry)
def has_needless_quotes(entry: Entry) -> bool:
    """Whether quotes stand around or in a value in which nothing needs them: no blank, and no sign that means more."""
    raw = entry.raw_value
    if raw is None or entry.is_multiline or not re.search("['\"]", raw):
        return False
    return re.search(r"[\s#$&=`\\*?;|<>(){}!~\[\]]", raw) is None and raw.strip("'\"") != ""


@fact_of(Entry)
def without_quotes(entry: Entry) -> str:
    """The value with all its quotes gone."""
    return re.sub("['\"]", "", entry.raw_value or "")
