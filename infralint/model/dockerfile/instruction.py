"""The instructions of a Dockerfile as elements."""

from __future__ import annotations

from infralint.model.element import UNKNOWN, Element, Truth, Unknown, askable, fact
from infralint.model.shared.command import Command, commands_in
from infralint.model.shared.image import Image
from infralint.model.shared.variable import Variable
from infralint.syntax import dockerfile as syntax
from infralint.syntax.dockerfile_words import Pair, unquote
from infralint.tables.commands import basename
from infralint.text.source import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from infralint.model.dockerfile.document import DockerfileDocument
    from infralint.model.dockerfile.stage import Stage


class Instruction(Element):
    """One instruction. `stage` is None in front of the first FROM; `index` counts within the stage."""

    __slots__ = ("document", "index", "node", "stage", "trigger")
    stage: Stage | None

    def __init__(self, node: syntax.Instruction, document: DockerfileDocument, stage: Stage | None, index: int) -> None:
        super().__init__(document.source, node.start, node.end)
        self.node = node
        self.document = document
        self.stage = stage
        self.index = index
        self.trigger = False

    @fact
    def kind(self) -> str:
        """The keyword in upper case: `RUN`, `COPY`, ..."""
        return self.node.name

    @fact
    def keyword(self) -> Text:
        """The keyword as written."""
        return self.node.keyword

    @fact
    def arguments(self) -> Text:
        """All behind the flags, continued lines joined."""
        return self.node.args

    @fact
    def words(self) -> list[Text]:
        """The arguments one by one, as the builder splits them."""
        return self.node.words

    @fact
    def is_exec_form(self) -> bool:
        """Whether it is written as a JSON array."""
        return self.node.items is not None

    @fact
    def lines(self) -> int:
        """How many lines it takes."""
        return self.node.last_line - self.node.first_line + 1

    @fact
    def flags(self) -> list[str]:
        """The names of its flags, without dashes."""
        return [flag.name for flag in self.node.flags]

    @askable
    def flag(self, name: str) -> Text | None:
        """The value of a flag, None where it is not given or has none."""
        flag = self.node.flag(name)
        return flag.value if flag else None

    def resolve(self, text: str) -> str | Unknown:
        """A word with its variables replaced by what is set at this place."""
        return self.document.resolve(text, self.stage, self.index)

    def resolved(self, text: Text) -> Text | Unknown:
        """The same as text that stands where the word is written."""
        value = self.resolve(text)
        if isinstance(value, Unknown):
            return UNKNOWN
        plain = unquote(text, self.document.tree.escape)
        return plain if value == plain else Text(value, text.source, text.start, text.end, ((0, text.start),))


class From(Instruction):
    """FROM: where a stage begins."""

    __slots__ = ()

    @fact
    def reference(self) -> Text | None:
        """What is built on, as written."""
        return self.node.words[0] if self.node.words else None

    @fact
    def alias(self) -> Text | None:
        """The name behind AS."""
        words = self.node.words
        return words[2] if len(words) >= 3 and words[1].lower() == "as" else None

    @fact
    def platform(self) -> Text | None:
        """The value of --platform."""
        return self.flag("platform")

    @fact
    def parent(self) -> Stage | None:
        """The stage that it builds on, None where that is an image."""
        return self.document.stage_named(self.reference, self) if self.reference else None

    @fact
    def image(self) -> Image | None:
        """The image that it builds on, None where that is a stage."""
        if self.reference is None or self.parent is not None:
            return None
        return Image(self.reference, self.resolve)


class User(Instruction):
    """USER."""

    __slots__ = ()

    @fact
    def value(self) -> Text | Unknown:
        """User and group, variables replaced."""
        return self.resolved(self.node.args)

    @fact
    def name(self) -> Text | Unknown:
        """The user, a name or a number, without the group."""
        value = self.value
        return UNKNOWN if isinstance(value, Unknown) else value.slice(0, _colon(value))

    @fact
    def group(self) -> Text | Unknown | None:
        """The group, None where none is given."""
        value = self.value
        if isinstance(value, Unknown):
            return UNKNOWN
        at = _colon(value)
        return value.slice(at + 1, len(value)) if at < len(value) else None


def _colon(value: str) -> int:
    at = value.find(":")
    return at if at >= 0 else len(value)


class Workdir(Instruction):
    """WORKDIR."""

    __slots__ = ()

    @fact
    def path(self) -> Text | Unknown:
        """The folder, variables replaced."""
        return self.resolved(self.node.args)

    @fact
    def is_absolute(self) -> Truth:
        """Whether it begins at the root (or a drive) whatever went before."""
        path = self.path
        if isinstance(path, Unknown):
            return UNKNOWN
        return path.startswith(("/", "\\")) or path[1:2] == ":"


class Assignment(Element):
    """One name with its value, in ENV, ARG or LABEL."""

    __slots__ = ("instruction", "name", "value")
    instruction: Instruction
    name: Text
    value: Text | None

    def __init__(self, pair: Pair, instruction: Instruction) -> None:
        super().__init__(instruction.source, pair.word.start, pair.word.end)
        self.name = pair.name
        self.value = pair.value
        """The value without quotes, variables as written; None where ARG has no default."""
        self.instruction = instruction

    def __str__(self) -> str:
        return str(self.name)


class ImageVariable(Variable):
    """A name that ENV or ARG gives a value, as a variable; `assignment` is where it is written."""

    __slots__ = ("assignment",)

    def __init__(self, assignment: Assignment, value: Text | Unknown | None) -> None:
        context = assignment.instruction.node.name
        super().__init__(assignment.source, assignment.start, assignment.end, assignment.name, value, context)
        self.assignment = assignment


class Assignments(Instruction):
    """ENV, ARG or LABEL."""

    __slots__ = ()

    @fact
    def entries(self) -> list[Assignment]:
        """The names with their values."""
        return [Assignment(pair, self) for pair in self.node.pairs]


class Healthcheck(Instruction):
    """HEALTHCHECK."""

    __slots__ = ()

    @fact
    def is_none(self) -> bool:
        """Whether it switches off what the base image checks."""
        return self.node.inner is None

    @fact
    def is_shell_form(self) -> bool:
        """Whether a shell is started for each check."""
        return self.node.inner is not None and self.node.inner.items is None

    @fact
    def command(self) -> Text | None:
        """What is run."""
        return self.node.inner.args if self.node.inner else None


class CmdOrEntrypoint(Instruction):
    """CMD or ENTRYPOINT."""

    __slots__ = ()

    @fact
    def commands(self) -> list[Command]:
        """What is started, read as shell or taken from the JSON form."""
        return list(commands_in(self.document.script_of(self)))


class Shell(Instruction):
    """SHELL."""

    __slots__ = ()

    @fact
    def program(self) -> str | Unknown:
        """The shell's name without folder and ending."""
        items = self.node.items
        return basename(items[0].replace("\\", "/")).lower() if items else UNKNOWN


class CopyOrAdd(Instruction):
    """COPY or ADD."""

    __slots__ = ()

    @fact
    def sources(self) -> list[Text]:
        """What is copied, here-documents left out."""
        marks = {heredoc.word.start for heredoc in self.node.heredocs}
        return [word for word in self.node.words[:-1] if word.start not in marks]

    @fact
    def destination(self) -> Text | None:
        """Where to."""
        return self.node.words[-1] if len(self.node.words) > 1 else None

    @fact
    def from_name(self) -> Text | None:
        """The value of --from."""
        return self.flag("from")

    @fact
    def from_stage(self) -> Stage | None:
        """The stage that --from names or counts."""
        return self.document.stage_named(self.from_name, self) if self.from_name else None

    @fact
    def image(self) -> Image | None:
        """The image that --from names, where it is no stage."""
        if self.from_name is None or self.from_stage is not None or self.from_name.isdigit():
            return None
        return Image(self.from_name, self.resolve)

    @fact
    def owner(self) -> Text | None:
        """The value of --chown."""
        return self.flag("chown")

    @fact
    def urls(self) -> list[Text]:
        """The sources that are fetched, without quotes."""
        plain = (unquote(word, self.document.tree.escape) for word in self.sources)
        return [word for word in plain if word.startswith(("http://", "https://", "git@", "ftp://"))]

    @fact
    def target(self) -> str | None:
        """Where to, without quotes."""
        return str(unquote(self.destination, self.document.tree.escape)) if self.destination is not None else None


class Port(Element):
    """One port of an EXPOSE."""

    __slots__ = ("instruction", "word")
    instruction: Instruction
    word: Text

    def __init__(self, word: Text, instruction: Instruction) -> None:
        super().__init__(word.source, word.start, word.end)
        self.word = word
        self.instruction = instruction

    @fact
    def number(self) -> int | Unknown:
        """The port's number; unknown for a variable, a range or nonsense."""
        value = self.instruction.resolve(self.word)
        if isinstance(value, Unknown):
            return UNKNOWN
        digits = value.partition("/")[0]
        return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 8 else UNKNOWN

    @fact
    def protocol_word(self) -> Text | None:
        """The protocol as written, None where none is."""
        at = self.word.find("/")
        return self.word.slice(at + 1, len(self.word)) if at >= 0 and "$" not in self.word else None

    @fact
    def protocol(self) -> str:
        """tcp or udp."""
        return self.word.partition("/")[2].lower() or "tcp"

    def __str__(self) -> str:
        return str(self.word)


class Expose(Instruction):
    """EXPOSE."""

    __slots__ = ()

    @fact
    def ports(self) -> list[Port]:
        """The ports that it names."""
        return [Port(word, self) for word in self.node.words]
