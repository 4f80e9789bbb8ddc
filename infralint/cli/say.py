"""One line to the user, without click, whose import takes longer than judging a file."""

from __future__ import annotations

import sys


def say(text: str, *, err: bool = False) -> None:
    """Print a line to standard output, or beside it to standard error."""
    print(text, file=sys.stderr if err else sys.stdout, flush=True)
