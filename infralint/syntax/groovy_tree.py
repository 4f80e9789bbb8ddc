"""Statements of Groovy as far as pipelines need them: calls with their arguments and blocks, assignments, and the rest as it is."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.syntax.groovy import NAME, NEWLINE, PUNCT, STRING, Token, Tokens
from infralint.text.record import NamedTuple

_CONTINUES = frozenset(
    (",", "+", "-", "*", "&&", "||", "?", ":", "=", "?:", "==", "!=", "+=", "<<", "->", ".", "?.", "in")
)
_CONTINUED_BY = frozenset((".", "?.", "&&", "||", "?", ":", "?:", "else", "catch", "finally", "+"))
KEYWORDS = frozenset(
    ("if", "else", "for", "while", "try", "catch", "finally", "switch", "case", "return", "throw", "new", "import", "package", "class", "break", "continue", "assert",
     "def", "do", "interface", "enum")
)  # fmt: skip
MAX_DEPTH = 80


class Argument(NamedTuple):
    """An argument of a call: the tokens of its value, and its name where it has one."""

    name: Token | None
    first: int
    last: int


class Statement:
    """A statement: tokens `first` to `last` (exclusive). `head` is the dotted name that it begins with."""

    __slots__ = ("arguments", "block", "first", "has_parentheses", "head", "head_end", "last", "tree", "value")

    def __init__(self, tree: Tree, first: int, last: int) -> None:
        self.tree = tree
        self.first = first
        self.last = last
        self.head = ""
        self.head_end = first
        self.arguments: list[Argument] = []
        self.has_parentheses = False
        self.block: tuple[int, int] | None = None
        """The tokens of the trailing closure, its braces included."""
        self.value: int | None = None
        """Where the value of an assignment begins; None where it is none."""

    @property
    def start(self) -> int:
        return self.tree.tokens[self.first].start

    @property
    def end(self) -> int:
        return self.tree.tokens[self.last - 1].end

    @property
    def name(self) -> Token:
        """The first token."""
        return self.tree.tokens[self.first]

    def statements(self) -> list[Statement]:
        """The statements of its block."""
        return self.tree.within(self.block) if self.block is not None else []

    def argument(self, name: str) -> Argument | None:
        """The named argument."""
        return next((one for one in self.arguments if one.name is not None and one.name.text == name), None)

    def first_string(self) -> Token | None:
        """The string that its first unnamed argument is."""
        for one in self.arguments:
            if one.name is None:
                return self.tree.string(one)
        return None


class Tree:
    """The statements of a file, read level by level."""

    __slots__ = ("opened", "pairs", "tokens")

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens.tokens
        self.pairs = tokens.pairs
        self.opened = {close: opened for opened, close in tokens.pairs.items()}
        """By a closing bracket, the one that opens it."""

    def top(self) -> list[Statement]:
        """The statements of the file."""
        return self._statements(0, len(self.tokens))

    def within(self, block: tuple[int, int]) -> list[Statement]:
        """The statements between two braces; those behind the arrow of a closure with parameters."""
        first, last = block
        inner = first + 1
        at = inner
        while (
            at < last
            and self.tokens[at].kind in (NAME, NEWLINE, PUNCT)
            and self.tokens[at].text not in ("{", "(", "[", "=", ";")
        ):
            if self.tokens[at].text == "->":
                inner = at + 1
                break
            if self.tokens[at].kind == NEWLINE and at > inner and self.tokens[at - 1].kind == NAME:
                break
            at += 1
        return self._statements(inner, last)

    def _statements(self, first: int, last: int) -> list[Statement]:
        found = []
        at = first
        while at < last:
            token = self.tokens[at]
            if token.kind == NEWLINE or token.text == ";":
                at += 1
                continue
            end = self._end(at, last)
            found.append(self._read(at, end))
            at = end
        return found

    def _end(self, at: int, last: int) -> int:
        """The end of the statement that begins at a token."""
        begin = at
        while at < last:
            token = self.tokens[at]
            if token.text == ";" and token.kind == PUNCT:
                return at
            if token.kind == NEWLINE and at > begin:
                before = self.tokens[at - 1]
                following = next((n for n in range(at, last) if self.tokens[n].kind != NEWLINE), last)
                if before.kind != STRING and before.text in _CONTINUES:
                    at += 1
                    continue
                if (
                    following < last
                    and self.tokens[following].kind != STRING
                    and self.tokens[following].text in _CONTINUED_BY
                ):
                    at = following
                    continue
                return at
            at = self.pairs[at] + 1 if at in self.pairs else at + 1
        return last

    def _read(self, first: int, last: int) -> Statement:
        statement = Statement(self, first, last)
        at = first
        while at < last and self.tokens[at].text == "@" and at + 1 < last:  # annotations
            at += 2
            while at + 1 < last and self.tokens[at].text == "." and self.tokens[at + 1].kind == NAME:
                at += 2
            if at < last and self.tokens[at].text == "(" and at in self.pairs:
                at = self.pairs[at] + 1
        if at >= last or self.tokens[at].kind != NAME or self.tokens[at].text in KEYWORDS:
            if at < last and self.tokens[at].text == "def":
                self._definition(statement, at, last)
            return statement
        end = at + 1
        while end + 1 < last and self.tokens[end].text in (".", "?.") and self.tokens[end + 1].kind == NAME:
            end += 2
        statement.head = "".join(token.text for token in self.tokens[at:end])
        statement.head_end = end
        self._call(statement, end, last)
        return statement

    def _definition(self, statement: Statement, at: int, last: int) -> None:
        """`def name = value`: an assignment."""
        if at + 2 < last and self.tokens[at + 1].kind == NAME and self.tokens[at + 2].text == "=":
            statement.head = self.tokens[at + 1].text
            statement.head_end = at + 2
            statement.value = at + 3

    def _call(self, statement: Statement, at: int, last: int) -> None:
        if at >= last:
            return
        token = self.tokens[at]
        if token.text == "=" and token.kind == PUNCT:
            statement.value = at + 1
            return
        if token.text == "(" and at in self.pairs:
            close = self.pairs[at]
            statement.has_parentheses = True
            statement.arguments = self.arguments(at + 1, close)
            if close + 1 < last and self.tokens[close + 1].text == "{" and close + 1 in self.pairs:
                statement.block = (close + 1, self.pairs[close + 1])
            return
        if token.text == "{" and at in self.pairs:
            statement.block = (at, self.pairs[at])
            return
        if token.kind in (NAME, STRING, "number") or token.text in ("[", "-", "!", "$"):
            end = last
            if self.tokens[last - 1].text == "}":
                opened = self.opened.get(last - 1)
                if opened is not None and opened > at and self.tokens[opened - 1].text not in (":", ","):
                    statement.block = (opened, last - 1)
                    end = opened
            statement.arguments = self.arguments(at, end)

    def arguments(self, first: int, last: int) -> list[Argument]:
        """The arguments between two tokens, split at commas."""
        found = []
        start = at = first
        while at <= last:
            if at == last or (self.tokens[at].text == "," and self.tokens[at].kind == PUNCT):
                argument = self._argument(start, at)
                if argument is not None:
                    found.append(argument)
                start = at + 1
                at += 1
            else:
                at = self.pairs[at] + 1 if at in self.pairs else at + 1
        return found

    def _argument(self, first: int, last: int) -> Argument | None:
        while first < last and self.tokens[first].kind == NEWLINE:
            first += 1
        while last > first and self.tokens[last - 1].kind == NEWLINE:
            last -= 1
        if first >= last:
            return None
        if first + 1 < last and self.tokens[first + 1].text == ":" and self.tokens[first].kind in (NAME, STRING):
            begin = first + 2
            while begin < last and self.tokens[begin].kind == NEWLINE:
                begin += 1
            return Argument(self.tokens[first], begin, last)
        return Argument(None, first, last)

    def string(self, argument: Argument) -> Token | None:
        """The string that an argument is; None where it is anything else."""
        if argument.last == argument.first + 1 and self.tokens[argument.first].kind == STRING:
            return self.tokens[argument.first]
        return None

    def walk(self) -> Iterator[Statement]:
        """Every statement of the file, those within blocks behind the one that holds them."""
        stack = [(one, 0) for one in reversed(self.top())]
        while stack:
            statement, depth = stack.pop()
            yield statement
            if depth < MAX_DEPTH:
                inner: list[Statement] = []
                for block in self.blocks(statement):
                    inner += self.within(block)
                stack += [(one, depth + 1) for one in reversed(inner)]

    def blocks(self, statement: Statement) -> list[tuple[int, int]]:
        """The closures and blocks that stand in a statement, at its own level."""
        found = []
        at = statement.first
        while at < statement.last:
            if at in self.pairs and self.tokens[at].text == "{":
                found.append((at, self.pairs[at]))
                at = self.pairs[at] + 1
            else:
                at += 1
        return found
