"""Judging over processes, for runs large enough to pay for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from infralint.engine.run import Judged, Run

CHUNK = 32
_state: list[Run] = []


def _work(chunk: list[tuple[str, str]]) -> list[Judged]:
    state = _state[0]
    return [one for path, kind in chunk if (one := state.judge(path, kind)) is not None]


def judge_in_processes(state: Run, planned: list[tuple[str, str]], count: int) -> Iterator[Judged]:
    """Judge files in forked processes, in order; each file is one process's alone."""
    import multiprocessing

    for kind in {kind for _, kind in planned}:  # load models and cards once, before the fork
        state.book.of(kind, state.settings(""))
    _state[:] = [state]
    chunks = [planned[at : at + CHUNK] for at in range(0, len(planned), CHUNK)]
    progress = state.options.progress
    done = 0
    try:
        with multiprocessing.get_context("fork").Pool(count) as pool:
            for results in pool.imap(_work, chunks):
                done += len(results)
                if progress is not None:
                    progress(done, len(planned))
                yield from results
    finally:
        _state.clear()
