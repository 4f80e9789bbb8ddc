"""Fingerprints: ours, and the line hash by which GitHub follows an alert from commit to commit."""

from __future__ import annotations

from collections.abc import Container
from operator import mul
from sys import byteorder

from infralint.engine.report import fingerprints

__all__ = ["fingerprints", "line_hashes"]

WINDOW = 100
BASE = 37
MASK = (1 << 64) - 1
END = "\uffff"


def line_hashes(text: str, wanted: Container[int] | None = None) -> list[str]:
    """GitHub's `primaryLocationLineHash` of each line, exact: a hash and how often it occurred so far.

    `text` is the file decoded as UTF-8 with its BOM, what is malformed replaced by U+FFFD. `wanted` names the lines
    (from 1) to be hashed; the others are "".

    The hash is a polynomial over the 100 UTF-16 units from the line's first one on, blanks and the LF of a CRLF left
    out, the end of the text being one unit 0xFFFF and zeros. GitHub rolls it over the file; here equal windows are
    hashed once, and only where wanted.
    """
    kept = text.replace("\r\n", "\n").replace("\r", "\n").replace(" ", "").replace("\t", "") + END
    native = "utf-16-le" if byteorder == "little" else "utf-16-be"
    units = memoryview(kept.encode(native, "surrogatepass")).cast("H")
    wide = len(units) != len(kept)
    powers = [pow(BASE, exponent, 1 << 64) for exponent in range(WINDOW - 1, -1, -1)]
    hashes: list[str] = []
    known: dict[bytes, str] = {}
    counts: dict[bytes, int] = {}
    at = unit = 0
    while True:
        window = units[unit : unit + WINDOW]
        key = window.tobytes()
        count = counts[key] = counts.get(key, 0) + 1
        if wanted is None or len(hashes) + 1 in wanted:
            if key not in known:
                known[key] = f"{sum(map(mul, window, powers)) & MASK:x}"
            hashes.append(f"{known[key]}:{count}")
        else:
            hashes.append("")
        after = kept.find("\n", at) + 1
        if not after:
            return hashes
        unit += _units(kept[at:after]) if wide else after - at
        at = after


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
