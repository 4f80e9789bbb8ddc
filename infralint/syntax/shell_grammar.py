"""The parser of shell scripts, loaded when the first script is met."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Parser


@cache
def parser() -> Parser:
    """A parser of bash, one for the process."""
    import tree_sitter

    return tree_sitter.Parser(tree_sitter.Language(_bash()))


def _bash() -> object:
    """The grammar, without its package's `__init__`, which loads much that only its queries need."""
    from importlib import machinery, util

    package = util.find_spec("tree_sitter_bash")
    folders = package.submodule_search_locations if package is not None else None
    spec = machinery.PathFinder.find_spec("tree_sitter_bash._binding", folders) if folders else None
    if spec is None or spec.loader is None:
        import tree_sitter_bash

        return tree_sitter_bash.language()
    binding = util.module_from_spec(spec)
    spec.loader.exec_module(binding)
    return binding.language()
