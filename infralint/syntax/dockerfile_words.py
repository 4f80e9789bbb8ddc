"""The words inside a Dockerfile instruction: flags, names and values, JSON items, here-document delimiters."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from infralint.text import regex as re
from infralint.text.record import NamedTuple
from infralint.text.source import Text

MAX_WORDS = 5_000
_WORD = re.compile(r"\S+")
_BACKSLASH_WORD = re.compile(
    r"""(?:[^\s"'\\]++|\\(?:.|$)|"(?:[^"\\]++|\\(?:.|$))*+(?:"|$)|'[^']*+(?:'|$))++""", re.DOTALL
)


class Flag(NamedTuple):
    """`--name=value` in front of the arguments; `value` is None where there is no `=`. The span is the whole flag."""

    name: str
    value: Text | None
    start: int
    end: int


class Pair(NamedTuple):
    """A name with its value, both without quotes; `raw` is the value as written, for the expansion of variables."""

    name: Text
    value: Text | None
    raw: Text | None
    word: Text


def cut(text: Text, start: int, end: int) -> Text:
    """`Text.slice` for long texts of many pieces: its cost does not grow with their number."""
    pieces = text.pieces
    part = text[start:end]
    if pieces is None:
        return Text(part, text.source, text.start, text.end, None, text.style)
    if len(pieces) == 1:
        first = pieces[0][1] - pieces[0][0] + start
        return Text(part, text.source, first, first + end - start, ((0, first),), text.style)
    at = max(bisect_right(pieces, (start, 1 << 62)) - 1, 0)
    value, place = pieces[at]
    first = last = place + start - value
    if at + 1 == len(pieces) or pieces[at + 1][0] >= end:
        return Text(part, text.source, first, max(first + end - start, first), ((0, first),), text.style)
    inner = [(0, first)]
    for value, place in pieces[at + 1 : bisect_right(pieces, (end - 1, 1 << 62))]:
        inner.append((value - start, place))
    if end > start:
        last = inner[-1][1] + end - start - inner[-1][0]
    return Text(part, text.source, first, last, tuple(inner), text.style)


def split_words(text: Text, limit: int = MAX_WORDS) -> list[Text]:
    """The words between white space, quotes not minded, as BuildKit takes FROM, COPY, EXPOSE and VOLUME."""
    words = []
    for match in _WORD.finditer(text):
        words.append(cut(text, match.start(), match.end()))
        if len(words) >= limit:
            break
    return words


def read_flags(text: Text, at: int) -> tuple[list[Flag], int]:
    """The flags that stand at `at`, and where the arguments begin."""
    flags: list[Flag] = []
    length = len(text)
    while text.startswith("--", at) and len(flags) < MAX_WORDS:
        begin, plain = at, True
        chars: list[str] = []
        places: list[tuple[int, int]] = []
        quote = ""
        while at < length:
            char = text[at]
            if quote:
                if char == quote:
                    quote, at = "", at + 1
                    continue
            elif char.isspace():
                break
            elif char in "'\"":
                quote, plain, at = char, False, at + 1
                continue
            if char == "\\":
                plain = False
                at += 1
                if at >= length:
                    break
                char = text[at]
            if not plain:
                places.append((len(chars), text.offset(at)))
            chars.append(char)
            at += 1
        value = "".join(chars)
        if value == "--":
            break
        whole = cut(text, begin, at)
        name, equals, _ = value.partition("=")
        content: Text | None = None
        if equals:
            skip = len(name) + 1
            if plain:
                content = cut(text, begin + skip, at)
            else:
                first = text.offset(min(begin + skip, length - 1))
                pieces = ((0, first), *((v - skip, p) for v, p in places if v >= skip))
                content = Text(value[skip:], text.source, first, whole.end, pieces, "quoted")
        flags.append(Flag(name[2:], content, whole.start, whole.end))
        while at < length and text[at].isspace():
            at += 1
    while at < length and text[at].isspace():
        at += 1
    return flags, at


def unquote(text: Text, escape: str = "\\") -> Text:
    """A word without its quotes and escapes, as the builder sees it before variables are replaced."""
    if "'" not in text and '"' not in text and escape not in text:
        return text
    if len(text) > 1 and text[0] in "'\"" and text[-1] == text[0]:
        inner = str.__getitem__(text, slice(1, -1))
        if text[0] not in inner and (escape not in inner or text[0] == "'"):
            part = cut(text, 1, len(text) - 1)
            part.style = text[0]
            return part
    chars: list[str] = []
    pieces: list[tuple[int, int]] = []
    quote, at, length, jumped = "", 0, len(text), True
    while at < length:
        char = text[at]
        if quote:
            if char == quote:
                quote, at, jumped = "", at + 1, True
                continue
            if quote == '"' and char == escape and at + 1 < length and text[at + 1] in ('"', "$", escape):
                at, jumped = at + 1, True
        elif char in "'\"":
            quote, at, jumped = char, at + 1, True
            continue
        elif char == escape:
            at, jumped = at + 1, True
            if at >= length:
                break
        place = text.offset(at)
        if jumped or place != pieces[-1][1] + len(chars) - pieces[-1][0]:
            pieces.append((len(chars), place))
            jumped = False
        chars.append(text[at])
        at += 1
    style = text[0] if text[0] in "'\"" else ""
    return Text("".join(chars), text.source, text.start, text.end, tuple(pieces) or ((0, text.start),), style)


def _pattern(escape: str) -> re.Pattern[str]:
    if escape == "\\":
        return _BACKSLASH_WORD
    return re.compile(_BACKSLASH_WORD.pattern.replace("\\\\", "`"), re.DOTALL)


def names_and_values(text: Text, name: str, escape: str) -> tuple[list[Pair], list[tuple[str, Text | None]]]:
    """The pairs of ENV, LABEL and ARG, and what is wrong with them; ENV and LABEL also as `name value`."""
    pairs: list[Pair] = []
    errors: list[tuple[str, Text | None]] = []
    for match in _pattern(escape).finditer(text):
        start, end = match.span()
        written = match[0]
        word = cut(text, start, end)
        equals = written.find("=")
        if equals < 0:
            if name == "ARG":
                pairs.append(Pair(unquote(word, escape), None, None, word))
                continue
            if not pairs:
                return _legacy(text, name, escape)
            errors.append((f"{name} expects name=value, and {written} has no =", word))
            continue
        key, value = cut(word, 0, equals), cut(word, equals + 1, end - start)
        if not key:
            errors.append((f"{name} needs a name in front of =", word))
        pairs.append(Pair(unquote(key, escape), unquote(value, escape), value, word))
        if len(pairs) >= MAX_WORDS:
            errors.append((f"{name} has more than {MAX_WORDS:,} values: the rest is not read", word))
            break
    if not pairs and not errors:
        errors.append((f"{name} needs an argument", None))
    return pairs, errors


def _legacy(text: Text, name: str, escape: str) -> tuple[list[Pair], list[tuple[str, Text | None]]]:
    """`ENV name the rest is the value`."""
    match = _WORD.match(text)
    stop = match.end() if match else 0
    begin = stop
    while begin < len(text) and text[begin].isspace():
        begin += 1
    if begin >= len(text):
        return [], [(f"{name} expects a name and a value", text)]
    value = cut(text, begin, len(text))
    return [Pair(unquote(cut(text, 0, stop), escape), unquote(value, escape), value, text)], []


_STRING = r'"(?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+"'
_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


def json_items(text: Text) -> list[Text] | None:
    """The strings of a JSON array, None where the text is not exactly such an array."""
    pattern = re.compile(_STRING)
    at, length = _skip(text, 1), len(text)
    items: list[Text] = []
    if text.startswith("]", at):
        return items if _skip(text, at + 1) == length else None
    while len(items) < MAX_WORDS:
        match = pattern.match(text, at)
        if match is None:
            return None
        items.append(_json_string(text, at, match.end()))
        at = _skip(text, match.end())
        if text.startswith("]", at):
            return items if _skip(text, at + 1) == length else None
        if not text.startswith(",", at):
            return None
        at = _skip(text, at + 1)
    return None


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n":
        at += 1
    return at


def _json_string(text: Text, start: int, end: int) -> Text:
    written = cut(text, start + 1, end - 1)
    if "\\" not in written:
        written.style = '"'
        return written
    chars: list[str] = []
    pieces: list[tuple[int, int]] = []
    at, length = 0, len(written)
    while at < length:
        pieces.append((len(chars), written.offset(at)))
        char = written[at]
        at += 1
        if char == "\\":
            char, at = written[at], at + 1
            if char == "u":
                code, at = int(written[at : at + 4], 16), at + 4
                if 0xD800 <= code < 0xDC00 and written.startswith("\\u", at):
                    low = int(written[at + 2 : at + 6], 16)
                    if 0xDC00 <= low < 0xE000:
                        code, at = 0x10000 + (code - 0xD800 << 10) + low - 0xDC00, at + 6
                char = chr(code)
            else:
                char = _ESCAPES.get(char, char)
        chars.append(char)
    token = cut(text, start, end)
    return Text("".join(chars), text.source, token.start, token.end, tuple(pieces), '"')


def strings_only(text: str) -> bool:
    """False for a valid JSON array that holds something else than strings, which the builder refuses."""
    from json import loads

    if len(text) > 100_000:
        return True
    try:
        value = loads(text)
    except (ValueError, RecursionError):
        return True
    return not (isinstance(value, list) and any(not isinstance(item, str) for item in value))


def heredoc_word(text: Text) -> Iterator[tuple[Text, str, bool, bool]]:
    """Each here-document that a command line opens: word, delimiter, expands, strips tabs.

    Like the builder, none at all where a quote is left open, and only words that hold nothing else.
    """
    shell_word = re.compile(r"""(?:[^\s"'\\]++|\\(?:.|$)|"(?:[^"\\]++|\\.)*+"|'[^']*+'|(?P<open>["']))++""", re.DOTALL)
    head = re.compile(r"\d*<<(-?)([^<]+)$")
    found: list[tuple[Text, str, bool, bool]] = []
    for match in shell_word.finditer(text):
        if match["open"]:
            return
        if "<<" not in match[0]:
            continue
        opening = head.match(match[0])
        if opening is None:
            continue
        word = cut(text, match.start(), match.end())
        written = cut(word, opening.start(2), opening.end(2))
        name = unquote(written)
        if name:
            found.append((word, str(name), str(name) == str(written), bool(opening[1])))
    yield from found
