"""The words that cards may use, read off the models: nouns, their attributes and what may be asked of them."""

from __future__ import annotations

import builtins
import difflib
import inspect
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from infralint.model.document import Noun
from infralint.model.element import fact
from infralint.text.source import Text
from infralint.text.unknown import Unknown


class Kind(NamedTuple):
    """What is known of a value before it is asked for: its classes, its items, and whether it may be missing."""

    classes: tuple[Any, ...] = ()
    item: Kind | None = None
    optional: bool = False
    unknown: bool = False

    @property
    def is_any(self) -> bool:
        return not self.classes and self.item is None

    def show(self) -> str:
        names = [cls.__name__.lower() for cls in self.classes]
        if self.item is not None:
            names.append(f"list of {self.item.show()}")
        names += ["absent"] * self.optional + ["unknown"] * self.unknown
        return " or ".join(names) or "anything"


ANY = Kind()
TEXT = Kind((str,))
BOOL = Kind((bool,))
NUMBER = Kind((int,))

TEXT_METHODS = {"startswith": BOOL, "endswith": BOOL, "lower": TEXT, "matches_glob": BOOL}


class Attribute(NamedTuple):
    """One thing that can be asked of a noun."""

    name: str
    kind: Kind
    doc: str
    takes: tuple[str, ...] | None
    """Parameter names of an askable method; None for a plain attribute."""


def kind_of(annotation: Any) -> Kind:
    """An annotation as a Kind."""
    if annotation is Any or annotation is inspect.Parameter.empty:
        return ANY
    if annotation is None or annotation is type(None):
        return Kind(optional=True)
    if annotation is Unknown:
        return Kind(unknown=True)
    origin = typing.get_origin(annotation)
    arguments = typing.get_args(annotation)
    if origin in (typing.Union, types.UnionType):
        parts = [kind_of(argument) for argument in arguments]
        solid = [part for part in parts if part.classes or part.item]
        if any(part == ANY for part in parts):
            return ANY
        return Kind(
            tuple(cls for part in solid for cls in part.classes),
            next((part.item for part in solid if part.item), None),
            any(part.optional for part in parts),
            any(part.unknown for part in parts),
        )
    if origin is not None:
        if isinstance(origin, type) and issubclass(origin, (list, tuple, set, frozenset, Iterable, Iterator, Sequence)):
            if issubclass(origin, dict):
                return Kind((), kind_of(arguments[0]))
            return Kind((), kind_of(arguments[0]) if arguments else ANY)
        return kind_of(origin)
    return Kind((annotation,)) if isinstance(annotation, type) else ANY


def _resolve(annotation: Any, module: str, names: dict[str, Any]) -> Any:
    if not isinstance(annotation, str):
        return annotation
    import sys

    try:
        return eval(annotation, {**names, **vars(typing), **vars(sys.modules[module])})  # our own source, not a card
    except NameError:
        return Any


def attributes(cls: type, names: dict[str, Any]) -> dict[str, Attribute]:
    """Everything cards may ask of a class: its facts, properties, annotated fields and askable methods."""
    found: dict[str, Attribute] = {}
    for base in reversed(cls.__mro__):
        if base.__module__ == "builtins":
            continue
        members = vars(base)
        for name, annotation in members.get("__annotations__", {}).items():
            if not name.startswith("_"):
                found[name] = Attribute(name, kind_of(_resolve(annotation, base.__module__, names)), "", None)
        for name, value in members.items():
            if name.startswith("_"):
                continue
            function: Callable[..., Any] | None = None
            takes: tuple[str, ...] | None = None
            if type(value) is fact:
                function = value.function  # type: ignore[attr-defined]
            elif isinstance(value, property):
                function = value.fget
            elif getattr(value, "askable", False):
                function = value
                takes = tuple(inspect.signature(value).parameters)[1:]
            if function is not None:
                returned = function.__annotations__.get("return", Any)
                kind = kind_of(_resolve(returned, base.__module__, names))
                found[name] = Attribute(name, kind, inspect.getdoc(function) or "", takes)
    for hidden in ("source", "start", "end", "pieces", "index", "parent", "stream", "node", "view", "neighbours"):
        found.pop(hidden, None)
    if issubclass(cls, str):
        for name, kind in TEXT_METHODS.items():
            found[name] = Attribute(name, kind, "of text", ("text",) if name != "lower" else ())
    return found


class Vocabulary:
    """Nouns by kind, and the attributes of every class they lead to."""

    def __init__(self, nouns: dict[str, dict[str, Noun]]) -> None:
        self.nouns = nouns
        self._names: dict[str, Any] = {"Text": Text}
        for words in nouns.values():
            for noun in words.values():
                self._names.setdefault(noun.type.__name__, noun.type)
        self._attributes: dict[type, dict[str, Attribute]] = {}

    def noun(self, each: str) -> tuple[str, str, Noun]:
        """`dockerfile.stage` (or a noun that all kinds share) as kind, name and noun; LookupError says what is near."""
        kind, dot, name = each.partition(".")
        if not dot:
            kind, name = "any", each
        if kind not in self.nouns:
            raise LookupError(f"there is no kind {kind!r}{near(kind, self.nouns)}")
        if name not in self.nouns[kind]:
            raise LookupError(f"{kind} has no noun {name!r}{near(name, self.nouns[kind])}")
        return kind, name, self.nouns[kind][name]

    def classes(self) -> list[type]:
        """Every class that has been asked of so far."""
        return list(self._attributes)

    def of(self, cls: type) -> dict[str, Attribute]:
        """What may be asked of a class."""
        if cls not in self._attributes:
            base = str if cls in (str, Text) else cls
            if base in (bool, int, float):
                self._attributes[cls] = {}
            elif cls is str:
                self._attributes[cls] = {
                    name: Attribute(name, kind, "of text", ("text",) if name != "lower" else ())
                    for name, kind in TEXT_METHODS.items()
                }
            else:
                self._attributes[cls] = attributes(cls, self._names)
        return self._attributes[cls]


def near(name: str, names: Iterable[str]) -> str:
    """A hint at the nearest known name, or nothing."""
    close = difflib.get_close_matches(name, list(names), 1, 0.6)
    return f"; did you mean {close[0]!r}?" if close else ""


def load() -> Vocabulary:
    """The vocabulary of every installed model."""
    from infralint.model import kinds

    return Vocabulary(kinds.nouns())


BUILTIN_NAMES = frozenset(vars(builtins))
