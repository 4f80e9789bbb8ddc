"""The variables that compose services are given, and those that a compose file asks for."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.model.compose.interpolation import InterpolationContext, TextOrUnknown, items
from infralint.model.element import UNKNOWN, Element, Unknown, fact
from infralint.model.index import Index
from infralint.model.shared.variable import Variable
from infralint.syntax import yaml
from infralint.syntax.interpolation import Reference, references
from infralint.text.source import Text


class Interpolation(Element):
    """A variable that compose replaces in a value: `${NAME:-default}`."""

    __slots__ = ("context", "reference", "within")

    def __init__(self, within: Text, reference: Reference, context: InterpolationContext) -> None:
        super().__init__(within.source, reference.start, reference.end)
        self.within = within
        self.reference = reference
        self.context = context

    @fact
    def name(self) -> str:
        """The variable's name."""
        return self.reference.name

    @fact
    def operator(self) -> str:
        """`:-`, `-`, `:?`, `?`, `:+`, `+`, or nothing."""
        return self.reference.operator

    @fact
    def default(self) -> str | Unknown | None:
        """What it is without the variable; absent where nothing says so, unknown where another variable does."""
        argument = self.reference.argument
        if not self.reference.has_default or argument is None:
            return None
        return UNKNOWN if "$" in argument else str(argument)

    @property
    def default_text(self) -> Text | None:
        """The default as it is written, where it is one."""
        argument = self.reference.argument
        return (
            argument
            if self.reference.has_default and isinstance(argument, Text) and argument and "$" not in argument
            else None
        )

    def __str__(self) -> str:
        return self.name


def interpolations(stream: yaml.Stream, context: InterpolationContext) -> Iterator[Interpolation]:
    """Every variable that the values of a file ask for, in order."""
    for node in stream.walk():
        if isinstance(node, yaml.Scalar) and "$" in node.content:
            text = node.text
            for reference in references(text, "compose"):
                if reference.name and not reference.is_malformed:
                    yield Interpolation(text, reference, context)


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
