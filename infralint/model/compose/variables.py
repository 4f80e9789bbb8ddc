"""The variables that compose services are given, and those that a compose file asks for."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.model.compose.interpolation import Scope, items
from infralint.model.element import UNKNOWN, Element, Unknown, fact
from infralint.model.index import Index
from infralint.model.shared.variable import Variable
from infralint.syntax import interpolation, yaml
from infralint.tables import secret_names
from infralint.text.edit import Edit
from infralint.text.source import Text

TextOrUnknown = Text | Unknown | None
EXAMPLES = (
    ".env.example",
    ".env.sample",
    ".env.template",
    ".env.dist",
    "env.example",
    "env.sample",
    ".env.default",
    "example.env",
)


class Interpolation(Element):
    """A variable that compose replaces in a value: `${NAME:-default}`."""

    __slots__ = ("_reference", "_scope", "_within")

    def __init__(self, within: Text, reference: interpolation.Reference, scope: Scope) -> None:
        super().__init__(within.source, reference.start, reference.end)
        self._within = within
        self._reference = reference
        self._scope = scope

    @fact
    def name(self) -> str:
        """The variable's name."""
        return self._reference.name

    @fact
    def operator(self) -> str:
        """`:-`, `-`, `:?`, `?`, `:+`, `+`, or nothing."""
        return self._reference.operator

    @fact
    def default(self) -> str | Unknown | None:
        """What it is without the variable; absent where nothing says so, unknown where another variable does."""
        argument = self._reference.argument
        if not self._reference.has_default or argument is None:
            return None
        return UNKNOWN if "$" in argument else str(argument)

    @property
    def default_text(self) -> Text | None:
        """The default as it is written, where it is one."""
        argument = self._reference.argument
        return (
            argument
            if self._reference.has_default and isinstance(argument, Text) and argument and "$" not in argument
            else None
        )

    @fact
    def names_a_secret(self) -> bool:
        """Whether a variable of this name is meant to hold a credential."""
        return secret_names.names_a_secret(self.name)

    @fact
    def is_set_here(self) -> bool:
        """Whether the `.env` beside the file sets it."""
        return self.name in self._scope.variables

    @fact
    def example(self) -> str | None:
        """The file beside this one that shows what `.env` is to hold, if there is one."""
        return self._scope.example(EXAMPLES)

    @fact
    def is_in_example(self) -> bool:
        """Whether that file names it, commented out or not."""
        return self.example is not None and self.name in self._scope.names_of(self.example)

    @fact
    def made_required(self) -> list[Edit] | None:
        """Edits that make compose refuse to start without it."""
        if not self.raw.startswith("${") or not self.raw.endswith("}") or self._within.style == "*":
            return None
        return [Edit(self.source.path, self.start, self.end, f"${{{self.name}:?}}")]

    def __str__(self) -> str:
        return self.name


def interpolations(stream: yaml.Stream, scope: Scope) -> Iterator[Interpolation]:
    """Every variable that the values of a file ask for, in order."""
    for node in stream.walk():
        if isinstance(node, yaml.Scalar) and "$" in node.content:
            text = node.text
            for reference in interpolation.references(text, "compose"):
                if reference.name and not reference.is_malformed:
                    yield Interpolation(text, reference, scope)


def variables_of(node: yaml.Node | None, index: Index | None = None) -> Iterator[Variable]:
    """`environment`, in either form; what interpolation gives is unknown."""
    if isinstance(node, yaml.Mapping):
        for key, item in node.items():
            if isinstance(item, yaml.Scalar):
                value: TextOrUnknown = None
                if item.value is not None or item.style:
                    value = UNKNOWN if "$" in item.content.replace("$$", "") else item.text
                yield Variable(key.source, key.start, max(item.end, key.end), key, value, "environment", index)
        return
    for item in items(node):
        text = yaml.text(item)
        if text is None:
            continue
        at = text.find("=")
        name = text.slice(0, at if at >= 0 else len(text))
        given: TextOrUnknown = text.slice(at + 1, len(text)) if at >= 0 else None
        if isinstance(given, Text) and "$" in given.replace("$$", ""):
            given = UNKNOWN
        yield Variable(text.source, text.start, text.end, name, given, "environment", index)


def repeated(node: yaml.Node | None) -> list[Variable]:
    """The variables of a list that an earlier item gives another value."""
    if not isinstance(node, yaml.Sequence):
        return []
    first: dict[str, str] = {}
    found = []
    for one in variables_of(node):
        if first.setdefault(str(one.name), one.raw) != one.raw:
            found.append(one)
    return found
