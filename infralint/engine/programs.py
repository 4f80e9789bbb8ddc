"""Where programs are found: never below the tree that is judged, whatever PATH holds."""

from __future__ import annotations

import os


def outside_of(root: str, name: str) -> str | None:
    """A program of the absolute folders of PATH that lie outside of a root; None where there is none.

    Relative and empty entries mean the working directory, which may be the tree of a stranger.
    """
    base = os.path.realpath(root)
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        found = _in_folder(folder, name) if os.path.isabs(folder) else None
        if found is not None and not _is_below(os.path.realpath(folder), base):
            return None if _is_below(os.path.realpath(found), base) else found
    return None


def _in_folder(folder: str, name: str) -> str | None:
    """The program of that name in a folder."""
    if os.name == "nt":
        import shutil

        return shutil.which(name, path=folder)
    path = os.path.join(folder, name)
    return path if os.access(path, os.X_OK) and os.path.isfile(path) else None


def _is_below(path: str, base: str) -> bool:
    """Whether a path is a folder or lies in it; the root of the file system holds everything and nothing of it is judged."""
    return base != os.sep and (path == base or path.startswith(base + os.sep))
