"""Edits that put values in quotes."""

from __future__ import annotations

from infralint.model.element import fact_of
from infralint.model.env.entry import Entry
from infralint.text.edit import Edit


@fact_of(Entry)
def with_quotes(entry: Entry, quote: str) -> list[Edit]:
    """Edits that put the value in quotes."""
    value = entry.row.value
    if value is None:
        return []
    path = entry.source.path
    return [Edit(path, value.start, value.start, quote), Edit(path, value.end, value.end, quote)]
