"""Names of entries: characters that cannot stand in one."""

from __future__ import annotations

import re

from infralint.model.element import fact_of
from infralint.model.env.entry import Entry
from infralint.text.source import Text


@fact_of(Entry)
def leading_text(entry: Entry) -> Text:
    """What stands before the first letter or `_` of the name, from the beginning of the line."""
    low = entry.line_span[0]
    good = re.search("[A-Za-z_]", entry.row.key)
    high = entry.row.key.start + good.start() if good else entry.row.key.end
    if entry.row.export and entry.row.key[:1].isalpha() | (entry.row.key[:1] == "_"):
        high = entry.start
    return Text(entry.source.text[low:high], entry.source, low, high, ((0, low),))


@fact_of(Entry)
def has_letter(entry: Entry) -> bool:
    """Whether the name has a letter or `_` with which it could begin."""
    return re.search("[A-Za-z_]", entry.row.key) is not None


@fact_of(Entry)
def has_invalid_character(entry: Entry) -> bool:
    """Whether another character than letters, digits and `_` stands in the name, behind its first letter."""
    return valid_key(entry) != entry.row.key


@fact_of(Entry)
def valid_key(entry: Entry) -> str:
    """The name with `_` in place of every character that cannot stand in one."""
    good = re.search("[A-Za-z_]", entry.row.key)
    first = good.start() if good else 0
    return entry.row.key[:first] + re.sub(r"[^A-Za-z0-9_]", "_", entry.row.key[first:])
