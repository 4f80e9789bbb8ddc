"""Judging over processes, for runs large enough to pay for them.

No `multiprocessing`: what it loads and starts costs as much as judging many files, and a process of its pool that
is killed is waited for without end.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator

from infralint.engine.cache import seal
from infralint.engine.files import FileResult, judge_file
from infralint.engine.recording import RecordingIndex
from infralint.engine.session import Session

FIRST = 4
"""So many files of each kind are judged before the fork: they load what the others need, once for all processes."""
CHUNK = 8
MAX_CHUNKS = 8_000
"""A pipe holds the numbers of so many."""

_File = tuple[int, str, str]
_Results = tuple[list[int], list[tuple[int, "FileResult"]]]


def judge_in_processes(session: Session, planned: list[tuple[str, str]], count: int) -> Iterator[FileResult]:
    """Judge files in this process and forked ones, in order; what a process dies over is judged here."""
    first: list[_File] = []
    others: list[_File] = []
    met: dict[str, int] = {}
    for number, (path, kind) in enumerate(planned):
        met[kind] = met.get(kind, 0) + 1
        (first if met[kind] <= FIRST else others).append((number, path, kind))
    done = _judged(session, first)
    size = max(CHUNK, len(others) // MAX_CHUNKS + 1)
    chunks = [others[at : at + size] for at in range(0, len(others), size)]
    queue, end = os.pipe()
    os.write(end, b"".join(number.to_bytes(4, "big") for number in range(len(chunks))))
    os.close(end)
    gc.freeze()  # pages that the processes share are not to be copied for the sake of looking for garbage
    children: list[tuple[int, int]] = []
    try:
        for _ in range(count - 1):
            children.append(_fork(session, chunks, queue))
        numbers, results = _taken(session, chunks, queue)
        done += results
        while children:
            child, pipe = children[-1]
            children[-1] = child, -1  # the reader closes it
            theirs, results = _received(pipe)
            os.waitpid(child, 0)
            children.pop()
            numbers += theirs
            done += results
    finally:
        gc.unfreeze()
        os.close(queue)
        for child, pipe in children:
            _end(child, pipe)
    for lost in sorted(set(range(len(chunks))).difference(numbers)):
        done += _judged(session, chunks[lost])
    done.sort(key=lambda each: each[0])
    yield from (one for _, one in done)


def _judged(session: Session, files: list[_File]) -> list[tuple[int, FileResult]]:
    return [(number, one) for number, path, kind in files if (one := judge_file(session, path, kind)) is not None]


def _taken(session: Session, chunks: list[list[_File]], queue: int) -> _Results:
    """Judge chunk after chunk, as their numbers come out of the pipe that all processes read."""
    numbers: list[int] = []
    results: list[tuple[int, FileResult]] = []
    progress = session.options.progress
    while taken := os.read(queue, 4):
        number = int.from_bytes(taken, "big")
        results += _judged(session, chunks[number])
        numbers.append(number)
        if progress is not None:
            progress(sum(map(len, chunks[: number + 1])), sum(map(len, chunks)))
    return numbers, results


def _fork(session: Session, chunks: list[list[_File]], queue: int) -> tuple[int, int]:
    """A process that judges too, and the pipe that its results come from."""
    import pickle

    source, target = os.pipe()
    child = os.fork()
    if child:
        os.close(target)
        return child, source
    try:  # the new process: it must never come out of here
        session.options.progress = None
        with os.fdopen(target, "wb") as stream:
            numbers, results = _taken(session, chunks, queue)
            if isinstance(session.index, RecordingIndex):
                seal([one for _, one in results], session.index)
            pickle.dump((numbers, results), stream, pickle.HIGHEST_PROTOCOL)
    finally:
        os._exit(0)


def _received(pipe: int) -> _Results:
    """What a process has found; nothing where it has died."""
    import pickle

    try:
        with os.fdopen(pipe, "rb") as stream:
            found: _Results = pickle.load(stream)
            return found
    except (EOFError, pickle.UnpicklingError):
        return [], []


def _end(child: int, pipe: int) -> None:
    import signal

    try:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(pipe)
    except OSError:
        pass
