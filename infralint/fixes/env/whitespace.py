"""Edits of line ends."""

from __future__ import annotations

from infralint.model.element import fact_of
from infralint.model.env.entry import DotenvFile
from infralint.text.edit import Edit


@fact_of(DotenvFile)
def with_final_newline(file: DotenvFile) -> list[Edit]:
    """An edit that ends the last line as the first one is ended."""
    size = len(file.source.text)
    return [Edit(file.source.path, size, size, file.source.newline)]
