"""What a file is for by its name, and the files beside it."""

from __future__ import annotations

import posixpath

from infralint.model.element import fact_of, remembered
from infralint.model.env.entry import DotenvFile
from infralint.syntax import dotenv
from infralint.text import regex as re

_EXAMPLE_WORDS = frozenset({
    "example", "sample", "template", "dist", "test", "tests", "defaults", "ci", "docs", "examples", "samples", "schema", "testing",
    "default", "testdata", "fixtures", "tpl",
})  # fmt: skip


@fact_of(DotenvFile)
def is_example(file: DotenvFile) -> bool:
    """Whether it is meant to be committed: an example, a sample, a template, or made for tests."""
    return is_example_path(file.source.path)


@fact_of(DotenvFile)
def is_production(file: DotenvFile) -> bool:
    """Whether its name says that it is read in production."""
    parts = re.split(r"[._-]", file.name.lower())
    return any(part in ("prod", "production", "live") for part in parts)


@remembered
def siblings(file: DotenvFile) -> list[str]:
    """The env files beside it that are no examples."""
    folder = posixpath.dirname(file.source.path)
    return [
        path
        for path in file.document.index.of_kind(file.document.kind)
        if path != file.source.path and posixpath.dirname(path) == folder and not is_example_path(path)
    ]


@fact_of(DotenvFile)
def undocumented_names(file: DotenvFile) -> list[str]:
    """The names that a sibling (`.env` beside `.env.example`) gives a value, and this file does not have."""
    own = {str(entry.key) for entry in file.document.entries}
    text = file.source.text
    missing: dict[str, None] = {}
    for source in file.document.index.sources(siblings(file)):
        for row in dotenv.parse(source).entries:
            if row.key not in own and not re.search(rf"^[ \t]*#[ \t]*{re.escape(row.key)}[ \t]*=", text, re.M):
                missing[str(row.key)] = None
    return list(missing)


def is_example_path(path: str) -> bool:
    """Whether a path says that the file is an example, a template, or made for tests."""
    return not _EXAMPLE_WORDS.isdisjoint(re.split(r"[-_/.]", path.lower()))
