"""Judging again and again, whenever a file changes."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence

from infralint.cli.say import say

SECONDS = 0.5


def watch(paths: Sequence[str], judge: Callable[[], int], *, rounds: int | None = None) -> int:
    """Judge, wait for a change below the paths, judge again; ends with an interrupt, or after so many rounds."""
    from infralint.cli.errors import guarded

    code = 0
    seen: dict[str, tuple[int, int]] | None = None
    try:
        while rounds is None or rounds > 0:
            now = _stamps(paths)
            if now != seen:
                seen = now
                if sys.stdout.isatty():
                    sys.stdout.write("\033[2J\033[1;1H")
                code = guarded(judge)
                sys.stdout.flush()
                say(f"watching {len(seen)} files; Ctrl-C ends", err=True)
                rounds = rounds - 1 if rounds is not None else None
            else:
                time.sleep(SECONDS)
    except KeyboardInterrupt:
        say("", err=True)
    return code


def _stamps(paths: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Size and time of change of every file that may matter."""
    from infralint.engine.discover import chosen, existing, root_of_all, survey

    root = root_of_all(list(paths))
    there, _ = existing(list(paths))
    found = {}
    for path in chosen(survey(root), root, there)[0]:
        try:
            status = os.stat(os.path.join(root, path))
            found[path] = status.st_mtime_ns, status.st_size
        except OSError:
            continue
    return found
