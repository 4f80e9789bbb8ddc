"""Names of entries: characters that cannot stand in one."""

from __future__ import annotations

from infralint.model.element import fact_of
from infralint.model.env.entry import Entry
from infralint.text import regex as re
from infralint.text.source import Text


@fact_of(Entry)
def leading_text(entry: Entry) -> Text | None:
    """What stands before the first letter or `_` of the name, from the beginning of the line; None for nothing, or no letter."""
    low = entry.line_span[0]
    good = re.search("[A-Za-z_]", entry.row.key)
    if good is None:
        return None
    high = entry.row.key.start + good.start()
    if entry.row.export and entry.row.key[:1].isalpha() | (entry.row.key[:1] == "_"):
        high = entry.start
    return Text(entry.source.text[low:high], entry.source, low, high, ((0, low),)) if low < high else None


@fact_of(Entry)
def valid_key(entry: Entry) -> str:
    """The name with `_` in place of every character that cannot stand in one."""
    good = re.search("[A-Za-z_]", entry.row.key)
    first = good.start() if good else 0
    return entry.row.key[:first] + re.sub(r"[^A-Za-z0-9_]", "_", entry.row.key[first:])
