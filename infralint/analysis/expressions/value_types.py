"""The types of values in expressions: any, null, boolean, number, string, array, object."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from infralint.text.record import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Payload(NamedTuple):
    """Where an object comes from: the events that start the workflow, and whether it is all that they send."""

    events: tuple[str, ...]
    is_whole: bool


class Type:
    """any, null, boolean, number, string, array (of `item`) or object.

    An object has `properties` (names in lower case) and, for all other names, the type `other`; None closes it.
    `missing` is what to say of a name that a closed object has not, with `{name}` in it. Of `payload` it is part of what
    an event sends, and then may not be there at all.
    """

    __slots__ = ("is_filtered", "item", "kind", "missing", "other", "payload", "properties")

    def __init__(
        self,
        kind: str,
        properties: Mapping[str, Type] | None = None,
        other: Type | None = None,
        item: Type | None = None,
        missing: str = "",
        payload: Payload | None = None,
    ) -> None:
        self.kind = kind
        self.properties = properties if properties is not None else {}
        self.other = other
        self.item = item
        self.missing = missing
        self.payload = payload
        self.is_filtered = False

    def __repr__(self) -> str:
        if self.kind == "array":
            return f"array of {self.item!r}"
        if isinstance(self.properties, Lazy):
            return "object {...}"
        inner = ", ".join(f"{name}: {kind!r}" for name, kind in self.properties.items())
        return self.kind + (f" {{{inner}{'' if self.other is None else ' ...'}}}" if self.kind == "object" else "")


class Lazy(Mapping[str, Type]):
    """Properties that are looked up the first time that one is asked for."""

    __slots__ = ("_found", "_load")

    def __init__(self, load: Callable[[], Mapping[str, Type]]) -> None:
        self._load = load
        self._found: Mapping[str, Type] | None = None

    @property
    def found(self) -> Mapping[str, Type]:
        if self._found is None:
            self._found = self._load()
        return self._found

    def __getitem__(self, name: str) -> Type:
        return self.found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)


ANY = Type("any")
NULL = Type("null")
BOOLEAN = Type("boolean")
NUMBER = Type("number")
STRING = Type("string")
OPEN = Type("object", other=ANY)


def array(item: Type = ANY) -> Type:
    """An array of one type of item."""
    return Type("array", item=item)


def closed(properties: Mapping[str, Type], missing: str = "") -> Type:
    """An object with exactly these properties."""
    return Type("object", {name.lower(): kind for name, kind in properties.items()}, missing=missing)


def mapping(other: Type, properties: Mapping[str, Type] | None = None) -> Type:
    """An object with any property of one type, and perhaps some known ones."""
    return Type("object", {name.lower(): kind for name, kind in (properties or {}).items()}, other)


def merge(types: Iterable[Type]) -> Type:
    """The type of a value that is one of several: the same kind stays, objects unite, the rest is ANY."""
    result: Type | None = None
    for kind in types:
        if result is None or result is kind:
            result = kind
        elif result.kind != kind.kind:
            return ANY
        elif kind.kind == "array":
            result = array(merge((result.item or ANY, kind.item or ANY)))
        elif kind.kind == "object":
            if isinstance(result.properties, Lazy) or isinstance(kind.properties, Lazy):
                return OPEN
            names = dict(result.properties)
            for name, value in kind.properties.items():
                names[name] = merge((names[name], value)) if name in names else value
            others = [other for other in (result.other, kind.other) if other is not None]
            result = Type("object", names, merge(others) if others else None, missing=result.missing)
    return result or ANY


def type_of(value: Any, depth: int = 20) -> Type:
    """The type of a plain value, as JSON or YAML give it."""
    if value is None:
        return NULL
    if isinstance(value, bool):
        return BOOLEAN
    if isinstance(value, int | float):
        return NUMBER
    if isinstance(value, str):
        return STRING
    if depth and isinstance(value, list):
        return array(merge(type_of(item, depth - 1) for item in value[:200]))
    if depth and isinstance(value, dict):
        return closed({str(name): type_of(item, depth - 1) for name, item in value.items()})
    return ANY
