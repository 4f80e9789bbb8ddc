"""Spans over several words of a command."""

from __future__ import annotations

from collections.abc import Sequence

from infralint.model.element import NEAR, Element, fact_of
from infralint.model.shared.command import Command
from infralint.text.source import Located


@fact_of(Command)
def span_to(command: Command, words: Located | Sequence[Located] | None) -> Element | None:
    """Its words from the program through that one; of several, through the last that is not far below."""
    several = () if words is None else words if isinstance(words, Sequence) and not isinstance(words, str) else (words,)
    if not several:
        return None
    first = min(one.start for one in (*several, *([command.program] if command.program is not None else ())))
    line = command.source.line_of(first)
    near = [one.end for one in several if command.source.line_of(one.start) < line + NEAR]
    return Element(command.source, first, max(near, default=several[0].end))
