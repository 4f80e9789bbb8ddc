"""What git is told to leave out: such files and folders are cloned or made on each machine."""

from __future__ import annotations

import posixpath

from infralint.model.index import Index
from infralint.text.glob import matches

MAX_LINES = 1_000


def git_ignores(index: Index, path: str) -> bool:
    """Whether a `.gitignore` beside or above a path leaves it, or a folder above it, out."""
    parts = path.split("/")
    above = ["/".join(parts[:count]) for count in range(1, len(parts) + 1)]
    patterns = (pattern for folder in ("", *above[:-1]) for pattern in _patterns(index, folder))
    return any(matches(each, pattern) for pattern in patterns for each in above)


def _patterns(index: Index, folder: str) -> list[str]:
    return index.memo(("ignored", folder), lambda: _read(index, folder))


def _read(index: Index, folder: str) -> list[str]:
    """The patterns of a folder's `.gitignore`, from the root on; those that take something back are read over."""
    source = index.source(posixpath.join(folder, ".gitignore"))
    found = []
    for line in source.text.splitlines()[:MAX_LINES] if source is not None else ():
        pattern = line.strip().rstrip("/")
        if pattern and not pattern.startswith(("#", "!")):
            inner = pattern.lstrip("/") if "/" in pattern else f"**/{pattern}"
            found.append(posixpath.join(folder, inner))
    return found
