"""The nodes of a GitHub Actions expression. Their offsets are those of the expression's inner text."""

from __future__ import annotations

from collections.abc import Iterator


class Literal:
    """null, a boolean, a number (always a float) or a string."""

    __slots__ = ("depth", "end", "start", "value")

    def __init__(self, value: object, start: int, end: int) -> None:
        self.value = value
        self.start: int = start
        self.end: int = end
        self.depth: int = 1


class Context:
    """A name that stands alone: `github`, `env`. `name` is in lower case, as names do not care for case."""

    __slots__ = ("depth", "end", "name", "start")

    def __init__(self, name: str, start: int, end: int) -> None:
        self.name = name
        self.start: int = start
        self.end: int = end
        self.depth: int = 1


class Property:
    """`of.name`, or `of['name']` with a literal; `name` in lower case, `written` as it stands."""

    __slots__ = ("depth", "end", "name", "of", "start", "written")

    def __init__(self, of: Node, written: str, end: int) -> None:
        self.of, self.name, self.written = of, written.lower(), written
        self.start: int = of.start
        self.end: int = end
        self.depth: int = of.depth + 1


class Index:
    """`of[by]`, where `by` is not a literal string."""

    __slots__ = ("by", "depth", "end", "of", "start")

    def __init__(self, of: Node, by: Node, end: int) -> None:
        self.of, self.by = of, by
        self.start: int = of.start
        self.end: int = end
        self.depth: int = max(of.depth, by.depth) + 1


class Filter:
    """`of.*` or `of[*]`: every value of an object, every item of an array."""

    __slots__ = ("depth", "end", "of", "start")

    def __init__(self, of: Node, end: int) -> None:
        self.of = of
        self.start: int = of.start
        self.end: int = end
        self.depth: int = of.depth + 1


class Call:
    """A function with its arguments; `name` in lower case, `written` as it stands."""

    __slots__ = ("arguments", "depth", "end", "name", "start", "written")

    def __init__(self, written: str, arguments: list[Node], start: int, end: int) -> None:
        self.name, self.written, self.arguments = written.lower(), written, arguments
        self.start: int = start
        self.end: int = end
        self.depth: int = max((node.depth for node in arguments), default=0) + 1


class Not:
    """`!of`."""

    __slots__ = ("depth", "end", "of", "start")

    def __init__(self, of: Node, start: int) -> None:
        self.of = of
        self.start: int = start
        self.end: int = of.end
        self.depth: int = of.depth + 1


class Comparison:
    """`left == right` and its kin."""

    __slots__ = ("depth", "end", "left", "operator", "right", "start")

    def __init__(self, operator: str, left: Node, right: Node) -> None:
        self.operator, self.left, self.right = operator, left, right
        self.start: int = left.start
        self.end: int = right.end
        self.depth: int = max(left.depth, right.depth) + 1


class Logic:
    """A chain of `&&` or of `||`, flat however long it is."""

    __slots__ = ("depth", "end", "operands", "operator", "start")

    def __init__(self, operator: str, operands: list[Node]) -> None:
        self.operator, self.operands = operator, operands
        self.start: int = operands[0].start
        self.end: int = operands[-1].end
        self.depth: int = max(node.depth for node in operands) + 1


Node = Literal | Context | Property | Index | Filter | Call | Not | Comparison | Logic


def children(node: Node) -> list[Node]:
    """The nodes directly below."""
    if isinstance(node, (Property, Filter, Not)):
        return [node.of]
    if isinstance(node, (Context, Literal)):
        return []
    if isinstance(node, Index):
        return [node.of, node.by]
    if isinstance(node, Call):
        return node.arguments
    return [node.left, node.right] if isinstance(node, Comparison) else node.operands


def walk(node: Node) -> Iterator[Node]:
    """A node and all below it, in the order they are written."""
    stack = [node]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(children(node)))


def path_of(node: Node) -> tuple[str, ...] | None:
    """`github.event.commits.*.message` as its parts, `*` for a filter and `[]` for an index; None for other shapes."""
    parts: list[str] = []
    while not isinstance(node, Context):
        if isinstance(node, Property):
            parts.append(node.name)
        elif isinstance(node, Index | Filter):
            parts.append("*" if isinstance(node, Filter) else "[]")
        else:
            return None
        node = node.of
    parts.append(node.name)
    return tuple(reversed(parts))
