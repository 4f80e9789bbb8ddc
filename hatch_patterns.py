"""Prepare the program's regular expressions, so that an installed infralint need not compile them.

They are those that its modules ask for when they are loaded, those that a call with constants asks for, and those that are
made of tables. What is missed, and all of them under another Python, is compiled when it is needed.
"""

from __future__ import annotations

import _sre  # type: ignore[import-not-found]
import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from types import FunctionType, ModuleType
from typing import Any


def prepared() -> bytes:
    """The file of prepared patterns."""
    import infralint
    from infralint.text import regex

    asked: set[tuple[str, int]] = set()
    for module in list(_modules(infralint)):
        asked |= set(_written(module))
    _ask_tables()
    asked |= {(pattern, flags) for pattern, flags in regex.kept() if isinstance(pattern, str)}
    return regex.written({key: row for key in asked if (row := arguments(*key)) is not None})


def arguments(pattern: str, flags: int) -> tuple[Any, ...] | None:
    """What `re` calls `_sre.compile` with; None for a pattern that it refuses, or compiles to something else."""
    from re import _compiler, _parser  # type: ignore[attr-defined]

    try:
        wanted = re.compile(pattern, flags)
        tree = _parser.parse(pattern, flags)
        code = [int(word) for word in _compiler._code(tree, flags)]
    except (re.error, OverflowError, RecursionError):
        return None
    names: list[str | None] = [None] * tree.state.groups
    for name, number in tree.state.groupdict.items():
        names[number] = name
    row = (pattern, int(wanted.flags), code, tree.state.groups - 1, tree.state.groupdict, tuple(names))
    return row if _sre.compile(*row) == wanted else None


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    """The modules of the package; those that need what is not installed where it is built are left out."""
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.", onerror=lambda _: None):
        if not found.name.endswith("__main__"):
            try:
                yield importlib.import_module(found.name)
            except ImportError:
                continue


def _written(module: ModuleType) -> Iterator[tuple[str, int]]:
    """The patterns that a module's calls name by constants; of its own functions those that keep a pattern are called."""
    own = {
        name: made
        for name, made in vars(module).items()
        if isinstance(function := getattr(made, "__wrapped__", None), FunctionType)
        and "Pattern" in str(function.__annotations__.get("return"))
    }
    for made in own.values():
        if not inspect.signature(made).parameters:
            made()
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = ast.unparse(node.func)
        if name in own:
            _value(node, module)
        elif name.startswith("re."):
            pattern = _value(node.args[0], module)
            flags = [one.value for one in node.keywords if one.arg == "flags"]
            flags += [one for one in node.args[1:] if re.match(r"re\.[A-Z]", ast.unparse(one))]
            if isinstance(pattern, str):
                yield pattern, sum(_value(one, module) or 0 for one in flags)


def _value(node: ast.expr, module: ModuleType) -> Any:
    """What an expression of constants and of the module's names is worth; None where it needs more."""
    try:
        return eval(compile(ast.Expression(node), module.__name__, "eval"), vars(module))
    except Exception:  # noqa: BLE001 - needs what only a running function has
        return None


def _ask_tables() -> None:
    """Ask for the patterns that are made of tables and of the rules' headers."""
    from infralint.model import kinds
    from infralint.policy import catalogue
    from infralint.tables import document_topics, secret_commands, secret_contexts, secret_find, trees
    from infralint.tables.secret_formats import FORMATS
    from infralint.text import glob

    trees.lies_in("folder/file", trees.FIXTURES)
    for row in kinds.ROWS.values():
        kinds._any_of(row.shared_names)
    for rule_file in catalogue.read_rule_files(catalogue.rules_folder()):
        for pattern in (*rule_file.names("files"), *rule_file.names("not_files")):
            glob.compiled(pattern)
    for shape in sorted({shape for one in FORMATS for shape in one.shapes}):
        secret_find._pattern(shape)
        secret_find._whole(shape)
    for _, pattern in secret_commands.OPTIONS:
        secret_contexts._compiled(pattern)
    for topic in document_topics.TOPICS:
        for made in ("heading", "title", "name", "sentence"):
            getattr(document_topics, f"{made}_pattern")(topic)
