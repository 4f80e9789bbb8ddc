"""The installation of what a project lists, and the COPY of its source above it."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from infralint.model.dockerfile.copy import Transfer, ignore_patterns
from infralint.model.element import Unknown
from infralint.syntax.dockerfile_words import unquote
from infralint.tables.manifests import manifests_read, needs_source
from infralint.text.edit import Edit

if TYPE_CHECKING:
    from infralint.model.dockerfile.run import Run
    from infralint.model.shared.command import Command


def manifests(command: Command) -> list[str]:
    """The files of the project that a command reads which installs what they list; nothing for any other."""
    words = command.arguments
    if isinstance(command.name, Unknown) or command.name is None or any(isinstance(word, Unknown) for word in words):
        return []
    return list(manifests_read(str(command.name), [str(word) for word in words]))


def context_above(run: Run, command: Command) -> Transfer | None:
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
        source = run.document.index.source(_beside(run, file))
        if source is not None and needs_source(file, source.text):
            return None
    return copy


def _is_whole(copy: Transfer) -> bool:
    words = [str(unquote(word, copy.document.tree.escape)) for word in copy.sources]
    return copy.origin is None and len(words) == 1 and words[0] in (".", "./") and not copy.node.heredocs


def _beside(run: Run, file: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(run.source.path), file))


def _only_some(copy: Transfer) -> bool:
    """Whether a .dockerignore leaves everything out but what it takes back."""
    folder = posixpath.dirname(copy.source.path)
    index = copy.document.index
    source = index.source(copy.source.path + ".dockerignore") or index.source(posixpath.join(folder, ".dockerignore"))
    return source is not None and any(
        not keeps and pattern in ("*", "**", "**/*") for keeps, pattern in ignore_patterns(source.text)
    )


def manifests_first(run: Run, command: Command) -> list[Edit]:
    """Edits that copy the manifests beside the file and install in front of the COPY; none where that is not plain."""
    copy = context_above(run, command)
    text = run.source.text
    if copy is None or copy.index != run.index - 1 or not run.is_single or copy.destination is None:
        return []
    files = manifests(command)
    there = [file for file in files if run.document.index.is_file(_beside(run, file))]
    if not there or there[0] != files[0] or any("/" in file for file in there) or text[copy.end : run.start].strip():
        return []
    target = str(copy.destination.raw)
    if target[:1] in "'\"" or copy.is_exec_form:
        return []
    target = target if target.endswith("/") else target + "/"
    line = f"{text[copy.start : copy.sources[0].start]}{' '.join(there)} {target}"
    newline = run.source.newline
    path = run.source.path
    return [Edit(path, copy.start, copy.start, f"{line}{newline}{run.raw}{newline}"), Edit(path, copy.end, run.end, "")]
