"""The reader of YAML events: PyYAML's C parser, in a program's own process without the rest of the package.

The package takes longer to import than a small file takes to judge, and of it only the C extension and the classes of
events are needed. Its other modules the extension asks for its exceptions alone, which stand-ins offer.
"""

from __future__ import annotations

import sys
from types import ModuleType

from infralint.text.record import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MARKED = ("scanner", "parser", "composer", "constructor")
"""Modules whose exception holds the place of the fault."""
UNMARKED = ("reader", "emitter", "serializer", "representer", "resolver")


class Reader(NamedTuple):
    """How a text is opened, the exception for what cannot be read, and the classes of the events."""

    open: Any
    error: Any
    scalar: type
    mapping: type
    mapping_end: type
    sequence: type
    sequence_end: type
    alias: type
    document: type
    end: type
    is_c: bool


_loaded: dict[str, Any] = {"alone": False, "reader": None}


def load_alone() -> None:
    """Say that this process is a program of ours, in which nobody else needs PyYAML's C parser."""
    _loaded["alone"] = True


def reader() -> Reader:
    """The event reader of this process: the C one, or the slower one in Python where PyYAML was built without."""
    if _loaded["reader"] is None:
        is_free = _loaded["alone"] and "yaml" not in sys.modules
        _loaded["reader"] = (_extension() if is_free else None) or whole()
    return _loaded["reader"]  # type: ignore[no-any-return]


def whole() -> Reader:
    """The event reader of the whole package."""
    import yaml

    fast = getattr(yaml, "CSafeLoader", None)
    return _reader(fast or yaml.SafeLoader, yaml.YAMLError, yaml.events, fast is not None)


def _reader(opener: Any, error: Any, events: Any, is_c: bool) -> Reader:
    return Reader(
        opener, error, events.ScalarEvent, events.MappingStartEvent, events.MappingEndEvent, events.SequenceStartEvent,
        events.SequenceEndEvent, events.AliasEvent, events.DocumentStartEvent, events.StreamEndEvent, is_c,
    )  # fmt: skip


def _extension() -> Reader | None:
    """The event reader of the C extension alone; None where it is not there, or needs more than it is given."""
    from importlib import import_module
    from importlib.machinery import ExtensionFileLoader, PathFinder

    package = PathFinder.find_spec("yaml")
    folders = package.submodule_search_locations if package is not None else None
    spec = PathFinder.find_spec("yaml._yaml", folders) if folders else None
    if spec is None or not isinstance(spec.loader, ExtensionFileLoader):
        return None
    stand_in = ModuleType("yaml")
    stand_in.__path__ = list(folders or ())
    sys.modules["yaml"] = stand_in
    try:
        error, events, _, _ = (import_module(f"yaml.{name}") for name in ("error", "events", "nodes", "tokens"))
        for name in (*MARKED, *UNMARKED):
            base = error.MarkedYAMLError if name in MARKED else error.YAMLError
            _stand_in(stand_in, name, base)
        module = spec.loader.create_module(spec)
        spec.loader.exec_module(module)
        return _reader(module.CParser, error.YAMLError, events, True)
    except (ImportError, AttributeError, TypeError):  # another layout than that of PyYAML 6
        return None
    finally:  # whoever imports `yaml` later gets the real package
        for name in [name for name in sys.modules if name == "yaml" or name.startswith("yaml.")]:
            del sys.modules[name]


def _stand_in(package: ModuleType, name: str, base: type) -> None:
    """A module of the package that holds its exception and nothing else."""
    module = ModuleType(f"yaml.{name}")
    title = f"{name.capitalize()}Error"
    members = {} if name != "reader" else {"__init__": _take_place}
    setattr(module, title, type(title, (base,), members))
    setattr(package, name, module)
    sys.modules[module.__name__] = module


def _take_place(self: Any, name: object, position: int, character: int, encoding: str, reason: str) -> None:
    """What `yaml.reader.ReaderError` keeps of a character that YAML does not allow."""
    self.name, self.position, self.character, self.encoding, self.reason = name, position, character, encoding, reason
