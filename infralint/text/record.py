"""Named tuples that cost little to define: `typing.NamedTuple` compiles every annotation when its module is loaded.

A class is written as with `typing.NamedTuple`, for which type checkers take it, and behaves like it.
"""

from __future__ import annotations

from _collections import _tuplegetter  # type: ignore[import-not-found]
from functools import cache
from types import FunctionType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NamedTuple

__all__ = ["NamedTuple"]


@cache
def _constructor(count: int) -> Any:
    """The function that makes a tuple of so many values."""
    names = ", ".join(f"_{number}" for number in range(count))
    space: dict[str, Any] = {"make": tuple.__new__}
    exec(f"def __new__(_cls, {names}): return make(_cls, ({names},))", space)
    return space["__new__"]


def _new(names: tuple[str, ...], defaults: tuple[Any, ...]) -> FunctionType:
    """`__new__` of a class: the constructor of its length, with the fields as names of the parameters."""
    made = _constructor(len(names))
    code = made.__code__.replace(co_varnames=("_cls", *names))
    return FunctionType(code, made.__globals__, "__new__", defaults)


def _getter(place: int) -> Any:
    return _tuplegetter(place, f"Alias for field number {place}")


def _replace(self: Any, /, **values: Any) -> Any:
    """A copy with other values in some fields."""
    made = self._make(map(values.pop, self._fields, self))
    if values:
        raise ValueError(f"Got unexpected field names: {list(values)!r}")
    return made


def _make(cls: Any, values: Any) -> Any:
    """One from a series of values. Raises TypeError where their number is wrong."""
    made = tuple.__new__(cls, values)
    if len(made) != len(cls._fields):
        raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
    return made


def _asdict(self: Any) -> dict[str, Any]:
    """The fields by name."""
    return dict(zip(self._fields, self, strict=True))


def _repr(self: Any) -> str:
    fields = ", ".join(f"{name}={value!r}" for name, value in zip(self._fields, self, strict=True))
    return f"{type(self).__name__}({fields})"


def _as_arguments(self: Any) -> tuple[Any, ...]:
    """What a copy or a pickle calls the class with."""
    return tuple(self)


class _Maker(type):
    """Makes a tuple class of what is annotated in a class body."""

    def __new__(cls, name: str, bases: tuple[type, ...], space: dict[str, Any]) -> Any:
        if not bases:
            return super().__new__(cls, name, bases, space)
        names = tuple(space["__annotations__"])
        defaults = {name: space[name] for name in names if name in space}
        if tuple(defaults) != names[len(names) - len(defaults) :]:
            raise TypeError(f"{name}: a field without a default follows one that has one")
        own = {
            "__slots__": (), "_fields": names, "_field_defaults": defaults, "__match_args__": names,
            "__new__": _new(names, tuple(defaults.values())), "_make": classmethod(_make), "_replace": _replace,
            "_asdict": _asdict, "__repr__": _repr, "__getnewargs__": _as_arguments,
        }  # fmt: skip
        return type(name, (tuple,), own | space | {name: _getter(place) for place, name in enumerate(names)})


if not TYPE_CHECKING:

    class NamedTuple(metaclass=_Maker):
        """The base that is named in a class statement; the class made of it derives from `tuple` alone."""
