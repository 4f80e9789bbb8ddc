"""What a shell script is read as: commands, each with its words and where it stands."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.text.record import NamedTuple
from infralint.text.source import Text
from infralint.text.unknown import Unknown


class Word(NamedTuple):
    """A word of a command: its value without quotes, UNKNOWN where it holds a variable; `raw` as written."""

    value: Text | Unknown
    raw: Text


class Redirection(NamedTuple):
    """`2>file`: the operator, the descriptor as written or "", the target word."""

    operator: str
    descriptor: str
    target: Word | None


class Feed(NamedTuple):
    """A here-document given to a command; `expands`: its delimiter is not quoted."""

    delimiter: str
    body: Text
    expands: bool


class Assignment(NamedTuple):
    """`NAME=value`, in front of a command or alone; no value where only the name is declared."""

    name: Text
    value: Word | None


class Pipeline:
    """Commands that feed each other; `stages` holds the commands of each, several where a stage is a group."""

    __slots__ = ("stages",)

    def __init__(self) -> None:
        self.stages: list[list[Command]] = []

    @property
    def commands(self) -> list[Command]:
        """All commands, in order."""
        return [command for stage in self.stages for command in stage]


class Command:
    """One simple command and where it stands. `argv` is empty where only variables are set.

    `before` and `after` are the list operators around it: `&&`, `||`, `;`, `&` or "" (a line end).
    `holder` is the command in one of whose words, or `-c` strings, it stands; `substitutes` the other way round.
    """

    __slots__ = (
        "after", "argv", "assignments", "before", "feeds", "holder", "in_condition", "in_function", "in_subshell",
        "in_substitution", "is_conditional", "is_negated", "pipeline", "redirections", "stage", "substitutes", "text",
    )  # fmt: skip

    def __init__(self, text: Text, place: Place) -> None:
        self.text = text
        self.argv: list[Word] = []
        self.assignments: list[Assignment] = []
        self.redirections: list[Redirection] = []
        self.feeds: list[Feed] = []
        self.before = place.before
        self.after = place.after
        self.pipeline = place.pipeline
        self.stage = place.stage
        self.holder = place.holder
        self.substitutes: list[Command] = []
        self.in_subshell = place.in_subshell
        self.in_substitution = place.in_substitution
        self.is_negated = place.is_negated
        self.is_conditional = place.is_conditional
        self.in_condition = place.in_condition
        self.in_function = place.in_function

    @property
    def start(self) -> int:
        return self.text.start

    @property
    def end(self) -> int:
        return self.text.end

    @property
    def name(self) -> Text | Unknown | None:
        """The first word; None where there is none."""
        return self.argv[0].value if self.argv else None

    def __repr__(self) -> str:
        return f"<Command {str(self.text)!r}>"


class Script:
    """What was read: commands in order, those in substitutions and in `sh -c` strings included.

    `partial`: some of it could not be read. `unreadable`: nothing could, and why.
    """

    __slots__ = ("commands", "partial", "pipelines", "text", "unreadable")

    def __init__(self, text: Text) -> None:
        self.text = text
        self.commands: list[Command] = []
        self.pipelines: list[Pipeline] = []
        self.partial = False
        self.unreadable = ""


class Place(NamedTuple):
    """Where a command stands, as the walk hands it down; `sink` collects the last command of a statement."""

    before: str = ""
    after: str = ""
    pipeline: Pipeline | None = None
    stage: int = 0
    holder: Command | None = None
    in_subshell: bool = False
    in_substitution: bool = False
    is_negated: bool = False
    is_conditional: bool = False
    in_condition: bool = False
    in_function: bool = False
    sink: list[Command] | None = None
    depth: int = 0


def walk(command: Command) -> Iterator[Command]:
    """A command and all that stand in its words, its `-c` string and its here-documents."""
    stack = [command]
    while stack:
        current = stack.pop()
        yield current
        stack += reversed(current.substitutes)
