"""The build context: files beside the Dockerfile, and what a .dockerignore leaves out."""

from __future__ import annotations

from infralint.model.dockerfile.instruction import CopyOrAdd
from infralint.model.dockerfile.run import Run
from infralint.model.element import fact_of
from infralint.syntax.dockerfile_words import unquote
from infralint.text.glob import matches
from infralint.text.source import Text


@fact_of(CopyOrAdd)
def ignored_sources(copy: CopyOrAdd) -> list[Text]:
    """The sources that the .dockerignore beside the file, or its own, keeps from the builder."""
    if copy.from_name is not None:
        return []
    path = copy.source.path
    own = copy.document.index.source(path + ".dockerignore")
    ignore = own or copy.document.index.source(
        path.rpartition("/")[0] + "/.dockerignore" if "/" in path else ".dockerignore"
    )
    if ignore is None or not (patterns := ignore_patterns(ignore.text)):
        return []
    found = []
    for word in copy.sources:
        name = unquote(word, copy.document.tree.escape)
        plain = name.replace("\\", "/").removeprefix("./").strip("/")
        if plain and plain != "." and not set("$*?[") & set(plain) and ":" not in plain and is_ignored(plain, patterns):
            found.append(word)
    return found


def ignore_patterns(text: str) -> list[tuple[bool, str]]:
    """The patterns of a .dockerignore, each with whether it takes paths back (`!`)."""
    found = []
    for line in text.splitlines()[:1_000]:
        pattern = line.strip()
        if pattern and not pattern.startswith("#"):
            keeps = pattern.startswith("!")
            found.append((keeps, pattern.removeprefix("!").strip().removeprefix("./").strip("/")))
    return found


def is_ignored(path: str, patterns: list[tuple[bool, str]]) -> bool:
    """Whether the last pattern that matches a path, or a folder above it, leaves it out."""
    parts = path.split("/")
    paths = ["/".join(parts[:count]) for count in range(1, min(len(parts), 30) + 1)]
    ignored = False
    for keeps, pattern in patterns:
        below = keeps and pattern.startswith(path + "/")  # something in that folder is taken back
        if below or any(matches(each, pattern) for each in paths):
            ignored = not keeps
    return ignored


@fact_of(Run)
def has_file_beside(run: Run, name: str) -> bool:
    """Whether a file of that name lies beside the Dockerfile."""
    folder = run.source.path.rpartition("/")[0]
    return run.document.index.is_file(f"{folder}/{name}" if folder else name)
