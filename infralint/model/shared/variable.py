"""The shared noun `variable`: a name that is given a value in an environment, in any kind of file."""

from __future__ import annotations

from infralint.model.element import Element, Unknown
from infralint.text.source import Source, Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from infralint.model.index import Index


class Variable(Element):
    """An environment variable: ENV and ARG, compose `environment`, CI `env`, a line of a dotenv file."""

    __slots__ = ("context", "index", "name", "value")
    name: Text
    value: Text | Unknown | None
    """Its value; absent where only the name is passed on, unknown where an expression stands."""
    context: str
    """What it is written in, as the field calls it: ENV, ARG, environment, env or dotenv; setting or pair in settings."""
    index: Index | None

    def __init__(
        self,
        source: Source,
        start: int,
        end: int,
        name: Text,
        value: Text | Unknown | None,
        context: str,
        index: Index | None = None,
    ) -> None:
        super().__init__(source, start, end)
        self.name = name
        self.value = value
        self.context = context
        self.index = index
