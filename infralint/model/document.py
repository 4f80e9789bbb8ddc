"""The interface of a document: all that the engine asks of the model of a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from infralint.model.element import Element
from infralint.model.index import Index
from infralint.text.record import NamedTuple
from infralint.text.source import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar


class Comment(NamedTuple):
    """A comment with its `#`, and where it stands. `alone`: nothing else stands on its line."""

    text: str
    start: int
    end: int
    line: int
    alone: bool


class Problem(Element):
    """Something the file's format forbids. `name` tells the sort: "syntax" means parts could not be read."""

    __slots__ = ("message", "name")
    name: str
    message: str

    def __init__(self, name: str, message: str, source: Source, start: int, end: int) -> None:
        super().__init__(source, start, end)
        self.name = name
        self.message = message

    @property
    def path(self) -> str:
        """The file in which it stands."""
        return self.source.path


class Noun(NamedTuple):
    """A noun that rules can judge: its class, and where a document has them."""

    type: type
    of: Callable[[Any], Iterable[Any]]
    home: str = ""
    """`module:function` where an analysis finds them; empty where the document itself lists them."""


class Document:
    """One judged file seen as the nouns of its kind.

    A model module has KIND, NOUNS (name to Noun) and a subclass of this whose constructor is
    `(source, index, kind)`. Nothing is worked out before a rule asks, except the parse.
    """

    nouns: ClassVar[dict[str, Noun]] = {}

    def __init__(self, source: Source, index: Index, kind: str) -> None:
        self.source = source
        self.index = index
        self.kind = kind
        self.problems: list[Problem] = []

    @property
    def variants(self) -> frozenset[str]:
        """For what the file is there by its content: `tests`, ... (see `pedantic_in` of rules); its path may say more."""
        return frozenset()

    def comments(self) -> list[Comment]:
        """Every comment of the file, in order."""
        return []

    def lines_of(self, line: int) -> tuple[int, int]:
        """The first and last line of the instruction or value that stands at a line: what a comment above it covers."""
        return line, line

    def block_of(self, line: int) -> tuple[int, int]:
        """The first and last line of the service, job or step around a line: what an engine's finding there covers."""
        return self.lines_of(line)

    def stage_lines(self, line: int) -> tuple[int, int]:
        """The first and last line of the build stage around a line; the line alone where there are no stages."""
        return line, line

    def main_line(self) -> int | None:
        """The line at which a finding about the file as a whole stands; None for the first."""
        return None

    def owns(self, path: str) -> bool:
        """Whether a finding at a path is for this document to report; another document reports the rest."""
        return True

    def key_of(self, element: Any) -> str:
        """The structural path of an element (`services.web.image`), "" where it has none."""
        return ""
