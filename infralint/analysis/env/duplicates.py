"""Keys that are written more than once."""

from __future__ import annotations

from infralint.model.element import fact_of, remembered
from infralint.model.env.document import EnvDocument
from infralint.model.env.entry import Entry


@remembered
def _previous_definitions(document: EnvDocument) -> dict[int, Entry]:
    """The nearest entry above of the same name, by where an entry starts."""
    seen: dict[str, Entry] = {}
    found = {}
    for entry in document.entries:
        if (earlier := seen.get(entry.key)) is not None:
            found[entry.start] = earlier
        seen[entry.key] = entry
    return found


@fact_of(Entry)
def previous_definition(entry: Entry) -> Entry | None:
    """The nearest entry above that gives the same name a value."""
    return _previous_definitions(entry.document).get(entry.start)
