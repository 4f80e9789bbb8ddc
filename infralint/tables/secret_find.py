"""Finds credentials in a text: by their format, or by their name and their look together.

One pass over the text gives its long unbroken words, and the keywords of all formats are looked for in those alone;
a second gives what is assigned to a name. A pattern is compiled when its keyword has occurred.
"""

from __future__ import annotations

from functools import cache, lru_cache

from infralint.tables import randomness, secret_names, secret_shapes, secrets
from infralint.tables.secret_formats import BY_NAME, FORMATS, Format
from infralint.tables.secret_surroundings import goes_on, is_told_apart, pair_of
from infralint.text import regex as re
from infralint.text.record import NamedTuple

MAX_FOUND = 2000
"""So many credentials of a file are told apart; what holds more is no config."""

_WORDS = re.compile(r"[A-Za-z0-9_+/=.~@%:|$-]{14,}")
_ASSIGNED = re.compile(
    r"(?:[=:>]{1,4}|[\"'][ \t]?,)[ \t]*@?\\?[\"'`]{0,3}"
    r"(?:([^\s\"'`,;<>(){}\[\]\\&?#]{8,1000})|(?=([^\s\"'`]{12}|(?<=[\"'`])[^\s]{12})))"
)
"""What is assigned: in group 1 without the marks that may end it; in group 2 the beginning of what has one early."""
_SPELLED = re.compile(r"[^\s\"'`]{12,200}")
_TRAILING = ",;)]}:."
_ENDS_NAME = re.compile(r"(?:[A-Za-z][A-Za-z0-9]{0,79} )?[\w.-]{1,80}$")


class Match(NamedTuple):
    """A credential: its format, its span, the name it is given, and `doubt`: "" or why it may be none.

    `doubt` is "sample" (says itself that it is none), "checksum" (documented, and wrong) or "name" (only a vendor's
    name and the look speak for it, or it is counted out: 12345678).
    """

    format: Format
    start: int
    end: int
    name: str = ""
    doubt: str = ""
    also: tuple[str, ...] = ()
    """Peers' rules that mean the same text for another reason: the name it is given, the command it stands in."""
    holds: str = ""
    """What it is in words, where its place does not say: "a private key" in a manifest."""


@cache
def _keyed() -> tuple[tuple[str, tuple[tuple[Format, str], ...]], ...]:
    """Keywords with the (format, shape) that each announces."""
    found: dict[str, list[tuple[Format, str]]] = {}
    for one in FORMATS:
        if one.words:
            continue
        for shape in one.shapes:
            found.setdefault(secret_shapes.keyword(shape)[0], []).append((one, shape))
    return tuple((word, tuple(rows)) for word, rows in found.items())


@cache
def _named() -> dict[str, list[tuple[int, str, tuple[Format, ...]]]]:
    """Vendors' words with the formats that need them, by their first two letters; each with its place in the tables."""
    found: dict[str, list[Format]] = {}
    for one in FORMATS:
        for word in one.words:
            found.setdefault(word, []).append(one)
    named: dict[str, list[tuple[int, str, tuple[Format, ...]]]] = {}
    for number, (word, rows) in enumerate(found.items()):
        named.setdefault(word[:2], []).append((number, word, tuple(rows)))
    return named


@cache
def _pattern(shape: str) -> re.Pattern[str]:
    """A shape with guards: no part of a longer word, whose characters would go on."""
    pieces = secret_shapes.parts(shape)
    first, last = (secret_shapes.ALPHABETS[one.alphabet][0] if one.alphabet else "" for one in (pieces[0], pieces[-1]))
    before = "" if shape.startswith(".") else f"(?<![A-Za-z0-9_.{first.rstrip('-')}])"
    after = f"(?![A-Za-z0-9_{last.rstrip('-')}-])(?!==?(?![A-Za-z0-9]))" if last else r"(?![\w-])"
    return re.compile(before + secret_shapes.expression(shape) + after)


@cache
def _whole(shape: str) -> re.Pattern[str]:
    return re.compile(secret_shapes.expression(shape))


@cache
def _vendors(name: str) -> tuple[Format, ...]:
    """The formats of the vendors that a name speaks of, each vendor's word at the beginning of a word of the name."""
    parts = [part for part in re.split(r"[^a-z0-9]+", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()) if part]
    starts, at = set(), 0
    for part in parts:
        starts.add(at)
        at += len(part)
    squeezed = "".join(parts)
    found: list[Format] = []
    spoken = {
        row
        for start in starts
        for row in _named().get(squeezed[start : start + 2], ())
        if squeezed.startswith(row[1], start)
    }
    for _, _, rows in sorted(spoken, key=lambda row: row[0]):
        found += [one for one in rows if one not in found]
    return tuple(found)


@cache
def _means_secret(name: str) -> bool:
    return secret_names.may_hold_random_secret(name)


_SCANNERS = frozenset((".gitleaks.toml", "gitleaks.toml", ".gitleaksignore", ".secrets.baseline", ".trufflehogignore"))
"""Files in which secret scanners keep patterns, and the samples and hashes that they are to let pass."""


@lru_cache(maxsize=2)
def found_in(text: str, path: str) -> tuple[Match, ...]:
    """As `find`, remembered for the file at hand: several of its nouns ask."""
    return tuple(find(text, path))


def find(text: str, path: str = "") -> list[Match]:
    """Every credential in a text, in order; of overlapping ones the first and longest."""
    if len(text) < 8 or path.rpartition("/")[2].lower() in _SCANNERS:
        return []
    found = _by_format(text)
    found += _by_name(text)
    if secrets.has_context(text):
        from infralint.tables.secret_contexts import in_context

        found += [
            Match(BY_NAME[one.format], one.start, one.end, one.name, one.doubt, holds=one.holds)
            for one in in_context(text, path)
        ]
    if "-----BEGIN " in text:
        spans = _public_armour(text)
        found = [one for one in found if not any(start <= one.start and one.end <= end for start, end in spans)]
    return _settled(found)


def _public_armour(text: str) -> list[tuple[int, int]]:
    """Where certificates and public keys stand in PEM armour: their base64 is no token, whatever it looks like."""
    spans: list[tuple[int, int]] = []
    at = text.find("-----BEGIN ")
    while at >= 0:
        end = text.find("-----END ", at)
        if end < 0:
            break
        if "PRIVATE" not in text[at : text.find("-----", at + 11)]:
            spans.append((at, end))
        at = text.find("-----BEGIN ", end)
    return spans


def _settled(found: list[Match]) -> list[Match]:
    found.sort(
        key=lambda match: (
            match.start,
            match.doubt == "sample",
            match.format.family in ("generic", "plain"),
            -match.end,
            bool(match.doubt),
        )
    )
    kept: list[Match] = []
    end = -1
    for match in found[:MAX_FOUND]:
        if match.start >= end:
            kept.append(match)
            end = match.end
        elif (
            match.start == kept[-1].start
            and match.format.family in ("generic", "plain", "web")
            and not match.doubt.startswith("s")
        ):
            kept[-1] = kept[-1]._replace(also=(*kept[-1].also, *match.format.names))
    return kept


def _by_format(text: str) -> list[Match]:
    found: list[Match] = []
    for keyword, rows in _announced(text):
        for one, shape in rows:
            for match in _occurrences(text, keyword, shape):
                start, end = match.span()
                found.append(Match(one, start, end, "", _doubt(one, shape, match[0])))
                if len(found) >= MAX_FOUND:
                    return found
    return found


_harmless: set[str] = set()
"""Words that are known to hold no keyword: files of a repository repeat each other."""


def _announced(text: str) -> list[tuple[str, tuple[tuple[Format, str], ...]]]:
    """The keywords that occur in a text, with what each announces."""
    words = set(_WORDS.findall(text)) - _harmless
    joined = "\n".join(words)
    occurring = [row for row in _keyed() if row[0] in joined]
    if len(_harmless) + len(words) < 50_000:
        keywords = [keyword for keyword, _ in occurring]
        _harmless.update(word for word in words if len(word) < 200 and not any(keyword in word for keyword in keywords))
    return occurring


def _occurrences(text: str, keyword: str, shape: str) -> list[re.Match[str]]:
    """Where a shape stands; one that begins with its keyword is tried at the keyword alone."""
    pattern = _pattern(shape)
    if secret_shapes.keyword(shape)[1] < 0:
        return list(pattern.finditer(text))
    found = []
    at = text.find(keyword)
    while at >= 0:
        match = pattern.match(text, at)
        if match is not None:
            found.append(match)
        at = text.find(keyword, at + 1)
    return found


def _doubt(one: Format, shape: str, value: str) -> str:
    bare = secret_shapes.without_literals(shape, value)
    if one.entropy and (randomness.entropy(value) < one.entropy or (bare and secrets.is_sample(bare))):
        return "sample"
    if "=" in shape and secrets.is_published(value.partition("=")[2]):  # `AccountKey=` before what was published
        return "sample"
    if one.check == "crc" and not secret_shapes.holds_checksum(value):
        return "checksum"
    return "name" if secrets.counts_up(bare) else ""


def _by_name(text: str) -> list[Match]:
    found: list[Match] = []
    for match in _ASSIGNED.finditer(text):
        plain = match[1] is not None
        start, end = match.span(1 if plain else 2)
        value = match[1 if plain else 2]
        if plain and value.isalpha():
            continue
        at = match.start()
        head = text[max(text.rfind("\n", 0, at) + 1, at - 80) : at]
        if head in _dull and "=" not in value:
            continue
        bare = head.rstrip(" \t\"'`\\?+")
        told = _ENDS_NAME.search(bare)
        name = told[0] if told is not None else ""
        if value.endswith("...") or (told is not None and bare[: told.start()].endswith("::")):
            continue  # cut short by whoever wrote it; or the name of a type
        if plain and value[0] in "-=?+" and _DEFAULT.search(text[max(0, at - 80) : at + 1]) is not None:
            value, start = value[1:], start + 1
        before, equals, after = value.partition("=")
        if (
            equals
            and plain
            and len(after) >= 8
            and before.replace("_", "").isalnum()
            and (_means_secret(before) or _vendors(before))
        ):
            name, value, start = before, after, end - len(after)
        if name[:5].lower() == "value":
            name = pair_of(text, at) or name
        elif not equals and not _may_matter(name) and len(_dull) < 50_000:
            _dull.add(head)
            continue
        one = _judged(name, value, text, start) if plain and value[0] not in "$/.{%*!" else None
        if one is None and name and (not plain or not value.isalnum() or text[end : end + 1] in _MARKS):
            one = _with_symbols(name, text, start)
        if one is not None:
            found.append(one)
            if len(found) >= MAX_FOUND:
                break
    return found


_MARKS = frozenset(",;<>(){}[]\\&?#")
"""What ends an unquoted value in some place, and stands within a password in others."""


def _with_symbols(name: str, text: str, start: int) -> Match | None:
    """A password with symbols under a name that means one: as far as its quote, or the next blank."""
    name = name.rpartition(" ")[2]
    if not _means_secret(name):
        return None
    quote = text[start - 1 : start]
    if quote in ("'", '"', "`"):
        end = text.find(quote, start, start + 200)
        line = text.find("\n", start, start + 200)
        value = "" if end < 0 or 0 <= line < end else text[start:end].rstrip("\\")
    else:
        told = _SPELLED.match(text, start)
        value = told[0].rstrip(_TRAILING) if told is not None else ""
    if not value or secrets.is_reference(value) or secrets.is_sample(value) or secrets.is_open(value):
        return None
    if not randomness.is_random_password(value) and not secrets.is_slashed_key(value):
        return None
    if secrets.is_default_password(value) or is_told_apart(text, start):
        return None
    if quote not in ("'", '"', "`") and goes_on(text, start, start + len(value)):
        return None
    return Match(BY_NAME["generic"], start, start + len(value), name, "name" if secrets.counts_up(value) else "")


_DEFAULT = re.compile(r"\$\{\w+:\Z")
"""What stands before the `-` of a default in `${NAME:-value}`."""
_dull: set[str] = set()
"""Beginnings of lines whose names hold no credential: files of a repository repeat each other."""


def _may_matter(name: str) -> bool:
    return bool(name) and (bool(_vendors(name)) or _means_secret(name.rpartition(" ")[2]))


def _judged(name: str, value: str, text: str, start: int) -> Match | None:
    """What a value under a name is, if it is a credential."""
    if not name:
        return None
    plain = name.rpartition(" ")[2]
    vendors = _vendors(name)
    meant = _means_secret(plain)
    if not vendors and not meant:
        return None
    value = value.rstrip(".:")
    end = start + len(value)
    if secrets.is_reference(value) or secrets.is_open(value) or is_told_apart(text, start):
        return None
    for one in vendors:
        for shape in one.shapes:
            doubt = _doubt(one, shape, value) if _whole(shape).fullmatch(value) else "other"
            if doubt in ("", "name"):
                also = BY_NAME["generic"].names if meant and secrets.looks_random(value) else ()
                return Match(one, start, end, plain, doubt if meant else "name", also)
    if not meant or secrets.is_sample(value) or goes_on(text, start, end):
        return None
    if not value.isdigit() and secrets.is_default_password(value):
        return None
    if secrets.looks_random(value) or randomness.is_random_password(value):
        asked = "://" in text[max(0, start - 300) : start].rpartition("\n")[2].rpartition(" ")[2]
        return Match(BY_NAME["generic"], start, end, plain, "name" if asked or secrets.counts_up(value) else "")
    if 32 <= len(value) <= 64 and value.isalnum() and sum(char.isdigit() for char in value) > 20:
        return Match(BY_NAME["digits"], start, end, plain, "name")
    return None
