"""The third value: what cannot be known here, which is not the same as absent."""

from __future__ import annotations

from collections.abc import Iterator

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final


class Unknown:
    """Neither true nor false: asking it anything gives UNKNOWN, comparing it gives False.

    Both `==` and `!=` are False, so that neither a comparison nor its negation gives a finding.
    """

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # copy, pickle and inspect rely on it
            raise AttributeError(name)
        return self

    def __call__(self, *_: object) -> Any:
        return self

    def __bool__(self) -> bool:
        return False

    def _never(self, _: object) -> bool:
        return False

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _never

    def __contains__(self, _: object) -> bool:
        return False

    def __hash__(self) -> int:
        return 0

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __reduce__(self) -> str:
        return "UNKNOWN"

    def __repr__(self) -> str:
        return "UNKNOWN"

    def __str__(self) -> str:
        return "unknown"


UNKNOWN: Final = Unknown()

Truth = bool | Unknown
"""What a question with a third answer gives: yes, no, or not knowable."""
