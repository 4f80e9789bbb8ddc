"""The words that rules may use, read off the models: nouns, their attributes and what may be asked of them."""

from __future__ import annotations

import ast
import builtins
import difflib
import functools
import inspect
import pkgutil
import sys
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from typing import Any

from infralint.model.document import Noun
from infralint.model.element import fact
from infralint.text.record import NamedTuple
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

TEXT_METHODS = {"startswith": BOOL, "endswith": BOOL, "lower": TEXT, "upper": TEXT, "matches_glob": BOOL}


class Attribute(NamedTuple):
    """One thing that can be asked of a noun."""

    name: str
    kind: Kind
    doc: str
    takes: tuple[str, ...] | None
    """Parameter names of an askable method; None for a plain attribute."""
    home: str = ""
    """`module:function` of a fact that stands outside of the class."""
    accepts: tuple[Kind, ...] = ()
    """What each parameter takes."""
    takes_any: bool = False
    """Whether the last parameter takes any number of arguments."""

    def takes_kind(self, number: int, kind: Kind) -> bool:
        """Whether a value of that kind may be the argument at a place; True where either is not known."""
        wanted = self.accepts[min(number, len(self.accepts) - 1)] if self.accepts else ANY
        if wanted.is_any or kind.is_any or (not kind.classes and kind.item is None):
            return True
        if kind.item is not None and wanted.item is not None:
            return True
        protocols = any(getattr(cls, "_is_protocol", False) for cls in wanted.classes)
        return protocols or any(issubclass(cls, other) for cls in kind.classes for other in wanted.classes)


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


@functools.cache
def _imports(module: str) -> dict[str, tuple[str, str]]:
    """The names that a module imports, also those for the type checker alone: name to (module, name there)."""
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {
        alias.asname or alias.name: (node.module, alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }


class _Names(dict[str, Any]):
    """The names that annotations of a module mean."""

    def __init__(self, module: str) -> None:
        super().__init__({**vars(typing), **vars(sys.modules[module])})
        self._module = module

    def __missing__(self, name: str) -> Any:
        if name not in (known := _imports(self._module)):
            raise KeyError(name)
        home, there = known[name]
        return getattr(import_module(home), there)


def joined(one: Kind, other: Kind) -> Kind:
    """What is known of a value that is one of two."""
    if one.classes == other.classes and one.item == other.item:
        return Kind(one.classes, one.item, one.optional or other.optional, one.unknown or other.unknown)
    return ANY


def _resolve(annotation: Any, module: str) -> Any:
    if not isinstance(annotation, str):
        return annotation
    return eval(annotation, {}, _Names(module))  # our own source, not a rule


HIDDEN = frozenset(
    {"source", "start", "end", "pieces", "index", "file", "route", "node", "stream", "view", "neighbours"}
)
"""Where an element stands and what it was read from: rules point at elements, they do not count characters."""


def _asked_of(function: Callable[..., Any], name: str, *, home: str = "", called: bool = False) -> Attribute:
    """What a function answers, as an attribute of the noun that is its first parameter."""
    kind = kind_of(_resolve(function.__annotations__.get("return", Any), function.__module__))
    parameters = list(inspect.signature(function).parameters.values())[1:]
    takes = tuple(parameter.name for parameter in parameters) if called or parameters else None
    takes_any = any(parameter.kind is inspect.Parameter.VAR_POSITIONAL for parameter in parameters)
    accepts = tuple(
        ANY if parameter.annotation is parameter.empty else kind_of(_resolve(parameter.annotation, function.__module__))
        for parameter in parameters
    )
    return Attribute(name, kind, inspect.getdoc(function) or "", takes, home, accepts, takes_any)


def attributes(cls: type, outside: Iterable[Any] = ()) -> dict[str, Attribute]:
    """Everything that rules may ask of a class: its facts, properties, annotated fields, askable methods, and `outside` facts."""
    found: dict[str, Attribute] = {}
    for base in reversed(cls.__mro__):
        if base.__module__ == "builtins":
            continue
        members = vars(base)
        for name, annotation in members.get("__annotations__", {}).items():
            if not name.startswith("_") and name not in HIDDEN and "ClassVar" not in str(annotation):
                found[name] = Attribute(name, kind_of(_resolve(annotation, base.__module__)), "", None)
        for name, value in members.items():
            if name.startswith("_"):
                continue
            if type(value) is fact:
                found[name] = _asked_of(value.function, name)  # type: ignore[attr-defined]
            elif isinstance(value, property) and value.fget is not None and name not in HIDDEN:
                found[name] = _asked_of(value.fget, name)
            elif getattr(value, "askable", False):
                found[name] = _asked_of(value, name, called=True)
        for function in outside:
            if base in function.about:
                home = f"{function.__module__}:{function.__name__}"
                found[function.fact_name] = _asked_of(function, function.fact_name, home=home)
    if issubclass(cls, str):
        found |= _text_methods()
    return found


def _text_methods() -> dict[str, Attribute]:
    return {
        name: Attribute(name, kind, "of text", ("text",) if name not in ("lower", "upper") else ())
        for name, kind in TEXT_METHODS.items()
    }


class Vocabulary:
    """Nouns by kind, and the attributes of every class they lead to."""

    def __init__(self, nouns: dict[str, dict[str, Noun]], facts: Iterable[Any] = ()) -> None:
        self.nouns = nouns
        self.facts = list(facts)
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
            if cls in (bool, int, float):
                self._attributes[cls] = {}
            elif cls in (str, Text):
                self._attributes[cls] = _text_methods()
            else:
                self._attributes[cls] = attributes(cls, self.facts)
        return self._attributes[cls]


def near(name: str, names: Iterable[str]) -> str:
    """A hint at the nearest known name, or nothing."""
    close = difflib.get_close_matches(name, list(names), 1, 0.6)
    return f"; did you mean {close[0]!r}?" if close else ""


def load() -> Vocabulary:
    """The vocabulary of every installed model and analysis."""
    from infralint.model import kinds

    nouns = {kind: dict(words) for kind, words in kinds.nouns().items()}
    functions = list(_outside())
    for function in functions:
        if hasattr(function, "noun"):
            document, name = function.noun
            home = f"{function.__module__}:{function.__name__}"
            item = kind_of(_resolve(function.__annotations__["return"], function.__module__)).item or ANY
            noun = Noun(item.classes[0], function, home)
            for kind in [*kinds.kinds_of(document), *(["any"] if name in kinds.SHARED else [])]:
                nouns[kind][name] = noun
    return Vocabulary(nouns, [function for function in functions if hasattr(function, "about")])


def _outside() -> Iterator[Any]:
    """The functions of the rooms above the models that are marked as facts or list nouns."""
    for room in ROOMS:
        package = import_module(room)
        for found in pkgutil.walk_packages(package.__path__, f"{room}."):
            for function in vars(import_module(found.name)).values():
                marked = hasattr(function, "about") or hasattr(function, "noun")
                if marked and inspect.isfunction(function) and function.__module__ == found.name:
                    yield function


ROOMS = ("infralint.analysis", "infralint.fixes")
"""The packages in which facts stand."""

BUILTIN_NAMES = frozenset(vars(builtins))
