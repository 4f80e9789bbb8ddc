"""What compiled rules call: showing values, three-valued membership, and the step budget of foreign rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache

from infralint.text.unknown import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MAX_STEPS = 100_000
MAX_SHOWN = 120
MAX_LISTED = 6
"""Items that a message names; of a longer list it names one less, and counts the rest."""


class OverBudget(Exception):
    """A rule from the scanned tree asked for more steps than it is given for one file."""


class Budget:
    """Counts the steps that the loops of foreign rules take over one file; None in built-in rules."""

    __slots__ = ("left",)

    def __init__(self, steps: int = MAX_STEPS) -> None:
        self.left = steps

    def steps(self, items: Any) -> Iterator[Any]:
        for item in items if items is not None else ():
            self.left -= 1
            if self.left < 0:
                raise OverBudget(f"takes more than {MAX_STEPS} steps over this file")
            yield item


def no(value: Any) -> bool:
    """Whether a value is known to be false, absent or empty."""
    return not value and value is not UNKNOWN


def known(value: Any) -> bool:
    """Whether a value is present and known."""
    return value is not None and value is not UNKNOWN


def either(value: Any, *others: Callable[[], Any]) -> Any:
    """`a or b` as a value: the first that is not known to be false; unknown where that cannot be told."""
    for other in others:
        if value is UNKNOWN or value:
            return value
        value = other()
    return value


def both(value: Any, *others: Callable[[], Any]) -> Any:
    """`a and b` as a value: the first that is not known to be true; unknown where that cannot be told."""
    for other in others:
        if value is UNKNOWN or not value:
            return value
        value = other()
    return value


def is_in(value: Any, items: Any) -> bool:
    """Whether it is known that `value` is among `items` (or, for texts, part of it)."""
    if value is UNKNOWN or items is UNKNOWN or items is None or value is None:
        return False
    return value in items


def is_not_in(value: Any, items: Any) -> bool:
    """Whether it is known that `value` is not among `items`: what may hold more than we see never says so."""
    if value is UNKNOWN or items is UNKNOWN or items is None or value is None:
        return False
    if value in items:
        return False
    if isinstance(items, str):
        return True
    return not is_open(items)


def is_open(items: Any) -> bool:
    """Whether a collection may hold more than we see."""
    return getattr(items, "is_open", False) is True or any(item is UNKNOWN for item in items)


def settled(items: Any) -> bool:
    """Whether a collection is known to be whole."""
    return items is not UNKNOWN and (items is None or getattr(items, "is_open", False) is not True)


def listed(items: Any) -> Iterable[Any]:
    """A collection to loop over; nothing where it is absent or unknown."""
    return () if items is None or items is UNKNOWN else items


def glob(value: Any, pattern: Any) -> Any:
    """Whether a text matches a shell pattern; `*` does not cross a slash, `**` does."""
    if not known(value) or not known(pattern):
        return UNKNOWN
    from infralint.text.glob import matches

    return matches(str(value), str(pattern))


@cache
def quantity(what: str, text: str) -> Any:
    """A literal size, duration or version of a rule."""
    from infralint.text.quantity import ORDERED

    return ORDERED[what].read(text)


def show(value: Any) -> str:
    """A value in a message: lists read "`a`, `b` and `c`", long ones "`a`, `b` and 9 more", long texts are cut."""
    if value is None:
        return "nothing"
    if isinstance(value, (list, tuple)):
        named = value if len(value) <= MAX_LISTED else value[: MAX_LISTED - 1]
        parts = [text if "`" in (text := show(item)) else f"`{text}`" for item in named]
        if len(named) < len(value):
            parts.append(f"{len(value) - len(named)} more")
        return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]])) if parts else "nothing"
    text = str(value)
    if "\n" in text:
        text = text.split("\n", 1)[0] + " …"
    return text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…"


def get(value: Any, name: str) -> Any:
    """An attribute of what may be absent: of an absent thing nothing is known."""
    return UNKNOWN if value is None else getattr(value, name)


def ask(method: Any, *arguments: Any) -> Any:
    """A question whose arguments may be missing: then the answer is unknown."""
    if any(argument is None or argument is UNKNOWN for argument in arguments):
        return UNKNOWN
    return method(*arguments)


def ask_any(value: Any, name: str) -> Any:
    """An attribute of a value that the vocabulary does not know: only what its class calls a fact."""
    if value is None or value is UNKNOWN:
        return UNKNOWN
    from infralint.model.element import fact

    for cls in type(value).__mro__:
        member = vars(cls).get(name)
        if type(member) is fact or isinstance(member, property):
            return getattr(value, name)
    return UNKNOWN


def first(*choices: Callable[[], Any]) -> Any:
    """The first of several that is present and known."""
    value = None
    for choice in choices:
        value = choice()
        if known(value):
            return value
    return value
