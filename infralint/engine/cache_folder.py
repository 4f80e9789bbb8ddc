"""Where the result cache lies, the key that marks what this user's infralint has written, and its files."""

from __future__ import annotations

import os
import stat
import sys
import time

NAME = "results-"
DIGITS = 32
"""Behind it stands a digest in hexadecimal digits."""
KEY = "key"
KEY_BYTES = 32
MAX_FILES = 200
DAY = 86_400
DAYS = 30
"""A file that was not used for so long is removed."""


def users_folder() -> str | None:
    """The folder of caches of this user's programs; None where there is none."""
    if os.name == "nt":
        base = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME", "") or os.path.expanduser("~/.cache")
    return os.path.join(base, "infralint") if os.path.isabs(base) else None


def key() -> bytes | None:
    """The key of this user's entries, made when it is first needed; None where it cannot be kept to the user."""
    home = users_folder()
    if home is None:
        return None
    path = os.path.join(home, KEY)
    try:
        os.makedirs(home, mode=0o700, exist_ok=True)
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
                stream.write(os.urandom(KEY_BYTES))
        except FileExistsError:
            pass
        status = os.lstat(path)
        is_own = not hasattr(os, "geteuid") or (status.st_uid == os.geteuid() and not status.st_mode & 0o077)
        if not stat.S_ISREG(status.st_mode) or not is_own:
            return None
        with open(path, "rb") as stream:
            found = stream.read(KEY_BYTES)
        return found if len(found) == KEY_BYTES else None
    except OSError:
        return None


def lines_of(file: str, most: int) -> list[str]:
    """The lines of a file of the cache; none where it cannot be read, is too large or is not ASCII."""
    try:
        status = os.lstat(file)
        if not stat.S_ISREG(status.st_mode) or status.st_size > most:
            return []
        with open(file, encoding="ascii") as stream:
            lines = stream.read().split("\n")
        if time.time() - status.st_mtime > DAY:
            os.utime(file)
        return lines[:-1]
    except (OSError, ValueError):
        return []


def write(file: str, text: str) -> None:
    """Replace a file of the cache as a whole; where that fails everything stays as it is."""
    folder = os.path.dirname(file)
    fresh = f"{file}.{os.getpid()}.new"
    try:
        if not os.path.isdir(folder):
            os.makedirs(folder, mode=0o700)
        ignored = os.path.join(folder, ".gitignore")
        if not os.path.lexists(ignored):
            with open(ignored, "x", encoding="ascii") as stream:
                stream.write("*\n")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as stream:
            stream.write(text)
        os.replace(fresh, file)
        _remove_old(folder)
    except OSError:
        pass


def _remove_old(folder: str) -> None:
    """Remove files that were not used for long, and the oldest of too many."""
    now = time.time()
    with os.scandir(folder) as entries:
        files = [(one.stat(follow_symlinks=False).st_mtime, one.path) for one in entries if _is_ours(one.name)]
    for number, (changed, path) in enumerate(sorted(files, reverse=True)):
        if number >= MAX_FILES or now - changed > DAYS * DAY:
            os.unlink(path)


def _is_ours(name: str) -> bool:
    """Whether a file's name is one that the cache gives: the folder may be the user's and hold other files."""
    head, _, rest = name.partition("-")
    return f"{head}-" == NAME and len(rest) == DIGITS and not set(rest) - set("0123456789abcdef")
