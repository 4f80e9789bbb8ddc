"""GitHub Actions expressions: where `${{ }}` stands in a text, and what it says.

Grammar and limits (nesting 50, length 21,000) are those of GitHub's own reader; see
https://docs.github.com/en/actions/reference/workflows-and-actions/expressions. What cannot be read is a
`Fault`, never an exception.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cache, lru_cache

from infralint.syntax.expression_nodes import (
    Call,
    Comparison,
    Context,
    Filter,
    Index,
    Literal,
    Logic,
    Node,
    Not,
    Property,
    path_of,
    walk,
)
from infralint.text import regex as re
from infralint.text.record import NamedTuple
from infralint.text.source import Text

__all__ = [
    "Call", "Comparison", "Context", "Expression", "Fault", "Filter", "Index", "Literal", "Logic", "Node", "Not",
    "Property", "find", "find_condition", "number", "parse", "path_of", "renamed", "walk",
]  # fmt: skip

MAX_DEPTH = 50
MAX_LENGTH = 21_000
LEVELS = {"||": 1, "&&": 2, "==": 3, "!=": 3, "<": 4, "<=": 4, ">": 4, ">=": 4}
_CONSTANTS: dict[str, object] = {
    "true": True,
    "false": False,
    "null": None,
    "NaN": float("nan"),
    "Infinity": float("inf"),
}


class Fault(NamedTuple):
    """What is wrong with an expression, the span of the file where it is wrong, and the sort of fault."""

    message: str
    start: int
    end: int
    name: str = "expression-syntax"
    nearest: str | None = None
    """The name that was most likely meant in its place."""


class Expression:
    """One expression: `outer` with its `${{ }}`, `inner` without, `root` None where `faults` says why."""

    __slots__ = ("_nodes", "faults", "inner", "outer", "root", "start")

    def __init__(self, outer: Text, inner: Text, start: int) -> None:
        self.outer = outer
        self.inner = inner
        self.start = start
        """Index of `outer` in the value that holds it."""
        self.root: Node | None = None
        self.faults: list[Fault] = []
        self._nodes: tuple[Node, ...] = ()

    def at(self, node: Node) -> Text:
        """A node's text with its place in the file."""
        return self.inner.slice(node.start, node.end)

    def fault(self, message: str, start: int, end: int, name: str = "expression-syntax") -> Fault:
        """A fault at a part of the inner text; at all of the expression where the part is empty."""
        place = self.inner.slice(start, end) if end > start else self.outer
        return Fault(message, place.start, place.end, name)

    def nodes(self) -> tuple[Node, ...]:
        """Every node, a node before those below it."""
        return self._nodes


def find(text: Text) -> list[Expression]:
    """Every `${{ }}` of a text, read; one that is never closed is a fault and the last."""
    found: list[Expression] = []
    at = text.find("${{")
    quote = end = -2  # places of the next quote and of the next `}}`; -1 where there is none
    while at >= 0:
        place = at + 3
        while True:
            if -1 != end < place:
                end = text.find("}}", place)
            if -1 != quote < place:
                quote = text.find("'", place)
            if quote == -1 or end < quote:
                break
            place = text.find("'", quote + 1) + 1
            if place == 0:
                break
        if end < 0 or place == 0:
            expression = Expression(_cut(text, at, len(text)), _cut(text, at + 3, len(text)), at)
            opening = _cut(text, at, at + 3)
            message = "`${{` is not closed by `}}`" + (" (a string in it is not closed)" if place == 0 else "")
            expression.faults.append(Fault(message, opening.start, opening.end))
            return [*found, expression]
        found.append(_read(Expression(_cut(text, at, end + 2), _cut(text, at + 3, end), at)))
        at = text.find("${{", end + 2)
    return found


def _cut(text: Text, start: int, end: int) -> Text:
    """`Text.slice` that looks only at the pieces it needs: a script of many lines holds many expressions."""
    pieces = text.pieces
    if pieces is None or len(pieces) < 8 or start >= end:
        return text.slice(start, end)
    low = max(bisect_right(pieces, (start, 1 << 62)) - 1, 0)
    high = bisect_left(pieces, (end, -1))
    inner = tuple((max(value - start, 0), place + max(start - value, 0)) for value, place in pieces[low:high])
    return Text(text[start:end], text.source, text.offset(start), text.offset(end - 1) + 1, inner, text.style)


def find_condition(text: Text) -> list[Expression]:
    """The expressions of an `if:`: those in `${{ }}`, or all of it where there are none."""
    if "${{" in text:
        return find(text)
    return [_read(Expression(text, text, 0))] if text else []


def parse(text: Text) -> Expression:
    """A bare expression, without `${{ }}`."""
    return _read(Expression(text, text, 0))


class _Refused(Exception):
    """What ends a parse: a message and a span of the inner text."""


@cache
def _tokens() -> re.Pattern[str]:
    return re.compile(
        r"[\s\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+|(?P<name>[A-Za-z_][\w-]*)|(?P<operator>&&|\|\||[=!<>]=|[!<>()\[\],*]|\.(?!\d))|(?P<string>'(?:[^']|'')*')"
        r"|(?P<number>[-+]?(?:0x[0-9A-Fa-f]+|0o[0-7]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|Infinity)(?![\w.]))"
        r"|(?P<wrong>.)",
        re.ASCII | re.DOTALL,
    )


_HINTS = {
    '"': "strings need single quotes",
    "'": "string is not closed",
    "=": "use `==` to compare",
    "&": "use `&&` for `and`",
    "|": "use `||` for `or`",
    "+": "expressions have no arithmetic",
    "-": "expressions have no arithmetic",
    "/": "expressions have no arithmetic",
    "%": "expressions have no arithmetic",
    "$": "expression cannot contain another `${{ }}` or a shell variable",
}


class _Parser:
    __slots__ = ("at", "nesting", "text", "tokens")

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.nesting = 0
        self.tokens: list[tuple[str, str, int, int]] = []
        for match in _tokens().finditer(text):
            kind = match.lastgroup
            if kind is None:
                continue
            if kind == "wrong":
                hint = _HINTS.get(match.group())
                raise _Refused(f"unexpected `{match.group()}`" + (f": {hint}" if hint else ""), *match.span())
            self.tokens.append((kind, match.group(), match.start(), match.end()))
        self.tokens.append(("end", "", len(text), len(text)))

    def refuse(self, wanted: str = "") -> _Refused:
        kind, value, start, end = self.tokens[self.at]
        wanted = f", {wanted} expected" if wanted else ""
        if kind == "end":
            start = len(self.text.rstrip()) - 1
            return _Refused(f"expression ends too early{wanted}", max(start, 0), max(start, 0) + 1)
        return _Refused(f"unexpected `{value}`{wanted}", start, end)

    def take(self, operator: str) -> int:
        """The end of the operator that must come now."""
        kind, value, _, end = self.tokens[self.at]
        if kind != "operator" or value != operator:
            raise self.refuse(f"`{operator}`")
        self.at += 1
        return end

    def made(self, node: Node) -> Node:
        if node.depth > MAX_DEPTH:
            raise _Refused(f"is nested deeper than {MAX_DEPTH}, which GitHub refuses", node.start, node.end)
        return node

    def nested(self) -> Node:
        self.nesting += 1
        if self.nesting > MAX_DEPTH:
            raise _Refused(f"is nested deeper than {MAX_DEPTH}", *self.tokens[self.at][2:])
        node = self.binary(1)
        self.nesting -= 1
        return node

    def binary(self, minimum: int) -> Node:
        left = self.unary()
        while True:
            kind, operator, _, _ = self.tokens[self.at]
            level = LEVELS.get(operator, 0) if kind == "operator" else 0
            if level < minimum:
                return left
            self.at += 1
            right = self.binary(level + 1)
            if level > 2:
                left = self.made(Comparison(operator, left, right))
            else:
                operands = [left, right]
                while self.tokens[self.at][:2] == ("operator", operator):
                    self.at += 1
                    operands.append(self.binary(level + 1))
                left = self.made(Logic(operator, operands))

    def unary(self) -> Node:
        starts: list[int] = []
        while self.tokens[self.at][:2] == ("operator", "!"):
            starts.append(self.tokens[self.at][2])
            self.at += 1
        node = self.postfix()
        for start in reversed(starts):
            node = self.made(Not(node, start))
        return node

    def postfix(self) -> Node:
        node = self.primary()
        while self.tokens[self.at][0] == "operator":
            operator = self.tokens[self.at][1]
            if operator == ".":
                self.at += 1
                kind, value, _, end = self.tokens[self.at]
                if kind == "name":
                    node = self.made(Property(node, value, end))
                elif value == "*":
                    node = self.made(Filter(node, end))
                else:
                    raise self.refuse("a property's name")
                self.at += 1
            elif operator == "[":
                self.at += 1
                if self.tokens[self.at][1] == "*":
                    self.at += 1
                    node = self.made(Filter(node, self.take("]")))
                    continue
                by = self.nested()
                end = self.take("]")
                if isinstance(by, Literal) and isinstance(by.value, str):
                    node = self.made(Property(node, by.value, end))
                else:
                    node = self.made(Index(node, by, end))
            else:
                break
        return node

    def primary(self) -> Node:
        kind, value, start, end = self.tokens[self.at]
        if kind == "name":
            self.at += 1
            if self.tokens[self.at][:2] == ("operator", "("):
                self.at += 1
                arguments: list[Node] = []
                if self.tokens[self.at][1] != ")":
                    arguments.append(self.nested())
                    while self.tokens[self.at][:2] == ("operator", ","):
                        self.at += 1
                        arguments.append(self.nested())
                return self.made(Call(value, arguments, start, self.take(")")))
            if value in _CONSTANTS:
                return Literal(_CONSTANTS[value], start, end)
            return Context(value.lower(), start, end)
        if kind == "string":
            self.at += 1
            return Literal(value[1:-1].replace("''", "'"), start, end)
        if kind == "number":
            self.at += 1
            return Literal(number(value), start, end)
        if kind == "operator" and value == "(":
            self.at += 1
            node = self.nested()
            node.start, node.end = start, self.take(")")
            return node
        raise self.refuse("a value")


def number(text: str) -> float:
    """A string as GitHub reads a number: NaN where it is none, 0 where it is empty."""
    text = text.strip()
    if not text:
        return 0.0
    try:
        if text[:2] in ("0x", "0o"):
            return float(int(text[2:], 16 if text[1] == "x" else 8))
        if text.lstrip("+-")[:1] in "0123456789." and text.isascii() and "_" not in text:
            return float(text)
    except (ValueError, OverflowError):
        return float("nan")
    return float(text) if text in ("Infinity", "-Infinity", "+Infinity") else float("nan")


def _read(expression: Expression) -> Expression:
    inner = expression.inner
    if not inner.strip():
        message = "expression is empty"
        expression.faults.append(Fault(message, expression.outer.start, expression.outer.end))
        return expression
    if len(inner) > MAX_LENGTH:
        expression.faults.append(
            expression.fault(f"is longer than {MAX_LENGTH} characters, which GitHub refuses", 0, 0)
        )
        return expression
    parsed = _parsed if len(inner) < 300 else _parsed.__wrapped__
    expression.root, expression._nodes, refusal = parsed(str(inner))
    if refusal is not None:
        expression.faults.append(expression.fault(*refusal))
    return expression


def renamed(read: Expression, names: dict[str, str]) -> Expression:
    """The expression with contexts under other names."""
    if not any(isinstance(node, Context) and node.name in names for node in read.nodes()):
        return read
    fresh = Expression(read.outer, read.inner, read.start)
    fresh.root, fresh._nodes, _ = _parsed.__wrapped__(str(read.inner))
    for node in fresh.nodes():
        if isinstance(node, Context):
            node.name = names.get(node.name, node.name)
    return fresh


@lru_cache(maxsize=1000)
def _parsed(text: str) -> tuple[Node | None, tuple[Node, ...], tuple[str, int, int] | None]:
    """The tree of a text with all its nodes, or why there is none: a repository's expressions repeat each other."""
    try:
        parser = _Parser(text)
        root = parser.binary(1)
        if parser.tokens[parser.at][0] != "end":
            raise parser.refuse("the end or an operator")
    except _Refused as refusal:
        message, start, end = refusal.args
        return None, (), (message, start, end)
    return root, tuple(walk(root)), None
