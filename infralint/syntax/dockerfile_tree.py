"""What a Dockerfile is read as: instructions with all their parts, each mapped back to the file."""

from __future__ import annotations

from infralint.syntax.dockerfile_words import Flag, Pair, split_words
from infralint.text.record import NamedTuple
from infralint.text.source import Source, Text

_ONE_WORD = frozenset(("USER", "WORKDIR", "STOPSIGNAL", "MAINTAINER"))


class Fault(NamedTuple):
    """Something BuildKit refuses; `name` is "syntax" where text could not be read, else the sort of the error."""

    name: str
    message: str
    start: int
    end: int


class Remark(NamedTuple):
    """A comment with its `#`, and the number of its line, from 1."""

    start: int
    end: int
    line: int


class Directive(NamedTuple):
    """A parser directive of the head: `# syntax=...`, `# escape=...`, `# check=...`; the name in lower case."""

    name: str
    value: Text
    start: int
    end: int


class Heredoc(NamedTuple):
    """A here-document: the delimiter without its quotes, and the body as it is written.

    `expands`: variables in it are replaced (the delimiter is not quoted). `terminated`: its end was found.
    """

    name: str
    word: Text
    body: Text
    expands: bool
    strips_tabs: bool
    terminated: bool


class Instruction:
    """One instruction. `args` is the joined text behind the flags; every part of it maps back to the file.

    `items` are the strings of the JSON form, None in the shell form. `inner` is what ONBUILD wraps, and the CMD
    of a HEALTHCHECK. `start` and `end` reach from the keyword to the last character, here-documents included.
    """

    __slots__ = (
        "_words", "args", "end", "first_line", "flags", "heredocs", "inner", "items",
        "keyword", "last_line", "name", "pairs", "start", "text",
    )  # fmt: skip

    def __init__(self, name: str, keyword: Text, text: Text, args: Text, flags: list[Flag], line: int) -> None:
        self.name = name
        self.keyword = keyword
        self.text = text
        self.args = args
        self.flags = flags
        self.items: list[Text] | None = None
        self.pairs: list[Pair] = []
        self.heredocs: list[Heredoc] = []
        self.inner: Instruction | None = None
        self.start = keyword.start
        self.end = text.end
        self.first_line = line
        self.last_line = line
        self._words: list[Text] | None = None

    @property
    def words(self) -> list[Text]:
        """The arguments as BuildKit splits them: JSON items, one word for USER and WORKDIR, else at white space."""
        if self._words is None:
            if self.items is not None:
                self._words = self.items
            elif self.name in _ONE_WORD:
                self._words = [self.args] if self.args else []
            else:
                self._words = split_words(self.args)
        return self._words

    def flag(self, name: str) -> Flag | None:
        """The first flag of that name (without dashes)."""
        for flag in self.flags:
            if flag.name == name:
                return flag
        return None

    def __repr__(self) -> str:
        return f"<{self.name} {self.first_line}-{self.last_line} {self.args[:40]!r}>"


class Dockerfile:
    """The tree: instructions, directives and comments in order, and what BuildKit would refuse."""

    __slots__ = ("comments", "directives", "escape", "faults", "instructions", "source")

    def __init__(self, source: Source) -> None:
        self.source = source
        self.escape = "\\"
        self.instructions: list[Instruction] = []
        self.directives: list[Directive] = []
        self.comments: list[Remark] = []
        self.faults: list[Fault] = []
