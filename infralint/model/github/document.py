"""What GitHub's YAML files share: the parsed tree, its expressions, its structural paths."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from infralint.model.document import Comment, Document, Problem
from infralint.model.element import fact
from infralint.model.github.expression import Condition, Expression
from infralint.model.github.script import masked
from infralint.model.github.types import faults_of
from infralint.model.github.value import Place, Route, route_text
from infralint.model.index import Index
from infralint.syntax import expression as syntax
from infralint.syntax.yaml import Alias, Mapping, Node, Scalar, Sequence, parse
from infralint.text.source import Source, Text

if TYPE_CHECKING:
    from infralint.model.github.job import Job
    from infralint.model.github.step import EnvEntry, Step
    from infralint.model.github.taint import Flows


class WorkflowProblem(Problem):
    """Something that GitHub refuses, or that never does what it says."""

    __slots__ = ("nearest",)

    def __init__(
        self, name: str, message: str, source: Source, start: int, end: int, nearest: str | None = None
    ) -> None:
        super().__init__(name, message, source, start, end)
        self.nearest = nearest

    nearest: str | None

    @property
    def is_type_error(self) -> bool:
        """Whether an expression names what does not exist, is not available there, or is of the wrong type."""
        return self.name in ("expression-type", "expression-undefined", "expression-unavailable")


class GithubDocument(Document):
    """A file that GitHub Actions or Dependabot reads."""

    what = "file"
    types: Any

    def __init__(self, source: Source, index: Index, kind: str) -> None:
        super().__init__(source, index, kind)
        self.stream = parse(source)
        self.problems = [Problem(p.name, p.message, source, p.start, p.end) for p in self.stream.problems]
        root = self.stream.root
        self.root: Mapping | None = root if isinstance(root, Mapping) else None
        if self.root is None and not self.problems:
            where = root or Scalar(self.stream, 0, min(len(source.text), 1), None, "", "")
            message = f"is no {self.what}: keys and values are expected"
            self.problems.append(Problem("syntax", message, source, where.start, max(where.end, where.start)))

    @property
    def further_documents(self) -> list[WorkflowProblem]:
        """The `---` of a second document: GitHub expects the end of the file behind the first."""
        if len(self.stream.documents) < 2:
            return []
        before = self.source.text.rfind("---", 0, max(self.stream.documents[1].start, 3))
        return [
            WorkflowProblem(
                "bad-value", f"a {self.what} is one document, and here a second begins", self.source, before, before + 3
            )
        ]

    def comments(self) -> list[Comment]:
        """Every comment of the file, in order."""
        return [Comment(*comment) for comment in self.stream.comments()]

    @fact
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

    @fact
    def expressions(self) -> list[Expression]:
        """Every expression of the file."""
        found = []
        for place in self.places:
            is_bare = bool(place.route) and place.route[-1] == "if" and not place.is_key
            value = place.node
            if is_bare and not value.style and value.value is None:
                continue
            reads = syntax.find_condition(value.text) if is_bare else syntax.find(value.text)
            found += [Expression(self, place, read) for read in reads]
        return found

    @fact
    def _by_route(self) -> dict[Route, list[Expression]]:
        found: dict[Route, list[Expression]] = {}
        for each in self.expressions:
            found.setdefault(each.route, []).append(each)
        return found

    def expressions_at(self, route: Route) -> list[Expression]:
        """The expressions of one value."""
        return self._by_route.get(route, [])

    def condition_at(self, route: Route) -> Condition | None:
        """The `if:` at a route."""
        return self._conditions_by_route.get(route)

    @fact
    def _conditions_by_route(self) -> dict[Route, Condition]:
        return {each.route: each for each in self.conditions}

    @fact
    def _by_owner(self) -> dict[Route, list[Expression]]:
        found: dict[Route, list[Expression]] = {}
        for each in self.expressions:
            for length in (2, 3, 4, 6):
                if len(each.route) >= length:
                    found.setdefault(each.route[:length], []).append(each)
        return found

    def expressions_below(self, route: Route) -> list[Expression]:
        """The expressions of a job or step."""
        return self._by_owner.get(route, [])

    @fact
    def conditions(self) -> list[Condition]:
        """Every `if:`."""
        return [
            Condition(self, place, self.expressions_at(place.route))
            for place in self.places
            if not place.is_key and place.route[-1:] == ("if",)
        ]

    @fact
    def flows(self) -> Flows:
        """Where the text in its expressions comes from."""
        from infralint.model.github.taint import Flows

        return Flows(self)

    def masked(self, text: Text) -> Text:
        """A script with variables in place of its expressions."""
        return masked(text)

    def place_name(self, route: Route) -> str:
        """The key that GitHub's documentation names."""
        return ""

    def job_at(self, route: Route) -> Job | None:
        """The job that a route leads into."""
        return None

    def step_at(self, route: Route) -> Step | None:
        """The step that a route leads into."""
        return None

    def variable_at(self, route: Route, name: str) -> EnvEntry | None:
        """The `env:` entry that `env.NAME` means at a route."""
        return None

    def matrix_values(self, job: Job, content: str) -> list[Text] | None:
        """Every value of a `${{ matrix.name }}`; None where they cannot be known."""
        return None

    def input_type(self, name: str) -> str | None:
        """The kind of an input: "boolean", "number", "string"; None if it is not declared."""
        return None

    def structure(self) -> Iterator[WorkflowProblem]:
        """What its keys and values get wrong."""
        return iter(())

    @fact
    def all_problems(self) -> list[WorkflowProblem]:
        """What the file's grammar, its structure and its expressions get wrong."""
        found = [WorkflowProblem(p.name, p.message, self.source, p.start, p.end) for p in self.problems]
        found += self.structure()
        for expression in self.expressions:
            for fault in self.faults_of(expression):
                found.append(
                    WorkflowProblem(fault.name, fault.message, self.source, fault.start, fault.end, fault.nearest)
                )
        return found

    def faults_of(self, expression: Expression) -> list[syntax.Fault]:
        """What is wrong with an expression where it stands."""
        return faults_of(expression, self.types.at(expression))

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
