"""Ordered values as configs write them: sizes in bytes, durations in seconds, versions as their numbers.

`<` and `>` of rules compare these and plain numbers, and nothing else.
"""

from __future__ import annotations

from infralint.text import regex as re
from infralint.text.unknown import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_SIZE = re.compile(r"(\d+(?:\.\d+)?)[ ]?([kmgtp]?)(i?)b?", re.I)
_DURATION = re.compile(r"(?<!\d)(\d++(?:\.\d++)?)(ns|us|ms|s|m|h|d|w)")
_VERSION = re.compile(r"v?(\d{1,9}(?:\.\d{1,9}){0,3})(?=$|[-+_])")
_POWERS = {"": 0, "k": 1, "m": 2, "g": 3, "t": 4, "p": 5}
_SECONDS = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0, "w": 604_800.0}


class Quantity:
    """A value with an order; `text` is how it was written. Comparing it with what cannot be compared is unknown."""

    __slots__ = ("end", "source", "start", "text")
    what = "quantity"

    def __init__(self, text: str) -> None:
        self.text = str(text)
        self.source: Any = getattr(text, "source", None)
        self.start: int = getattr(text, "start", 0)
        self.end: int = getattr(text, "end", 0)

    def _order(self, other: object) -> Any:
        """-1, 0 or 1; UNKNOWN where it cannot be told."""
        return UNKNOWN

    def __lt__(self, other: object) -> Any:
        order = self._order(other)
        return order if order is UNKNOWN else order < 0

    def __le__(self, other: object) -> Any:
        order = self._order(other)
        return order if order is UNKNOWN else order <= 0

    def __gt__(self, other: object) -> Any:
        order = self._order(other)
        return order if order is UNKNOWN else order > 0

    def __ge__(self, other: object) -> Any:
        order = self._order(other)
        return order if order is UNKNOWN else order >= 0

    def __eq__(self, other: object) -> bool:
        return bool(self._order(other) == 0)

    def __ne__(self, other: object) -> bool:
        order = self._order(other)
        return order is not UNKNOWN and order != 0

    def __hash__(self) -> int:
        return hash(self.text)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.text!r})"


class Amount(Quantity):
    """A quantity that one number measures."""

    __slots__ = ("number",)

    def __init__(self, text: str, number: float) -> None:
        super().__init__(text)
        self.number = number

    def _order(self, other: object) -> Any:
        number = other.number if isinstance(other, type(self)) else other
        if isinstance(number, bool) or not isinstance(number, (int, float)):
            return UNKNOWN
        return (self.number > number) - (self.number < number)


class Size(Amount):
    """Memory or disk in bytes: `512m`, `4g`, `1.5GiB`; units are powers of 1024."""

    __slots__ = ()
    what = "size"

    @classmethod
    def read(cls, text: str) -> Size | None:
        """The size that a text writes; None if it writes none."""
        match = _SIZE.fullmatch(str(text).strip())
        return cls(text, float(match[1]) * 1024 ** _POWERS[match[2].lower()]) if match else None


class Duration(Amount):
    """A time span in seconds: `30s`, `1m30s`, `250ms`."""

    __slots__ = ()
    what = "duration"

    @classmethod
    def read(cls, text: str) -> Duration | None:
        """The duration that a text writes; None if it writes none."""
        parts = list(_DURATION.finditer(str(text)))
        if not parts or "".join(part[0] for part in parts) != str(text):
            return None
        return cls(text, sum(float(part[1]) * _SECONDS[part[2]] for part in parts))


class Version(Quantity):
    """A version by its numbers: `3.18` of `3.18.4-alpine`. `3` beside `3.18` cannot be ordered: that is unknown."""

    __slots__ = ("numbers",)
    what = "version"

    def __init__(self, text: str, numbers: tuple[int, ...]) -> None:
        super().__init__(text)
        self.numbers = numbers

    @classmethod
    def read(cls, text: str) -> Version | None:
        """The version at the beginning of a text (`v4.2.2`, `3.13-slim`); None if there is none."""
        match = _VERSION.match(str(text))
        return cls(text, tuple(int(number) for number in match[1].split("."))) if match else None

    def _order(self, other: object) -> Any:
        if not isinstance(other, Version):
            return UNKNOWN
        for mine, theirs in zip(self.numbers, other.numbers, strict=False):
            if mine != theirs:
                return 1 if mine > theirs else -1
        # `3.18.4` is at least `3.18`, the version it begins with; of `3` it is unknown
        return UNKNOWN if len(self.numbers) < len(other.numbers) else 0


ORDERED: dict[str, type[Size] | type[Duration] | type[Version]] = {cls.what: cls for cls in (Size, Duration, Version)}
"""The types by the names that `params:` gives them."""
