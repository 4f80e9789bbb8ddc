"""Judging over processes, for runs large enough to pay for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from infralint.engine.run import Judged, Run

CHUNK = 16
FIRST = 4
"""So many files of each kind are judged before the fork: they load what the others need, once for all processes."""
_state: list[Run] = []


def _work(chunk: list[tuple[int, str, str]]) -> list[tuple[int, Judged]]:
    state = _state[0]
    return [(number, one) for number, path, kind in chunk if (one := state.judge(path, kind)) is not None]


def judge_in_processes(state: Run, planned: list[tuple[str, str]], count: int) -> Iterator[Judged]:
    """Judge files in forked processes, in order; each file is one process's alone."""
    import gc
    import multiprocessing

    first: list[tuple[int, str, str]] = []
    others: list[tuple[int, str, str]] = []
    met: dict[str, int] = {}
    for number, (path, kind) in enumerate(planned):
        met[kind] = met.get(kind, 0) + 1
        (first if met[kind] <= FIRST else others).append((number, path, kind))
    _state[:] = [state]
    chunks = [others[at : at + CHUNK] for at in range(0, len(others), CHUNK)]
    progress = state.options.progress
    try:
        done = _work(first)
        gc.freeze()  # pages that the processes share are not to be copied for the sake of looking for garbage
        with multiprocessing.get_context("fork").Pool(count) as pool:
            for results in pool.imap_unordered(_work, chunks):
                done += results
                if progress is not None:
                    progress(len(done), len(planned))
    finally:
        _state.clear()
        gc.unfreeze()
    done.sort(key=lambda each: each[0])
    yield from (one for _, one in done)
