"""Groovy as Jenkinsfiles write it, cut into tokens: four quotings with their interpolations, comments, names and brackets.

Statements are read in `groovy_tree`. What the reader does not know stays a token; nothing is an error but text that never ends.
"""

from __future__ import annotations

from infralint.text import regex as re
from infralint.text.record import NamedTuple
from infralint.text.source import Source, Text

NAME, NUMBER, STRING, PUNCT, NEWLINE, COMMENT = "name", "number", "string", "punct", "newline", "comment"
MAX_TOKENS = 200_000
_NAME = re.compile(r"[A-Za-z_$][\w$]*")
_NUMBER = re.compile(r"\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?[gGlLiIdDfF]?")
_BLANK = re.compile(r"[ \t\f\r]+|\\\r?\n")
_OPERATORS = re.compile(
    r"===|!==|<=>|\*\*|\?:|\?\.|\*\.|\.\.<|\.\.|==~|=~|==|!=|<=|>=|->|&&|\|\||\+\+|--|\+=|-=|<<|::|.", re.S
)
_OPENING = frozenset(
    (
        "(",
        "[",
        "{",
        ",",
        "=",
        ":",
        "->",
        "&&",
        "||",
        "?",
        "==",
        "!=",
        "=~",
        "==~",
        "return",
        "!",
        "+",
        "in",
        ";",
        "?:",
        "+=",
        "<<",
    )
)
_INTERPOLATED_NAME = re.compile(r"\$[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "\n": ""}


class Interpolation(NamedTuple):
    """An expression that is put into a string: its text without the marks, and the span of the whole."""

    expression: str
    start: int
    end: int


class Token(NamedTuple):
    """A token and its span. Of a string `quote` is the quotation and `interpolations` what is put into it."""

    kind: str
    text: str
    start: int
    end: int
    quote: str = ""
    interpolations: tuple[Interpolation, ...] = ()

    @property
    def content(self) -> tuple[int, int]:
        """The span between the quotes."""
        return self.start + len(self.quote), self.end - len(_closing(self.quote))


class GroovyProblem(NamedTuple):
    """Text that never ends: a string, a comment, a bracket."""

    message: str
    start: int
    end: int


class Tokens(NamedTuple):
    """The tokens of a file, its comments, the brackets that belong together by index, and what is wrong."""

    tokens: list[Token]
    comments: list[Token]
    pairs: dict[int, int]
    problems: list[GroovyProblem]


def _closing(quote: str) -> str:
    return "/$" if quote == "$/" else quote


def tokenize(source: Source) -> Tokens:
    """Cut a file into tokens."""
    reader = _Reader(source.text)
    reader.run()
    pairs: dict[int, int] = {}
    stack: list[int] = []
    closing = {")": "(", "]": "[", "}": "{"}
    for at, token in enumerate(reader.tokens):
        if token.kind != PUNCT:
            continue
        if token.text in "([{":
            stack.append(at)
        elif token.text in closing:
            if not stack or reader.tokens[stack[-1]].text != closing[token.text]:
                reader.problems.append(
                    GroovyProblem(f"`{token.text}` closes nothing that is open", token.start, token.end)
                )
                return Tokens(reader.tokens, reader.comments, pairs, reader.problems)
            opened = stack.pop()
            pairs[opened] = at
    for at in stack[-1:]:
        token = reader.tokens[at]
        reader.problems.append(GroovyProblem(f"`{token.text}` is never closed", token.start, token.end))
    return Tokens(reader.tokens, reader.comments, pairs, reader.problems)


class _Reader:
    """One pass over the text."""

    __slots__ = ("at", "comments", "problems", "text", "tokens")

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.tokens: list[Token] = []
        self.comments: list[Token] = []
        self.problems: list[GroovyProblem] = []

    def run(self) -> None:
        text, size = self.text, len(self.text)
        if text.startswith("#!"):
            self._comment(text.find("\n"))
        while self.at < size and len(self.tokens) < MAX_TOKENS:
            start = self.at
            blank = _BLANK.match(text, start)
            if blank is not None:
                self.at = blank.end()
            elif text[start] == "\n":
                self._add(NEWLINE, start + 1)
            elif text.startswith("//", start):
                self._comment(text.find("\n", start))
            elif text.startswith("/*", start):
                end = text.find("*/", start + 2)
                if end < 0:
                    self.problems.append(GroovyProblem("this comment is never closed", start, start + 2))
                self._comment(end + 2 if end >= 0 else -1)
            elif text[start] in "'\"":
                quote = text[start] * 3 if text.startswith(text[start] * 3, start) else text[start]
                self._string(quote)
            elif text.startswith("$/", start) and self._may_begin_operand():
                self._string("$/")
            elif text[start] == "/" and self._may_begin_operand():
                self._string("/")
            elif (match := _NAME.match(text, start)) is not None:
                self._add(NAME, match.end())
            elif (match := _NUMBER.match(text, start)) is not None:
                self._add(NUMBER, match.end())
            else:
                match = _OPERATORS.match(text, start)
                self._add(PUNCT, match.end() if match is not None else start + 1)

    def _add(self, kind: str, end: int) -> None:
        self.tokens.append(Token(kind, self.text[self.at : end], self.at, end))
        self.at = end

    def _comment(self, end: int) -> None:
        end = end if end >= 0 else len(self.text)
        self.comments.append(Token(COMMENT, self.text[self.at : end], self.at, end))
        self.at = end

    def _may_begin_operand(self) -> bool:
        """Whether a value may begin here, so that a slash opens a string and divides nothing."""
        last = next((token for token in reversed(self.tokens) if token.kind != NEWLINE), None)
        if last is None or last.text in _OPENING:
            return True
        before = self.text[self.at - 1 : self.at]
        return (
            last.kind == NAME
            and before in (" ", "\t")
            and self.text[self.at + 1 : self.at + 2] not in (" ", "\t", "=", "/")
        )

    def _string(self, quote: str) -> None:
        text, start = self.text, self.at
        at = start + len(quote)
        closing = _closing(quote)
        expands = quote not in ("'", "'''")
        escapes = quote not in ("/", "$/")
        found: list[Interpolation] = []
        while True:
            if at >= len(text) or (text[at] == "\n" and len(quote) == 1 and quote != "/"):
                self.problems.append(
                    GroovyProblem("this string is never closed", start, min(start + len(quote), len(text)))
                )
                break
            if text[at] == "\\" and (escapes or text.startswith("\\/", at)):
                at += 2
                continue
            if quote == "$/" and text[at] == "$" and text[at + 1 : at + 2] in ("$", "/"):
                at += 2
                continue
            if text.startswith(closing, at):
                at += len(closing)
                break
            if expands and text[at] == "$":
                end = self._interpolated(at)
                if end > at:
                    body = text[at + 2 : end - 1] if text[at + 1] == "{" else text[at + 1 : end]
                    found.append(Interpolation(body.strip(), at, end))
                    at = end
                    continue
            at += 1
        self.tokens.append(Token(STRING, text[start:at], start, at, quote, tuple(found)))
        self.at = at

    def _interpolated(self, at: int) -> int:
        """The end of the interpolation that begins at a dollar sign; the same place where none does."""
        text = self.text
        if text[at + 1 : at + 2] == "{":
            depth, here, quote = 0, at + 1, ""
            while here < len(text):
                char = text[here]
                if quote:
                    if char == "\\":
                        here += 1
                    elif char == quote:
                        quote = ""
                elif char in "'\"":
                    quote = char
                elif char == "{":
                    depth += 1
                elif char == "}":
                    depth -= 1
                    if not depth:
                        return here + 1
                elif char == "\n" and here - at > 2_000:
                    return at
                here += 1
            return at
        match = _INTERPOLATED_NAME.match(text, at)
        return match.end() if match is not None else at


def text_of_string(source: Source, token: Token, *, masks: bool = False) -> Text:
    """The content of a string with its escapes read; `masks`: interpolations as shell variables of the same length."""
    raw = source.text
    start, end = token.content
    end = max(start, end)
    out: list[str] = []
    pieces: list[tuple[int, int]] = [(0, start)]
    size, at = 0, start
    slashy = token.quote in ("/", "$/")
    marks = iter(token.interpolations)
    mark = next(marks, None)
    while at < end:
        if mark is not None and at == mark.start:
            length = mark.end - mark.start
            part = raw[at : mark.end] if not masks else "${" + "_" * (length - 3) + "}" if length > 3 else "_" * length
            at = mark.end
            mark = next(marks, None)
        elif raw[at] == "\\" and at + 1 < end and (not slashy or raw[at + 1] == "/"):
            part = _ESCAPES.get(raw[at + 1], raw[at + 1])
            at += 2
            if raw[at - 1] == "\r" and raw[at : at + 1] == "\n":
                at += 1
                part = ""
            out.append(part)
            size += len(part)
            pieces.append((size, at))
            continue
        else:
            stop = at + 1
            limit = mark.start if mark is not None else end
            while stop < limit and raw[stop] != "\\":
                stop += 1
            part = raw[at:stop]
            at = stop
        out.append(part)
        size += len(part)
    return Text("".join(out), source, start, end, tuple(pieces), '"' if len(pieces) > 1 else "")
