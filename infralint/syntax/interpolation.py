"""Variables in text: `$VAR` and `${VAR:-default}`, as the Dockerfile builder and compose write and replace them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from infralint.text import regex as re
from infralint.text.source import Text
from infralint.text.unknown import UNKNOWN, Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    Dialect = Literal["docker", "compose"]

Lookup = Callable[[str], "str | Unknown | None"]
"""The value of a variable: None where it is not set, UNKNOWN where that cannot be known."""

MAX_DEPTH = 20
MAX_RESULT = 65_536
MAX_GLOB = 300
_OPERATORS = {
    "docker": (":-", ":+", ":?", "-", "+", "?", "##", "#", "%%", "%", "//", "/"),
    "compose": (":-", ":+", ":?", "-", "+", "?"),
}


class Reference:
    """One variable in a text. `start` and `end` are offsets in the file, `at` and `to` in the value.

    `operator` is `:-`, `:+`, `:?`, `-`, `+`, `?` (docker also `#`, `##`, `%`, `%%`, `/`, `//`) or empty;
    `argument` is what follows it, `replacement` the second half for `/`. `is_malformed`: it cannot be read.
    """

    __slots__ = ("argument", "at", "end", "is_malformed", "name", "operator", "parts", "replacement", "start", "to")

    def __init__(self, name: str, at: int) -> None:
        self.name = name
        self.operator = ""
        self.at = self.start = at
        self.to = self.end = at
        self.argument: Text | str | None = None
        self.parts: list[str | Reference] = []
        self.replacement: list[str | Reference] = []
        self.is_malformed = False

    @property
    def has_default(self) -> bool:
        """Whether it means something without the variable."""
        return self.operator in (":-", "-")

    @property
    def is_required(self) -> bool:
        """Whether an unset variable is an error here."""
        return self.operator in (":?", "?")

    def __repr__(self) -> str:
        return f"<${self.name}{self.operator}{self.argument or ''}>"


Parts = list["str | Reference"]


def references(text: Text | str, dialect: Dialect, escape: str = "\\") -> list[Reference]:
    """Every variable of a text in order, those inside defaults too."""
    if "$" not in text:
        return []
    return list(_walk(read(text, dialect, escape)))


def _walk(parts: Parts) -> Iterator[Reference]:
    stack = [iter(parts)]
    while stack:
        part = next(stack[-1], None)
        if part is None:
            stack.pop()
        elif isinstance(part, Reference):
            yield part
            if part.parts or part.replacement:
                stack.append(iter([*part.parts, *part.replacement]))


def read(text: str, dialect: Dialect, escape: str = "\\") -> Parts:
    """A text as literals and references; in the docker dialect quotes and escapes are resolved."""
    return _Reader(text, dialect, escape).parts("", 0)


def expand(
    text: str, lookup: Lookup, dialect: Dialect, escape: str = "\\", falls_back: Callable[[str], bool] | None = None
) -> str | Unknown:
    """The text with its variables replaced; UNKNOWN where one cannot be known, is malformed or refused.

    In the docker dialect quotes go and escapes are resolved, as the builder does with a word. `falls_back` says of a name
    that lookup does not know whether its default (`${X:-y}`) holds unless the one who builds gives another value.
    """
    if "$" not in text and (dialect == "compose" or not ("'" in text or '"' in text or escape in text)):
        return str(text)
    return _join(read(text, dialect, escape), lookup, falls_back)


def _join(parts: Parts, lookup: Lookup, falls_back: Callable[[str], bool] | None = None) -> str | Unknown:
    out: list[str] = []
    size = 0
    for part in parts:
        value = part if isinstance(part, str) else _value(part, lookup, falls_back)
        if isinstance(value, Unknown):
            return UNKNOWN
        size += len(value)
        if size > MAX_RESULT:
            return UNKNOWN
        out.append(value)
    return "".join(out)


def _value(reference: Reference, lookup: Lookup, falls_back: Callable[[str], bool] | None) -> str | Unknown:
    if reference.is_malformed:
        return UNKNOWN
    value = lookup(reference.name)
    operator = reference.operator
    if isinstance(value, Unknown):
        if operator not in ("-", ":-") or falls_back is None or not falls_back(reference.name):
            return UNKNOWN
        value = None
    if not operator:
        return value or ""
    if operator[-1] in "-+?":
        present = bool(value) if operator[0] == ":" else value is not None
        if operator[-1] == "+":
            return _join(reference.parts, lookup, falls_back) if present else ""
        if present:
            return str(value)
        return _join(reference.parts, lookup, falls_back) if operator[-1] == "-" else UNKNOWN
    if not value:
        return ""
    pattern = _join(reference.parts, lookup, falls_back)
    replacement = _join(reference.replacement, lookup, falls_back)
    if isinstance(pattern, Unknown) or isinstance(replacement, Unknown):
        return UNKNOWN
    return _cut(value, operator, pattern, replacement)


def _cut(value: str, operator: str, pattern: str, replacement: str) -> str | Unknown:
    """`#`, `##`, `%`, `%%`, `/` and `//` on a value; UNKNOWN where the texts are too long to match in good time."""
    if not pattern:
        return value
    if len(value) > MAX_GLOB or len(pattern) > MAX_GLOB:
        return UNKNOWN
    tokens = _glob(pattern)
    if operator[0] == "#":
        ends = _ends(tokens, value, 0)
        return value[(max if operator == "##" else min)(ends) :] if ends else value
    if operator[0] == "%":
        ends = _ends(tokens[::-1], value[::-1], 0)
        return value[: len(value) - (max if operator == "%%" else min)(ends)] if ends else value
    out: list[str] = []
    at = 0
    while at < len(value):
        ends = _ends(tokens, value, at)
        end = max(ends, default=at)
        if end == at:
            out.append(value[at])
            at += 1
            continue
        out.append(replacement)
        at = end
        if operator == "/":
            break
    return "".join(out) + value[at:]


def _glob(pattern: str) -> list[str]:
    """A pattern as tokens: `*`, `?`, or a backslash with the character that it stands for."""
    tokens, at = [], 0
    while at < len(pattern):
        char = pattern[at]
        if char == "\\" and at + 1 < len(pattern):
            at += 1
            tokens.append("\\" + pattern[at])
        else:
            tokens.append(char if char in "*?" else "\\" + char)
        at += 1
    return tokens


def _ends(tokens: list[str], value: str, at: int) -> set[int]:
    """Where a match that begins at `at` can end. All states at once, so that no pattern is slow."""
    ends: set[int] = set()
    states = {0}
    while True:
        for state in sorted(states):
            while state < len(tokens) and tokens[state] == "*":
                state += 1
                states.add(state)
        if len(tokens) in states:
            ends.add(at)
        if at >= len(value) or not states:
            return ends
        char = value[at]
        after = set()
        for state in states:
            if state < len(tokens):
                token = tokens[state]
                if token == "*":
                    after.add(state)
                elif token == "?" or token[1:] == char:
                    after.add(state + 1)
        states = after
        at += 1


_NAME = re.compile(r"[A-Za-z0-9_]*")
_PLAIN = re.compile(r"[^$'\"\\`/}]+")
"""Characters that mean themselves in either dialect, whatever the escape and wherever the reading stops."""


class _Reader:
    """One pass over a text; recursion is bounded by MAX_DEPTH."""

    __slots__ = ("at", "dialect", "escape", "text")

    def __init__(self, text: str, dialect: Dialect, escape: str) -> None:
        self.text = text
        self.dialect = dialect
        self.escape = escape
        self.at = 0

    def parts(self, stops: str, depth: int) -> Parts:
        """Literals and references up to an unquoted character of `stops`, which is left unread."""
        text, docker, escape = self.text, self.dialect == "docker", self.escape
        parts: Parts = []
        chars: list[str] = []
        quote = ""
        while self.at < len(text):
            plain = _PLAIN.match(text, self.at)
            if plain is not None:
                chars.append(plain.group())
                self.at = plain.end()
                continue
            char = text[self.at]
            if quote == "'":
                if char == "'":
                    quote = ""
                else:
                    chars.append(char)
                self.at += 1
            elif char == "$":
                if not docker and text.startswith("$$", self.at):
                    chars.append("$")
                    self.at += 2
                    continue
                reference = self.reference(depth)
                if reference is None:
                    chars.append("$")
                else:
                    if chars:
                        parts.append("".join(chars))
                        chars = []
                    parts.append(reference)
            elif docker and char == escape:
                follower = text[self.at + 1 : self.at + 2]
                if quote and follower not in ('"', "$", escape):
                    chars.append(char)
                chars.append(follower)
                self.at += 2
            elif docker and (char == quote if quote else char in "'\""):
                quote = "" if quote else char
                self.at += 1
            elif not quote and char in stops:
                break
            else:
                chars.append(char)
                self.at += 1
        if chars:
            parts.append("".join(chars))
        return parts

    def reference(self, depth: int) -> Reference | None:
        """The reference at a `$`, None where that is only a dollar."""
        text, begin = self.text, self.at
        self.at += 1
        braced = text.startswith("{", self.at)
        if braced:
            self.at += 1
        name = self.name()
        reference = Reference(name, begin)
        if not braced:
            if not name and self.dialect == "docker":
                return None
            reference.is_malformed = not name
            return self.finish(reference)
        if not name:
            reference.is_malformed = True
        elif not text.startswith("}", self.at):
            operator = next((o for o in _OPERATORS[self.dialect] if text.startswith(o, self.at)), "")
            reference.operator = operator
            self.at += len(operator)
            if not operator or depth >= MAX_DEPTH:
                reference.is_malformed = True
            else:
                self.argument(reference, depth)
        close = text.find("}", self.at)
        if close < 0:
            reference.is_malformed = True
            self.at = len(text)
        else:
            self.at = close + 1
        return self.finish(reference)

    def argument(self, reference: Reference, depth: int) -> None:
        low = self.at
        slashed = reference.operator[0] == "/"
        reference.parts = self.parts("/}" if slashed else "}", depth + 1)
        if slashed and self.text.startswith("/", self.at):
            self.at += 1
            reference.replacement = self.parts("}", depth + 1)
        text = self.text
        reference.argument = text.slice(low, self.at) if isinstance(text, Text) else text[low : self.at]

    def name(self) -> str:
        text, low = self.text, self.at
        first = text[low : low + 1]
        if (first.isascii() and first.isdigit()) or (first and first in "@*#?-$!"):
            if self.dialect != "docker":
                return ""
            self.at += 1
            while first.isdigit() and text[self.at : self.at + 1].isdigit():
                self.at += 1
        else:
            self.at = _NAME.match(text, self.at).end()  # type: ignore[union-attr]
        return str(text[low : self.at])

    def finish(self, reference: Reference) -> Reference:
        reference.to = self.at
        text = self.text
        if isinstance(text, Text):
            reference.start = text.offset(reference.at)
            reference.end = text.offset(self.at - 1) + 1
        else:
            reference.start, reference.end = reference.at, self.at
        return reference
