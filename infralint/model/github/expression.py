"""Every `${{ }}` of a workflow or action, and every `if:`."""

from __future__ import annotations

from infralint.model.element import askable, fact, remembered
from infralint.model.github.document import GithubDocument, Part, Place, Route
from infralint.syntax import expression as syntax
from infralint.text.source import Text

OTHER_NAMES = {"gitea": "github", "forgejo": "github", "forge": "github"}
"""What Gitea and Forgejo call the context `github` as well."""


class Expression(Part):
    """One `${{ }}`, or the text of an `if:` without; it stands at the whole of it."""

    def __init__(self, file: GithubDocument, place: Place, read: syntax.Expression) -> None:
        super().__init__(file, place.node, place.route, read.outer.start, read.outer.end)
        self.read = read
        self.site = place

    @property
    def text(self) -> Text:
        """What stands between the braces."""
        inner = self.read.inner
        body = inner.strip()
        start = len(inner) - len(inner.lstrip())
        return inner.slice(start, start + len(body))

    @property
    def is_condition(self) -> bool:
        """Whether it is (part of) an `if:`."""
        return bool(self.route) and self.route[-1] == "if"

    @property
    def is_broken(self) -> bool:
        """Whether it cannot be read."""
        return self.read.root is None

    @fact
    def secret_names(self) -> list[Text]:
        """The secrets that it names."""
        found = []
        for node in self.read.nodes():
            if isinstance(node, syntax.Property) and isinstance(node.of, syntax.Context) and node.of.name == "secrets":
                found.append(self.read.at(node).slice(node.end - node.start - len(node.written), node.end - node.start))
        return found

    @askable
    def mentions(self, path: str) -> bool:
        """Whether it names a context (`secrets`) or a path in one (`github.token`)."""
        wanted = tuple(path.lower().split("."))
        return any(found[: len(wanted)] == wanted for node in self.read.nodes() if (found := syntax.path_of(node)))

    @askable
    def calls(self, function: str) -> bool:
        """Whether it calls a function."""
        return any(isinstance(node, syntax.Call) and node.name == function.lower() for node in self.read.nodes())


class Condition(Part):
    """An `if:`; it stands at its value."""

    text: Text
    expressions: list[Expression]

    def __init__(self, file: GithubDocument, place: Place, expressions: list[Expression]) -> None:
        text = place.node.text
        super().__init__(file, place.node, place.route, text.start, text.end)
        self.text = text
        self.expressions = expressions


@remembered
def expressions_of(file: GithubDocument) -> list[Expression]:
    """Every expression of a file."""
    found = []
    for place in file.places:
        is_bare = bool(place.route) and place.route[-1] == "if" and not place.is_key
        value = place.node
        if is_bare and not value.style and value.value is None:
            continue
        reads = syntax.find_condition(value.text) if is_bare else syntax.find(value.text)
        # `${{ insert }}` as a key puts the entries of its value in its place
        reads = [read for read in reads if not place.is_key or read.inner.strip() != "insert"]
        if file.is_of_other_forge:
            reads = [syntax.renamed(read, OTHER_NAMES) for read in reads]
        found += [Expression(file, place, read) for read in reads]
    return found


def expressions_at(file: GithubDocument, route: Route) -> list[Expression]:
    """The expressions of one value."""
    return _by_route(file).get(route, [])


@remembered
def _by_route(file: GithubDocument) -> dict[Route, list[Expression]]:
    found: dict[Route, list[Expression]] = {}
    for each in expressions_of(file):
        found.setdefault(each.route, []).append(each)
    return found


def expressions_below(file: GithubDocument, route: Route) -> list[Expression]:
    """The expressions of a job or step."""
    return _by_owner(file).get(route, [])


@remembered
def _by_owner(file: GithubDocument) -> dict[Route, list[Expression]]:
    found: dict[Route, list[Expression]] = {}
    for each in expressions_of(file):
        for length in (2, 3, 4, 6):
            if len(each.route) >= length:
                found.setdefault(each.route[:length], []).append(each)
    return found


@remembered
def conditions_of(file: GithubDocument) -> list[Condition]:
    """Every `if:` of a file."""
    return [
        Condition(file, place, expressions_at(file, place.route))
        for place in file.places
        if not place.is_key and place.route[-1:] == ("if",)
    ]


def condition_at(file: GithubDocument, route: Route) -> Condition | None:
    """The `if:` at a route."""
    return _conditions_by_route(file).get(route)


@remembered
def _conditions_by_route(file: GithubDocument) -> dict[Route, Condition]:
    return {each.route: each for each in conditions_of(file)}


def as_shell_variables(text: Text) -> Text:
    """A script whose expressions are shell variables of the same length, so that a shell's grammar can read it."""
    if "${{" not in text:
        return text
    parts: list[str] = []
    at = 0
    for each in syntax.find(text):
        size = len(each.outer)
        parts += (text[at : each.start], "${", "_" * (size - 3), "}")
        at = each.start + size
    parts.append(text[at:])
    return Text("".join(parts), text.source, text.start, text.end, text.pieces, text.style)
