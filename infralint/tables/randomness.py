"""Whether a text is random: no word, path, version or date. Used where a name or a place says what it would be."""

from __future__ import annotations

import itertools
import math

from infralint.text import regex as re

MAX_LOOKED_AT = 200
"""Characters of a value by which it is judged; more would tell no more."""
_COUNTED = frozenset(("1234", "5678", "abcd", "12345678", "0123", "4567"))
"""Parts by which a person fills in an identifier."""
_PAIRS = frozenset(
    [
        "ab",
        "ac",
        "ad",
        "ag",
        "ai",
        "al",
        "am",
        "an",
        "ap",
        "ar",
        "as",
        "at",
        "au",
        "ay",
        "ba",
        "be",
        "bi",
        "bl",
        "bo",
        "br",
        "bu",
        "ca",
        "cc",
        "ce",
        "ch",
        "ci",
        "ck",
        "cl",
        "co",
        "cr",
        "ct",
        "cu",
        "da",
        "de",
        "di",
        "do",
        "ds",
        "du",
        "ea",
        "eb",
        "ec",
        "ed",
        "ee",
        "ef",
        "eg",
        "el",
        "em",
        "en",
        "ep",
        "er",
        "es",
        "et",
        "ev",
        "ew",
        "ex",
        "ey",
        "fa",
        "fe",
        "ff",
        "fi",
        "fl",
        "fo",
        "ga",
        "ge",
        "gh",
        "gi",
        "go",
        "gr",
        "ha",
        "he",
        "hi",
        "ho",
        "ht",
        "ia",
        "ib",
        "ic",
        "id",
        "ie",
        "if",
        "ig",
        "il",
        "im",
        "in",
        "io",
        "ip",
        "ir",
        "is",
        "it",
        "iv",
        "iz",
        "ke",
        "ki",
        "la",
        "ld",
        "le",
        "li",
        "ll",
        "lo",
        "ls",
        "lt",
        "lu",
        "ly",
        "ma",
        "me",
        "mi",
        "mo",
        "mp",
        "ms",
        "na",
        "nc",
        "nd",
        "ne",
        "nf",
        "ng",
        "ni",
        "nn",
        "no",
        "ns",
        "nt",
        "nv",
        "oa",
        "ob",
        "oc",
        "od",
        "og",
        "ol",
        "om",
        "on",
        "oo",
        "op",
        "or",
        "os",
        "ot",
        "ou",
        "ov",
        "ow",
        "pa",
        "pe",
        "pi",
        "pl",
        "po",
        "pp",
        "pr",
        "ps",
        "pt",
        "pu",
        "qu",
        "ra",
        "rc",
        "rd",
        "re",
        "rg",
        "ri",
        "rk",
        "rm",
        "rn",
        "ro",
        "rr",
        "rs",
        "rt",
        "ru",
        "rv",
        "ry",
        "sa",
        "sc",
        "se",
        "sh",
        "si",
        "sl",
        "so",
        "sp",
        "ss",
        "st",
        "su",
        "ta",
        "tc",
        "te",
        "th",
        "ti",
        "tl",
        "to",
        "tr",
        "ts",
        "tt",
        "tu",
        "ty",
        "ua",
        "ub",
        "uc",
        "ue",
        "ui",
        "ul",
        "um",
        "un",
        "up",
        "ur",
        "us",
        "ut",
        "va",
        "ve",
        "vi",
        "wa",
        "we",
        "wi",
        "wo",
        "xp",
        "xt",
        "yp",
        "ys",
        "ze",
    ]
)
"""Two letters that follow each other in words: nine in ten of the pairs in documents, three in ten of random ones."""
_MOSTLY, _NEARLY_ALL = 0.6, 0.8
_FEW_PAIRS = 4


def entropy(text: str) -> float:
    """Shannon entropy in bits a character."""
    if not text:
        return 0.0
    size = len(text)
    return -sum(n / size * math.log2(n / size) for n in (text.count(char) for char in set(text)))


def reads_as_words(value: str) -> bool | None:
    """Whether the letters of a value follow each other as in words; None where too few stand side by side to tell."""
    pairs = [a + b for run in re.findall("[a-z]{2,}", value.lower()) for a, b in itertools.pairwise(run)]
    if len(pairs) < _FEW_PAIRS:
        return None
    return sum(pair in _PAIRS for pair in pairs) > len(pairs) * (_MOSTLY if len(pairs) >= 6 else _NEARLY_ALL)


def looks_random(value: str) -> bool:
    """Whether a value is no word, path, version or date: letters and digits change too often, and few repeat."""
    value = value[:MAX_LOOKED_AT]
    size = len(value)
    if size < 10 or value.isdigit():
        return False
    if re.match(r"v?\d+(?:\.\d+)+|\d{4}-\d\d-\d\d|(?:\d{1,3}\.){3}", value) or re.search(
        r"@[\w-]+\.[a-z]|://|\.\.|__", value
    ):
        return False
    if not _COUNTED.isdisjoint(re.split("[-_]", value.lower())):
        return False
    if re.fullmatch("[0-9a-fA-F-]{16,}", value):
        return entropy(value) >= 2.8
    clear = decoded(value)
    if clear is not None and clear != value:
        return looks_random(clear)
    runs = re.findall("[A-Z]?[a-z]+|[A-Z]+|[0-9]+", value)
    letters = [run for run in runs if run.isalpha()]
    if not letters or (len(letters) == len(runs) and size < 30):
        return False
    if entropy(value) < (3.0 if size < 20 else 3.4):
        return False
    known = sum(map(len, runs))
    if known < 0.8 * size:
        return False
    is_short = max(map(len, letters)) < max(6, size // 3) or size >= 60
    if is_short and known / len(runs) <= (2.4 if size < 20 else 2.9 if size < 24 else 3.5):
        return True
    return _is_mixed(value, len(runs))


def _is_mixed(value: str, runs: int) -> bool:
    """Whether digits stand among letters that form no words: small letters and digits, as some programs make them."""
    digits = re.findall("[0-9]+", value)
    if all(part.isalpha() or part.isdigit() for part in re.split("[-_]", value)):
        return False  # names and numbers that somebody has joined
    return (
        len(value) >= 12
        and runs >= 5
        and len(digits) >= 2
        and re.fullmatch(r"[A-Za-z0-9+/=_-]+", value) is not None
        and reads_as_words(value) is False
    )


def decoded(value: str) -> str | None:
    """What a value says in base64, where that is printable text of some length."""
    if len(value) < 8 or len(value) % 4 or not re.fullmatch("[A-Za-z0-9+/]+={0,2}", value):
        return None
    import base64

    clear = base64.b64decode(value)
    return (
        clear.decode("ascii").strip()
        if len(clear) >= 5 and clear.strip().isascii() and all(32 <= byte < 127 for byte in clear.strip())
        else None
    )


_NOTATION = re.compile(
    r"\(\)|->|=>|::|&&|\|\||\$[{(\[]|\{\{|\}\}|\{%|%\(|//|[a-zA-Z0-9]-[a-zA-Z0-9]\]|\\[dws][+*{\]]|\.[a-z]{2,6}(?:$|[/:?])|@[\w-]+\.[a-z]|"
    r"%[YmdHMS]-|\w\.\w+\(|\{\w+\}|<\w+>|%s"
)
"""What stands in code, patterns, formats, paths and addresses, and hardly in a password."""
_ONLY_JOINED = re.compile(r"[A-Za-z0-9._/+=-]+")


def is_random_password(value: str) -> bool:
    """Whether a value under a password's name is random, its symbols left out: `.x7Kp...`, `a8(Yq...`."""
    if not 12 <= len(value) <= MAX_LOOKED_AT or not value.isprintable() or " " in value or _NOTATION.search(value):
        return False
    if value.rstrip("=").isalnum() or decoded(value) is not None:
        return False  # base64 is judged by what it says
    core = "".join(char for char in value if char.isalnum())
    symbols = len(value) - len(core)
    if not symbols or symbols > len(value) // 2 or not core.isascii() or reads_as_words(value):
        return False
    if any(reads_as_words(run) for run in re.findall("[A-Z]?[a-z]{4,}|[A-Z]{5,}", value)):
        return False
    if value[0] == "/" and value.count("/") > 1:
        return False
    if len(core) >= 12 and looks_random(core):
        return True
    if _ONLY_JOINED.fullmatch(value) and symbols <= max(3, len(value) // 4):
        return False
    sorts = sum(any(sort(char) for char in core) for sort in (str.islower, str.isupper, str.isdigit))
    marks = len({char for char in value if not char.isalnum()})
    return len(core) >= 7 and (sorts == 3 or (sorts == 2 and marks >= 4)) and entropy(value) >= 3.2
