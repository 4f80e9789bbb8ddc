"""Where programs are found: never below the tree that is judged, whatever PATH holds."""

from __future__ import annotations

import os
import shutil


def outside_of(root: str, name: str) -> str | None:
    """A program of the absolute folders of PATH that lie outside of a root; None where there is none.

    Relative and empty entries mean the working directory, which may be the tree of a stranger.
    """
    base = os.path.realpath(root)
    folders = [
        folder
        for folder in os.environ.get("PATH", "").split(os.pathsep)
        if os.path.isabs(folder) and not _is_below(os.path.realpath(folder), base)
    ]
    found = shutil.which(name, path=os.pathsep.join(folders)) if folders else None
    return found if found is not None and not _is_below(os.path.realpath(found), base) else None


def _is_below(path: str, base: str) -> bool:
    """Whether a path is a folder or lies in it; the root of the file system holds everything and nothing of it is judged."""
    return base != os.sep and (path == base or path.startswith(base + os.sep))
