"""What the engine hands to the outputs: a finding, complete, without models or trees."""

from __future__ import annotations

from enum import IntEnum

from infralint.text.edit import Fix
from infralint.text.record import NamedTuple
from infralint.text.source import Located, Source


class Severity(IntEnum):
    """How much harm the fault can do."""

    INFO = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4

    @property
    def label(self) -> str:
        return self.name.lower()


class Confidence(IntEnum):
    """How sure a hit is a real one."""

    LOW = 0
    MEDIUM = 1
    HIGH = 2

    @property
    def label(self) -> str:
        return self.name.lower()


class Place(NamedTuple):
    """A span of a file as people and other tools count it: lines and columns from 1, columns in code points."""

    path: str
    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int


def place_of(element: Located) -> Place:
    """Where an element stands. The end column is the one behind the last character."""
    return place_at(element.source, element.start, element.end)


def place_at(source: Source, start: int, end: int) -> Place:
    """The place of a span of a source."""
    line, column = source.position(start)
    end_line, end_column = source.position(end)
    if end > start and end_column == 1:  # ends with a line end: point at the last line that has text
        end_line -= 1
        end_column = len(source.line_text(end_line)) + 1
    return Place(source.path, start, end, line, column, end_line, end_column)


class Finding:
    """One fault at one place. `same_as` names only the peers' rules that mean this very finding."""

    __slots__ = (
        "aliases",
        "also_reported_by",
        "cause",
        "confidence",
        "fails",
        "first_id",
        "fix",
        "is_at_noun",
        "key",
        "kind",
        "message",
        "part_of",
        "place",
        "profile",
        "related",
        "required_by",
        "rule",
        "same_as",
        "severity",
        "suppressed",
        "title",
    )  # fmt: skip

    def __init__(
        self,
        rule: str,
        kind: str,
        severity: Severity,
        confidence: Confidence,
        title: str,
        message: str,
        place: Place,
        *,
        same_as: tuple[str, ...] = (),
        part_of: tuple[str, ...] = (),
        related: tuple[tuple[Place, str], ...] = (),
        fix: Fix | None = None,
        key: str = "",
        profile: str = "default",
    ) -> None:
        self.rule = rule
        self.kind = kind
        self.severity = severity
        self.confidence = confidence
        self.title = title
        self.message = message
        self.place = place
        self.same_as = same_as
        self.part_of = part_of
        self.related = related
        self.fix = fix
        self.key = key
        """Structural path of the element (`services.web.image`), for fingerprints; never a line number."""
        self.profile = profile
        self.fails = False
        """Whether it is grave enough to fail the run, by the settings of its file."""
        self.cause = ""
        """What findings have in common that are one fault, of which one is reported; "" for a fault of its own."""
        self.is_at_noun = False
        """Whether it stands at the whole noun because the place that the rule names is absent or unknown."""
        self.also_reported_by: tuple[str, ...] = ()
        """What engines that ran beside us call the same fault here: `hadolint/DL3008`."""
        self.aliases: tuple[str, ...] = ()
        """Names that silence it as well: former ones of its rule; of an engine's finding, the rules of ours that answer it."""
        self.first_id = rule
        """The id that the rule had first: fingerprints use it, so that a renamed rule keeps its baselines."""
        self.required_by = ""
        """The file that requires its rule, so that no comment or setting silences it; "" where none does."""
        self.suppressed: str | None = None
        """The comment or setting that silences it, as text; None where it stands."""

    @property
    def path(self) -> str:
        return self.place.path

    @property
    def line(self) -> int:
        return self.place.line

    @property
    def column(self) -> int:
        return self.place.column

    @property
    def end_line(self) -> int:
        return self.place.end_line

    @property
    def end_column(self) -> int:
        return self.place.end_column

    def __repr__(self) -> str:
        return f"<Finding {self.rule} {self.path}:{self.line}:{self.column} {self.message!r}>"
