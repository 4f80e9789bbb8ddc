"""Shapes of credentials: one short notation from which the pattern, the keyword and made-up samples come.

A shape is literal text with runs in it: `ghp_<a:30><crc:6>` is `ghp_`, thirty letters or digits and six more that
a checksum gives. `<h:24-32>` is a run of any length between; a blank separates shapes of the same credential.
"""

from __future__ import annotations

from functools import cache

from infralint.text import regex as re
from infralint.text.record import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from random import Random

_LOWER, _UPPER, _DIGITS = "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"
ALPHABETS = {
    "d": ("0-9", _DIGITS),
    "h": ("0-9a-f", _DIGITS + "abcdef"),
    "H": ("0-9A-Fa-f", _DIGITS + "abcdef"),
    "l": ("A-Za-z", _LOWER + _UPPER),
    "x": ("0-9a-z", _DIGITS + _LOWER),
    "U": ("0-9A-Z", _DIGITS + _UPPER),
    "A2": ("A-Z2-7", _UPPER + "234567"),
    "a": ("0-9A-Za-z", _DIGITS + _LOWER + _UPPER),
    "crc": ("0-9A-Za-z", _DIGITS + _LOWER + _UPPER),
    "w": ("0-9A-Za-z_", _DIGITS + _LOWER + _UPPER + "_"),
    "s": ("0-9A-Za-z_-", _DIGITS + _LOWER + _UPPER + "_"),
    "S": ("0-9A-Za-z_.-", _DIGITS + _LOWER + _UPPER + "_"),
    "e": ("0-9A-Za-z_=-", _DIGITS + _LOWER + _UPPER + "_"),
    "E": ("0-9A-Za-z_=.-", _DIGITS + _LOWER + _UPPER + "_"),
    "b": ("0-9A-Za-z+/", _DIGITS + _LOWER + _UPPER + "+/"),
    "B": ("0-9A-Za-z+/_=-", _DIGITS + _LOWER + _UPPER + "+/"),
    "z": ("0-9A-Za-z_.~-", _DIGITS + _LOWER + _UPPER),
    "p": ("0-9A-Za-z%", _DIGITS + _LOWER + _UPPER),
    "Q": ("02-9AC-HJ-NP-Z", "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L"),
}  # fmt: skip
"""Name to (the class of characters, the characters that a sample is made of)."""

_UUID = "<H:8>-<H:4>-<H:4>-<H:4>-<H:12>"


class Part(NamedTuple):
    """A piece of a shape: literal text, or a run of an alphabet from `low` to `high` characters long."""

    text: str
    alphabet: str
    low: int
    high: int


@cache
def parts(shape: str) -> tuple[Part, ...]:
    """A single shape in pieces."""
    shape = shape.replace("<uuid>", _UUID)
    found: list[Part] = []
    at = 0
    for match in re.finditer(r"<(\w+):(\d+)(?:-(\d+))?>", shape):
        if match.start() > at:
            found.append(Part(shape[at : match.start()], "", 0, 0))
        low = int(match[2])
        found.append(Part("", match[1], low, int(match[3] or low)))
        at = match.end()
    if at < len(shape):
        found.append(Part(shape[at:], "", 0, 0))
    return tuple(found)


def keyword(shape: str) -> tuple[str, int]:
    """The literal that must occur before the shape is looked for, and how many characters lie before it (-1: unknown)."""
    head = shape.partition("<")[0]
    if len(head) >= 2:  # nearly every shape: all are asked at start-up, so it is not read as a whole
        return head, 0
    longest = max((piece.text for piece in parts(shape)), key=len, default="")
    return longest, -1


def expression(shape: str) -> str:
    """The shape as a regular expression, without guards at its ends."""
    out = []
    for piece in parts(shape):
        if piece.text:
            out.append(re.escape(piece.text))
        else:
            count = str(piece.low) if piece.low == piece.high else f"{piece.low},{piece.high}"
            out.append(f"[{ALPHABETS[piece.alphabet][0]}]{{{count}}}")
    return "".join(out)


def without_literals(shape: str, value: str) -> str:
    """A value without the literal text of its shape, which may repeat a letter on purpose."""
    for piece in parts(shape):
        if piece.text:
            value = value.replace(piece.text, "", 1)
    return value


def spell(shape: str, chance: Random) -> str:
    """A made-up text of the shape."""
    out = []
    for piece in parts(shape):
        if piece.text:
            out.append(piece.text)
        else:
            letters = ALPHABETS[piece.alphabet][1]
            out.append("".join(chance.choice(letters) for _ in range(chance.randint(piece.low, piece.high))))
    return "".join(out)


_BASE62 = _DIGITS + _UPPER + _LOWER


def crc_digits(text: str, count: int) -> str:
    """The CRC-32 of a text in base 62, zeros in front: what GitHub and npm put at the end of a token.

    Source: https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/
    """
    import zlib

    number, out = zlib.crc32(text.encode("ascii", "replace")), ""
    while number:
        number, digit = divmod(number, 62)
        out = _BASE62[digit] + out
    return out.rjust(count, "0")[-count:]


def holds_checksum(value: str) -> bool:
    """Whether the last six characters of a token are the checksum of those behind its prefix."""
    _, _, body = value.partition("_")
    return crc_digits(body[:-6], 6) == body[-6:]
