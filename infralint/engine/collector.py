"""How often Python looks for cyclic garbage: seldom in a short run, which makes little."""

from __future__ import annotations

import gc

SELDOM = 400_000
"""Objects of a run of the usual size; nothing is looked for in it."""
LARGE_RUN = 1_000
"""From so many files on the garbage costs more memory than looking for it costs time."""
OFTEN = 100_000


def seldom() -> None:
    """Set the collector for a program that judges and ends."""
    gc.set_threshold(SELDOM, 20, 20)


def sized(count: int) -> None:
    """Set the collector for a run of so many files, where the program has set it before; a library's caller sets its own."""
    if count >= LARGE_RUN and gc.get_threshold()[0] == SELDOM:
        gc.set_threshold(OFTEN, 20, 20)
