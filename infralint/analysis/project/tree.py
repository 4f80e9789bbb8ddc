"""The files and folders of the repository, and whether the tree is so complete that what is missing is not there."""

from __future__ import annotations

import posixpath

from infralint.model.element import remembered
from infralint.model.project.document import Project
from infralint.text import regex as re

_CODE = re.compile(
    r"\.(?:py|js|mjs|cjs|jsx|ts|mts|tsx|vue|svelte|go|rs|java|kt|kts|scala|clj|rb|php|c|h|cc|cpp|hpp|cs|fs|vb|swift|m|ex|exs|erl|hs|"
    r"ml|pl|pm|lua|dart|r|jl|nim|zig|sol|sh|bash|ps1|sql|tf|html|css|scss)$",
    re.I,
)
SHARE = 20
"""Of so many files at least one is source code, where the sources are here."""


@remembered
def files_of(project: Project) -> frozenset[str]:
    """Every path."""
    return frozenset(project.paths)


@remembered
def folders_of(project: Project) -> frozenset[str]:
    """Every folder that holds a file, at any depth; the top is ""."""
    return frozenset({"", *(path[:at] for path in project.paths for at in range(len(path)) if path[at] == "/")})


@remembered
def endings(project: Project) -> frozenset[str]:
    """The endings of the names of its files, in lower case: ".py", "" for none."""
    return frozenset(posixpath.splitext(path)[1].lower() for path in project.paths)


@remembered
def holds_sources(project: Project) -> bool:
    """Whether the run sees the whole tree, and a fair part of it is source code: a copy of the configuration lacks what it names."""
    if not project.is_whole:
        return False
    count = sum(_CODE.search(path) is not None for path in project.paths)
    return count * SHARE >= len(project.paths) and count > 0
