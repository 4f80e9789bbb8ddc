"""Edits of .gitignore."""

from __future__ import annotations

from infralint.model.element import fact_of
from infralint.model.env.entry import DotenvFile
from infralint.text.edit import Edit


@fact_of(DotenvFile)
def added_to_gitignore(file: DotenvFile) -> list[Edit]:
    """An edit that adds the file's name to the .gitignore of the root."""
    line = f"/{file.source.path}\n"
    rules = file.document.index.source(".gitignore")
    if rules is None:
        return [Edit(".gitignore", 0, 0, line, creates=True)]
    size = len(rules.text)
    start = "" if not rules.text or rules.text.endswith("\n") else rules.newline
    return [Edit(".gitignore", size, size, start + line.replace("\n", rules.newline))]
