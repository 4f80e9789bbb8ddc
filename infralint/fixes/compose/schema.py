"""Edits of misspelt keys."""

from __future__ import annotations

from infralint.analysis.compose.schema import Fault
from infralint.model.element import fact_of
from infralint.tables.compose_schema import FORMER
from infralint.text.edit import Edit


@fact_of(Fault)
def renamed(fault: Fault) -> list[Edit] | None:
    """Edits that make the nearest key of it; absent where that is written already, or takes something else."""
    pair = fault.pair
    if pair is None or fault.similar is None or FORMER.get(fault.key) == fault.similar or pair.key.parent is None:
        return None
    return [
        Edit(fault.source.path, pair.key.start, pair.end, fault.similar + fault.source.text[pair.key.end : pair.end])
    ]
