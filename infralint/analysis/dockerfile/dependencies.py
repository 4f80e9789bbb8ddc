"""Installations of what a project's manifests list, and the COPY of its source above them."""

from __future__ import annotations

import posixpath

from infralint.analysis.dockerfile.context import ignore_patterns
from infralint.model.dockerfile.instruction import CopyOrAdd
from infralint.model.dockerfile.run import Run
from infralint.model.element import Unknown, fact_of
from infralint.model.shared.command import Command
from infralint.syntax.dockerfile_words import unquote
from infralint.tables.manifests import manifests_read, needs_source


def manifests(command: Command) -> list[str]:
    """The files of the project that a command reads which installs what they list; nothing for any other."""
    words = command.arguments
    if isinstance(command.name, Unknown) or command.name is None or any(isinstance(word, Unknown) for word in words):
        return []
    return list(manifests_read(str(command.name), [str(word) for word in words]))


@fact_of(Run)
def context_copied_above(run: Run, command: Command) -> CopyOrAdd | None:
    """The first COPY of the whole context above an installation which would need no more than its manifests."""
    files = manifests(command)
    stage = run.stage
    if (
        not files
        or stage is None
        or run.trigger
        or command.is_conditional
        or any(mount.type in ("cache", "bind") for mount in run.mounts)
    ):
        return None
    copy = next((one for one in stage.copies if one.index < run.index and _is_whole(one)), None)
    if copy is None or _only_some(copy):
        return None
    for earlier in stage.runs:
        if earlier.index < copy.index and any(one.name == command.name and manifests(one) for one in earlier.commands):
            return None  # installed before the source came; this one only brings it up to date
    for file in files:
        source = run.document.index.source(path_beside(run, file))
        if source is not None and needs_source(file, source.text):
            return None
    return copy


def _is_whole(copy: CopyOrAdd) -> bool:
    words = [str(unquote(word, copy.document.tree.escape)) for word in copy.sources]
    return copy.from_name is None and len(words) == 1 and words[0] in (".", "./") and not copy.node.heredocs


def path_beside(run: Run, file: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(run.source.path), file))


def _only_some(copy: CopyOrAdd) -> bool:
    """Whether a .dockerignore leaves everything out but what it takes back."""
    folder = posixpath.dirname(copy.source.path)
    index = copy.document.index
    source = index.source(copy.source.path + ".dockerignore") or index.source(posixpath.join(folder, ".dockerignore"))
    return source is not None and any(
        not keeps and pattern in ("*", "**", "**/*") for keeps, pattern in ignore_patterns(source.text)
    )
