"""Whether git tracks or ignores a file."""

from __future__ import annotations

from infralint.model.element import UNKNOWN, Unknown, fact_of
from infralint.model.env.entry import DotenvFile


@fact_of(DotenvFile)
def is_ignored(file: DotenvFile) -> bool | Unknown:
    """Whether git ignores it; unknown outside of a git repository, or where the run was told of the file by name."""
    index = file.document.index
    if index.is_tracked(file.source.path) is None:
        return UNKNOWN
    if index.kind_at(file.source.path) is None:
        return True
    rules = index.source(".gitignore")
    names = (file.source.path, f"/{file.source.path}", file.name)
    return rules is not None and any(line.strip() in names for line in rules.text.splitlines())


@fact_of(DotenvFile)
def is_committed(file: DotenvFile) -> bool | Unknown:
    """Whether git tracks it; unknown outside of a git repository."""
    tracked = file.document.index.is_tracked(file.source.path)
    return UNKNOWN if tracked is None else tracked
