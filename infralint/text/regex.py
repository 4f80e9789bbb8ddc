"""Regular expressions that an installed infralint need not compile: the build prepares them for its own Python.

Offers what the program uses of `re`, under the same names. A pattern that was not prepared, or for another Python, is
compiled by `re`, which is loaded only then.
"""

from __future__ import annotations

import _sre  # type: ignore[import-not-found]
import marshal
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from re import (
        ASCII,
        DOTALL,
        IGNORECASE,
        MULTILINE,
        VERBOSE,
        A,
        I,
        M,
        Match,
        Pattern,
        RegexFlag,
        S,
        U,
        X,
        compile,  # noqa: A004 - the name that `re` gives it
        error,
        escape,
        findall,
        finditer,
        fullmatch,
        match,
        search,
        split,
        sub,
    )
    from typing import Any

__all__ = [
    "ASCII", "DOTALL", "IGNORECASE", "MULTILINE", "VERBOSE", "A", "I", "M", "Match", "Pattern", "RegexFlag", "S", "U", "X",
    "compile", "error", "escape", "findall", "finditer", "fullmatch", "match", "search", "split", "sub",
]  # fmt: skip

PREPARED = os.path.join(os.path.dirname(os.path.dirname(__file__)), "compiled", "patterns.bin")
"""Where the build leaves them."""
INTERPRETER = (sys.implementation.cache_tag, _sre.MAGIC, _sre.CODESIZE, sys.byteorder)
"""What compiled patterns are tied to."""
PLAIN = 2
"""The format of `marshal` whose bytes do not depend on what else is loaded: two builds give the same file."""
MAX_KEPT = 4096
"""Compiled patterns that are kept; some are made of a file's own text, so that a server would keep ever more."""

SIZE = 4
"""Bytes of the length in front of the list of places."""

_kept: dict[tuple[Any, int], Any] = {}
_prepared: dict[str, Any] = {}


def written(rows: dict[tuple[str, int], tuple[Any, ...]]) -> bytes:
    """The file of prepared patterns: where each stands, then of each the arguments of `_sre.compile`."""
    from array import array

    places: dict[int, dict[str, int]] = {}
    body = bytearray()
    for (pattern, flags), (_, meant, code, *groups) in sorted(rows.items()):
        places.setdefault(flags, {})[pattern] = len(body)
        body += marshal.dumps((meant, array("I", code).tobytes(), *groups), PLAIN)
    head = marshal.dumps((INTERPRETER, places), PLAIN)
    return len(head).to_bytes(SIZE, "little") + head + body


def load(data: bytes) -> bool:
    """Take the prepared patterns from now on; whether they are for this Python."""
    start = SIZE + int.from_bytes(data[:SIZE], "little")
    try:
        interpreter, places = marshal.loads(data[SIZE:start])
    except (ValueError, EOFError, TypeError):
        return False
    if interpreter != INTERPRETER:
        return False
    _prepared.update(places=places, body=memoryview(data)[start:])
    return True


def kept() -> list[tuple[Any, int]]:
    """The patterns that were asked for so far, with their flags."""
    return list(_kept)


def _new(pattern: Any, flags: int) -> Any:
    if "places" not in _prepared:
        _prepared["places"] = {}
        try:
            with open(PREPARED, "rb") as stream:
                load(stream.read())
        except OSError:  # a checkout
            pass
    place = _prepared["places"].get(flags, {}).get(pattern)
    if place is not None:
        meant, code, *groups = marshal.loads(_prepared["body"][place:])
        return _sre.compile(pattern, meant, memoryview(code).cast("I").tolist(), *groups)
    import re

    return re.compile(pattern, flags)


if not TYPE_CHECKING:
    A = ASCII = 256
    I = IGNORECASE = 2  # noqa: E741
    M = MULTILINE = 8
    S = DOTALL = 16
    U = 32
    X = VERBOSE = 64
    _SPECIAL = {code: "\\" + chr(code) for code in b"()[]{}?*+-|^$\\.&~# \t\n\r\v\f"}

    def compile(pattern, flags=0):
        """A compiled pattern."""
        known = _kept.get((pattern, flags))
        if known is None:
            if len(_kept) >= MAX_KEPT:
                _kept.clear()
            known = _kept[pattern, flags] = _new(pattern, flags)
        return known

    def escape(text):
        """A text as the pattern that matches it."""
        return text.translate(_SPECIAL)

    def match(pattern, text, flags=0):
        """The match at the beginning of a text; None if there is none."""
        return compile(pattern, flags).match(text)

    def fullmatch(pattern, text, flags=0):
        """The match of a whole text; None if it does not match."""
        return compile(pattern, flags).fullmatch(text)

    def search(pattern, text, flags=0):
        """The first match; None if there is none."""
        return compile(pattern, flags).search(text)

    def finditer(pattern, text, flags=0):
        """All matches, one after the other."""
        return compile(pattern, flags).finditer(text)

    def findall(pattern, text, flags=0):
        """What all matches hold."""
        return compile(pattern, flags).findall(text)

    def split(pattern, text, maxsplit=0, flags=0):
        """The parts between the matches."""
        return compile(pattern, flags).split(text, maxsplit)

    def sub(pattern, new, text, count=0, flags=0):
        """A text with something else in place of the matches."""
        return compile(pattern, flags).sub(new, text, count)

    def __getattr__(name):
        import re

        return getattr(re, name)
