"""How often Python looks for cyclic garbage: seldom in a short run, which makes little."""

from __future__ import annotations

import gc

SELDOM = 1_200_000
"""Objects of a run of the usual size; nothing is looked for in it."""
LARGE_RUN = 1_000
"""From so many files on the garbage costs more memory than looking for it costs time."""
OFTEN = 100_000
STEADY = 20_000
"""So many objects are made by a few edits of a document of the usual size."""


def seldom() -> None:
    """Set the collector for a program that judges and ends."""
    gc.set_threshold(SELDOM, 20, 20)


def steady() -> None:
    """Set the collector for a program that goes on: what old texts leave behind is given back, however long ago it was made."""
    gc.set_threshold(STEADY, 5, 5)


def sized(count: int) -> None:
    """Set the collector for a run of so many files, where the program has set it before; a library's caller sets its own."""
    if count >= LARGE_RUN and gc.get_threshold()[0] == SELDOM:
        gc.set_threshold(OFTEN, 20, 20)
