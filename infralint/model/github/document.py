"""What GitHub's YAML files share: the parsed tree, structural paths, and the places of their expressions."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

from infralint.model.document import Comment, Document, Problem
from infralint.model.element import Element, askable
from infralint.model.github.value import get
from infralint.model.index import Index
from infralint.syntax.yaml import Alias, Mapping, Node, Scalar, Sequence, parse
from infralint.tables.trees import GITEA
from infralint.text.record import NamedTuple
from infralint.text.source import Source, Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

Route = tuple[str | int, ...]


def is_of_other_forge(path: str) -> bool:
    """Whether a workflow or action lies in a folder that Gitea or Forgejo read."""
    return "/.gitea/" in f"/{path}" or "/.forgejo/" in f"/{path}"


def route_text(route: Route) -> str:
    """A route as one writes it."""
    text = ""
    for part in route:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


class Place(NamedTuple):
    """A scalar that holds an expression, and the route to it. `is_key`: it is a key, not a value."""

    node: Scalar
    route: Route
    is_key: bool


class WorkflowProblem(Problem):
    """Something that GitHub refuses, or that never does what it says."""

    __slots__ = ("cause", "nearest")

    def __init__(
        self,
        name: str,
        message: str,
        source: Source,
        start: int,
        end: int,
        nearest: str | None = None,
        cause: str | None = None,
    ) -> None:
        super().__init__(name, message, source, start, end)
        self.nearest = nearest
        self.cause = cause

    nearest: str | None
    cause: str | None
    """What it has in common with others of the file that are the same fault; None for a fault of its own."""


class GithubDocument(Document):
    """A file that GitHub Actions or Dependabot reads."""

    what = "file"

    def __init__(self, source: Source, index: Index, kind: str) -> None:
        super().__init__(source, index, kind)
        self.stream = parse(source)
        self.problems = [Problem(p.name, p.message, source, p.start, p.end) for p in self.stream.problems]
        root = self.stream.root
        self.root: Mapping | None = root if isinstance(root, Mapping) else None
        if self.root is None and not self.problems:
            where = root or Scalar(self.stream, 0, min(len(source.text), 1), None, "", "")
            said = "is empty" if not source.text.strip() else f"is not a {self.what}"
            message = f"{said}; a {self.what} must be a mapping"
            self.problems.append(Problem("syntax", message, source, where.start, max(where.end, where.start)))

    @cached_property
    def is_of_other_forge(self) -> bool:
        """Whether it is for Gitea or Forgejo, whose language is not quite GitHub's."""
        return is_of_other_forge(self.source.path)

    @cached_property
    def is_compiled(self) -> bool:
        """Whether GitHub Agentic Workflows (`gh aw compile`) made it of a Markdown file, with conditions for every event."""
        return self.source.path.endswith(".lock.yml") and "gh-aw" in self.source.text[:2000]

    @property
    def variants(self) -> frozenset[str]:
        return frozenset((GITEA,)) if self.is_of_other_forge else frozenset()

    def comments(self) -> list[Comment]:
        """Every comment of the file, in order."""
        return [Comment(*comment) for comment in self.stream.comments()]

    @cached_property
    def places(self) -> list[Place]:
        """Every scalar that holds an expression, `if:` without `${{ }}` included."""
        found: list[Place] = []
        stack: list[tuple[Node, Route]] = [(self.root, ())] if self.root is not None else []
        while stack:
            node, route = stack.pop()
            if isinstance(node, Mapping):
                for pair in reversed(node.pairs):
                    value = pair.value
                    if type(value) is not Scalar or "${{" in value.content or pair.name == "if":
                        stack.append((value, (*route, pair.name)))
                    if isinstance(pair.key, Scalar) and "${{" in pair.key.content:
                        found.append(Place(pair.key, (*route, pair.name), True))
            elif isinstance(node, Sequence):
                for at, item in reversed(list(enumerate(node.items))):
                    if type(item) is not Scalar or "${{" in item.content:
                        stack.append((item, (*route, at)))
            elif isinstance(node, Alias):
                target = self.stream.resolve(node)
                if isinstance(target, Scalar) and ("${{" in target.content or is_condition(route)):
                    found.append(Place(target, route, False))
            elif isinstance(node, Scalar) and ("${{" in node.content or is_condition(route)):
                found.append(Place(node, route, False))
        return found

    def key_of(self, element: Any) -> str:
        """The structural path of an element: `jobs.build.steps[2].run`."""
        route = getattr(element, "route", None)
        return route_text(route if route is not None else tuple(self._route_at(element.start, element.end)))

    def _route_at(self, start: int, end: int) -> Iterator[str | int]:
        node: Node | None = self.root
        while node is not None:
            inner: Node | None = None
            if isinstance(node, Mapping) and node.pairs:
                pair = node.pairs[max(bisect_right(node.pairs, start, key=lambda each: each.start) - 1, 0)]
                if pair.start <= start and end <= pair.end:
                    yield pair.name
                    inner = pair.value if start >= pair.value.start else None
            elif isinstance(node, Sequence) and node.items:
                at = max(bisect_right(node.items, start, key=lambda each: each.start) - 1, 0)
                if node.items[at].start <= start and end <= node.items[at].end:
                    yield at
                    inner = node.items[at]
            node = inner


class Part(Element):
    """An element that a node of the file stands for. `route` leads to it: ("jobs", "build", "steps", 2)."""

    __slots__ = ("file", "node", "route")

    def __init__(self, file: GithubDocument, node: Any, route: Route, start: int, end: int) -> None:
        super().__init__(file.source, start, end)
        self.file = file
        self.node = node
        self.route = route

    def get(self, *keys: str) -> Node | None:
        """The value below it, by keys."""
        return get(self.node, *keys)

    @askable
    def has(self, key: str) -> bool:
        """Whether a key is written below it; a dotted one for what lies deeper."""
        return get(self.node, *key.split(".")) is not None

    @askable
    def key(self, name: str) -> Text | None:
        """The word of a key below it, where its value is looked for; None where it is not written."""
        return self.node.key(name) if isinstance(self.node, Mapping) else None

    @property
    def route_text(self) -> str:
        """Where it stands in the file's structure: `jobs.build.steps[2]`."""
        return route_text(self.route)


def is_condition(route: Route) -> bool:
    """Whether a value is an `if:`, whose text is an expression even without `${{ }}`."""
    if not route or route[-1] != "if":
        return False
    shape = tuple("*" if isinstance(part, int) else part for part in route)
    return (
        (len(route) == 3 and route[0] == "jobs")
        or (len(route) == 5 and route[0] == "jobs" and shape[2:4] == ("steps", "*"))
        or (len(route) == 7 and route[0] == "jobs" and shape[2:6] == ("steps", "*", "parallel", "*"))
        or (len(route) == 4 and route[0] == "jobs" and route[2] == "snapshot")
        or shape[:3] == ("runs", "steps", "*")
    )
