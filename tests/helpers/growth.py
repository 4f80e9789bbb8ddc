"""Whether time grows with the size of a text, by a ratio of two measurements: no machine is fast or slow by it."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

TIMES = 4
"""The whole text is so many times as long as the beginning that it is compared with."""
SLACK = 3.0
"""How much more than linear counts as linear: noise, caches, and what is set up once."""
NOTHING = 0.05
"""Seconds of processor time that are too short to be compared."""


def assert_linear(work: Callable[[str], object], text: str) -> None:
    """Fail where the whole text takes much more than TIMES as long as its first part."""
    size = len(text) // TIMES
    line_end = text.rfind("\n", 0, size) + 1  # whole lines, where lines are short
    short = min(_seconds(work, text[: line_end if line_end > 0.8 * size else size]) for _ in range(2))
    whole = _seconds(work, text)
    if whole > NOTHING and whole > SLACK * TIMES * short:  # once more: the machine may have been busy
        whole = min(whole, *(_seconds(work, text) for _ in range(3)))
        short = max(short, NOTHING / TIMES)
        assert whole <= SLACK * TIMES * short, f"{TIMES} times the text takes {whole / short:.0f} times as long"


def _seconds(work: Callable[[str], object], text: str) -> float:
    gc.collect()
    gc.disable()  # what other tests have left behind is not the text's
    try:
        started = time.process_time()
        work(text)
        return time.process_time() - started
    finally:
        gc.enable()
