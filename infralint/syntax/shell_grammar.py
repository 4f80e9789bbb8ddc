"""The parser of shell scripts, loaded when the first script is met."""

from __future__ import annotations

from functools import cache

from infralint.syntax.extension import extension

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from tree_sitter import Parser


@cache
def parser() -> Parser:
    """A parser of bash, one for the process; of both packages only the extensions, as queries are not asked."""
    library: Any = extension("tree_sitter", "_binding")
    bash: Any = extension("tree_sitter_bash", "_binding")
    if library is None or bash is None:
        import tree_sitter as library
        import tree_sitter_bash as bash

    return library.Parser(library.Language(bash.language()))  # type: ignore[no-any-return]
