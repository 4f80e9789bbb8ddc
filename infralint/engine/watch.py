"""Budgets of time and memory for one file: what takes more is stopped and told, and the run goes on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType

MOST = 600.0
"""Seconds that a setting may grant at most."""


class OverTime(BaseException):
    """A file has used up its time. No `Exception`, so that nothing on the way takes it for a fault of its own."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise OverTime once so many seconds of processor time are used; no watch outside of a main thread, where signals do not arrive."""
    import _signal as signal  # `signal` makes enumerations of it first

    def stop(signum: int, frame: FrameType | None) -> None:
        raise OverTime

    try:
        before = signal.signal(signal.SIGVTALRM, stop) if hasattr(signal, "setitimer") else None
    except ValueError:  # not in the main thread
        before = None
    if before is None:
        yield
        return
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, max(min(seconds, MOST), 0.001))
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@contextmanager
def holding(megabytes: int) -> Iterator[None]:
    """Raise MemoryError once the process holds so much more than now, where the system can tell and limit that."""
    try:
        import resource

        with open("/proc/self/statm", encoding="ascii") as stream:
            held = int(stream.read().split()[0]) * resource.getpagesize()
        before = resource.getrlimit(resource.RLIMIT_AS)
    except (ImportError, OSError):
        yield
        return
    limit = held + megabytes * 1024 * 1024
    kept = [each for each in before if each != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min([limit, *kept]), before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
