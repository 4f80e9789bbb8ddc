"""Edits of names that nothing declares."""

from __future__ import annotations

from infralint.analysis.compose.references import Reference, similar_name
from infralint.model.element import fact_of
from infralint.text.edit import Edit


@fact_of(Reference)
def corrected(reference: Reference) -> list[Edit] | None:
    """Edits that write the declared name that is most like it."""
    name = similar_name(reference)
    if name is None or reference.name.style == "*" or reference.name.pieces is None:
        return None
    end = reference.pair.end if reference.pair is not None else reference.end  # a key changes where its value belongs
    if reference.pair is not None and reference.pair.key.parent is None:
        return None
    return [
        Edit(
            reference.source.path,
            reference.start,
            end,
            name + reference.source.text[reference.end : end],
        )
    ]
