"""Edits of variables."""

from __future__ import annotations

from infralint.model.compose.variables import Interpolation
from infralint.model.element import fact_of
from infralint.text.edit import Edit


@fact_of(Interpolation)
def made_required(interpolation: Interpolation) -> list[Edit] | None:
    """Edits that make compose refuse to start without it."""
    if (
        not interpolation.raw.startswith("${")
        or not interpolation.raw.endswith("}")
        or interpolation.within.style == "*"
    ):
        return None
    return [Edit(interpolation.source.path, interpolation.start, interpolation.end, f"${{{interpolation.name}:?}}")]
