"""How far a run is, on a terminal, for runs that take longer than a second."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

WIDTH = 30
_shown = [False]


def progress() -> Callable[[int, int], None] | None:
    """What draws a bar of the files judged; None where nobody watches."""
    if not sys.stderr.isatty() or os.environ.get("CI"):
        return None
    started = time.monotonic()

    def show(done: int, total: int) -> None:
        if time.monotonic() - started > 1 and total:
            filled = WIDTH * done // total
            sys.stderr.write(f"\r{'━' * filled}{'─' * (WIDTH - filled)} {done}/{total} files")
            sys.stderr.flush()
            _shown[0] = True

    return show


def wipe() -> None:
    """Take the bar away."""
    if _shown[0]:
        sys.stderr.write("\r\033[K")
