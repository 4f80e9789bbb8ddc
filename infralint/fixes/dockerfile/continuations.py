"""Edits that take empty lines out of an instruction."""

from __future__ import annotations

from infralint.analysis.dockerfile.continuations import BlankContinuation
from infralint.model.element import fact_of
from infralint.text.edit import Edit


@fact_of(BlankContinuation)
def without_blank_lines(gap: BlankContinuation) -> list[Edit]:
    """Edits that take the empty lines away."""
    starts = gap.source.line_starts
    return [Edit(gap.source.path, starts[line - 1], starts[line], "") for line in gap.lines]
