"""What an engine says, in words of our own."""

from __future__ import annotations

from infralint.text.edit import Edit
from infralint.text.record import NamedTuple


class Reported(NamedTuple):
    """One finding of an engine. Lines count from 1; `columns` are code points from 1, the end behind the last; or None.

    `whole`: the finding is about the file or a whole block, and points at its first line only.
    """

    engine: str
    code: str
    path: str
    line: int
    end_line: int
    level: str
    message: str
    url: str = ""
    columns: tuple[int, int] | None = None
    whole: bool = False
    edits: tuple[Edit, ...] = ()

    @property
    def name(self) -> str:
        """`hadolint/DL3008`."""
        return f"{self.engine}/{self.code}"


class Unread(NamedTuple):
    """A file that an engine could not read, and what it said."""

    path: str
    message: str


class Answer:
    """All that came of one engine; `failure` is why it gave no answer, in its own last words."""

    __slots__ = ("dropped", "engine", "failure", "reported", "unread")

    def __init__(self, engine: str) -> None:
        self.engine = engine
        self.reported: list[Reported] = []
        self.unread: list[Unread] = []
        self.failure: str | None = None
        self.dropped = 0
        """Findings that were refused: of files that are not ours to judge."""
