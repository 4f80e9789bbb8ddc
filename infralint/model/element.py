"""Elements: the values of a model. Each knows its source and its span, and remembers its facts."""

from __future__ import annotations

from collections.abc import Callable

from infralint.text.source import Located, Source
from infralint.text.unknown import UNKNOWN, Truth, Unknown

__all__ = [
    "NEAR",
    "UNKNOWN",
    "Element",
    "Flag",
    "Number",
    "Truth",
    "Unknown",
    "askable",
    "fact",
    "fact_of",
    "noun_of",
    "remembered",
    "span_union",
]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from functools import cached_property as fact
    from typing import Any, TypeVar

    T = TypeVar("T")
    S = TypeVar("S")
    F = TypeVar("F", bound=Callable[..., Any])
else:

    class fact:  # noqa: N801 - reads as a decorator
        """A typed, documented attribute of an element, worked out once, that rules may ask for."""

        def __init__(self, function):
            self.function = function
            self.name = function.__name__
            self.__doc__ = function.__doc__

        def __get__(self, instance, owner=None):
            if instance is None:
                return self
            value = instance.__dict__[self.name] = self.function(instance)
            return value


def askable(method: F) -> F:
    """Mark a method that rules may call; its arguments are literals, params or other facts."""
    method.askable = True  # type: ignore[attr-defined]
    return method


def fact_of(
    *classes: type, name: str = "", every: Callable[[frozenset[str]], list[str]] | None = None
) -> Callable[[F], F]:
    """Mark a function as a fact of one or several classes of nouns: rules ask it as if it were an attribute.

    The first parameter is the noun. Without further parameters the answer is worked out once per noun; with further
    ones rules call it like a method. `name` is what rules call it where the function's own name is taken. `every`
    lists all names that it may give in a `same_as`, for the texts with which a rule's `when` compares.
    """

    def mark(function: F) -> F:
        made: Any = function
        if function.__code__.co_argcount == 1 and not function.__code__.co_flags & _TAKES_MORE:
            made = remembered(function)
        made.about = classes
        made.every = every
        made.fact_name = name or function.__name__
        return made  # type: ignore[no-any-return]

    return mark


_TAKES_MORE = 0x04
"""The flag of code objects that take `*arguments`."""


def remembered(function: Callable[[S], T]) -> Callable[[S], T]:
    """Work a function of one noun or document out once for each: its answer stays with the noun."""
    key = f"{function.__module__}.{function.__qualname__}"

    def answer(noun: Any) -> T:
        kept = noun.__dict__
        if key not in kept:
            kept[key] = function(noun)
        return kept[key]  # type: ignore[no-any-return]

    answer.__name__, answer.__qualname__ = function.__name__, function.__qualname__
    answer.__doc__, answer.__module__ = function.__doc__, function.__module__
    answer.__annotations__ = function.__annotations__
    return answer


def noun_of(document: type, name: str) -> Callable[[F], F]:
    """Mark a function that lists the nouns of a name in a document, where only an analysis can find them."""

    def mark(function: F) -> F:
        function.noun = (document, name)  # type: ignore[attr-defined]
        return function

    return mark


class Element:
    """A value of a model with its span in a file."""

    __slots__ = ("__dict__", "end", "source", "start")

    def __init__(self, source: Source, start: int, end: int) -> None:
        self.source = source
        self.start = start
        self.end = end

    @property
    def raw(self) -> str:
        """What the file holds there."""
        return self.source.text[self.start : self.end]

    def __str__(self) -> str:
        return self.raw

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.source.path}:{self.source.line_of(self.start)} {self.raw[:40]!r}>"


NEAR = 12
"""Lines that the span of several values may take; a longer one would hide them."""


def span_union(first: Located, second: Located) -> Element:
    """Both, with what lies between; the second alone where that is more than NEAR lines."""
    source = second.source
    start, end = min(first.start, second.start), max(first.end, second.end)
    if source.line_of(max(end - 1, start)) - source.line_of(start) >= NEAR:
        start, end = second.start, second.end
    return Element(source, start, end)


class Flag(Element):
    """A boolean that is written somewhere."""

    __slots__ = ("value",)

    def __init__(self, value: bool, source: Source, start: int, end: int) -> None:
        super().__init__(source, start, end)
        self.value = value

    def __bool__(self) -> bool:
        return self.value

    def __eq__(self, other: object) -> bool:
        return self.value == (other.value if isinstance(other, Flag) else other)

    def __hash__(self) -> int:
        return hash(self.value)

    def __str__(self) -> str:
        return "true" if self.value else "false"


class Number(int):
    """An integer that is written somewhere."""

    source: Source
    start: int
    end: int

    def __new__(cls, value: int, source: Source, start: int, end: int) -> Number:
        self = int.__new__(cls, value)
        self.source = source
        self.start = start
        self.end = end
        return self
