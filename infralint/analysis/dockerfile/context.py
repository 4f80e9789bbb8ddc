"""The build context: files beside the Dockerfile, and what a .dockerignore leaves out."""

from __future__ import annotations

import posixpath

from infralint.analysis.dockerfile.build_contexts import build_contexts
from infralint.model.dockerfile.instruction import CopyOrAdd
from infralint.model.dockerfile.run import Run
from infralint.model.element import Unknown, fact_of
from infralint.syntax.dockerfile_words import unquote
from infralint.text.glob import matches
from infralint.text.source import Text


@fact_of(CopyOrAdd)
def ignored_sources(copy: CopyOrAdd) -> list[Text]:
    """The sources that a .dockerignore keeps from the builder: the Dockerfile's own, or that of each folder it is built from."""
    if copy.from_name is not None:
        return []
    ignored: list[list[tuple[bool, str]]] = []
    for path in _ignore_files(copy):
        source = copy.document.index.source(path)
        patterns = ignore_patterns(source.text) if source is not None else []
        if not patterns:
            return []
        ignored.append(patterns)
    found = []
    for word in copy.sources if ignored else ():
        name = unquote(word, copy.document.tree.escape)
        plain = name.replace("\\", "/").removeprefix("./").strip("/")
        if not plain or plain == "." or set("$*?[") & set(plain) or ":" in plain:
            continue
        if all(is_ignored(plain, patterns) for patterns in ignored):
            found.append(word)
    return found


def _ignore_files(copy: CopyOrAdd) -> list[str]:
    """The ignore files that decide: `<Dockerfile>.dockerignore` alone, or one for each build context."""
    own = copy.source.path + ".dockerignore"
    if copy.document.index.is_file(own):
        return [own]
    contexts = build_contexts(copy.document)
    return [] if isinstance(contexts, Unknown) else [posixpath.join(each, ".dockerignore") for each in contexts]


@fact_of(CopyOrAdd)
def missing_ignore_file(copy: CopyOrAdd) -> str | None:
    """The .dockerignore that is not there, although the copy takes the whole build context; absent where the context is unknown."""
    names = [unquote(word, copy.document.tree.escape) for word in copy.sources]
    if copy.from_name is not None or not {".", "./", "/"} & set(names):
        return None
    paths, index = _ignore_files(copy), copy.document.index
    if len(paths) != 1 or index.is_file(paths[0]) or not index.is_folder(posixpath.dirname(paths[0])):
        return None
    return paths[0]


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
