"""The instructions of a Dockerfile as elements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from infralint.model.element import UNKNOWN, Element, Unknown, askable, fact, together
from infralint.model.shared.command import Command, commands_in
from infralint.model.shared.image import Image
from infralint.syntax import dockerfile as syntax
from infralint.syntax.dockerfile_words import Pair, unquote
from infralint.syntax.interpolation import expand
from infralint.tables.commands import basename
from infralint.text.edit import Edit
from infralint.text.source import Text, text_at

if TYPE_CHECKING:
    from infralint.model.dockerfile.document import DockerfileDocument
    from infralint.model.dockerfile.stage import Stage

Truth = bool | Unknown


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
    def exec_form(self) -> str | None:
        """What it runs as a JSON array; None where a shell does more than split it."""
        from infralint.model.dockerfile.rewrite import exec_form

        return exec_form((self.node.inner or self.node).args)

    @fact
    def is_in_image(self) -> bool:
        """Whether what it leaves behind is in the final image, or in one that is built on it (a trigger)."""
        return self.trigger or self.stage is None or self.stage in self.document.stages[-1].lineage

    @fact
    def earlier_twin(self) -> Instruction | None:
        """The instruction of the same name above it in its stage."""
        around = self.document.head if self.stage is None else self.stage.instructions
        return next((i for i in reversed(around[: self.index]) if i.node.name == self.node.name), None)

    @fact
    def with_twin_above(self) -> Element:
        """It and its earlier twin, where nothing but comments stands between them; else it alone."""
        twin = self.earlier_twin
        return together(twin, self) if twin is not None and twin.index == self.index - 1 else self

    @fact
    def defines(self) -> list[Text]:
        """The names that it gives: of a stage, or of build arguments."""
        return []

    @fact
    def described(self) -> Text | None:
        """The first word of the comment on the line above it; None where a parser directive or nothing stands there."""
        line = self.source.line_of(self.start)
        above = next((c for c in reversed(self.document.tree.comments) if c.start < self.start), None)
        if (
            above is None
            or above.line != line - 1
            or any(d.start == above.start for d in self.document.tree.directives)
        ):
            return None
        words = self.source.text[above.start : above.end].lstrip("# \t").split(None, 1)
        start = self.source.text.find(words[0], above.start) if words else above.end
        return text_at(self.source, start, start + len(words[0])) if words else None

    @fact
    def lines(self) -> int:
        """How many lines it takes."""
        return self.node.last_line - self.node.first_line + 1

    @fact
    def flags(self) -> list[str]:
        """The names of its flags, without dashes."""
        return [flag.name for flag in self.node.flags]

    @fact
    def has_own_shell(self) -> bool:
        """Whether a SHELL that is written here or below reads it."""
        return self.stage is not None and bool(self.stage.shell_at(self.index)[1])

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

    @fact
    def defines(self) -> list[Text]:
        """The stage's name."""
        return [self.alias] if self.alias is not None else []

    @fact
    def is_nothing_by_default(self) -> bool:
        """Whether arguments without a default leave no image to build on: `FROM $IMAGE`, `FROM debian:$TAG`."""
        if self.reference is None or "$" not in self.reference or ":-" in self.reference or ":+" in self.reference:
            return False
        bare = {str(p.name) for i in self.document.head if i.node.name == "ARG" for p in i.node.pairs if p.raw is None}
        value = expand(
            self.reference, lambda name: "" if name in bare else self.document.global_value(name), "docker", "\\"
        )
        return not isinstance(value, Unknown) and (
            not value or value.endswith((":", "@", "/")) or value.startswith((":", "/"))
        )


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

    @fact
    def is_root(self) -> Truth:
        """Whether it is uid 0, by name or number."""
        name = self.name
        if isinstance(name, Unknown):
            return UNKNOWN
        return name == "root" or (name.isascii() and name.isdigit() and not name.strip("0"))

    @fact
    def is_numeric(self) -> Truth:
        """Whether the user is a number, which Kubernetes' runAsNonRoot needs."""
        name = self.name
        return UNKNOWN if isinstance(name, Unknown) else name.isascii() and name.isdigit()


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

    @fact
    def base(self) -> str | Unknown | None:
        """The absolute folder that it continues, from the WORKDIRs above it; None where none is written."""
        parts: list[str] = []
        above = [i for i in self.stage.instructions[: self.index] if isinstance(i, Workdir)] if self.stage else []
        for stage in self.stage.lineage[1:] if self.stage else ():
            above = stage.of(Workdir) + above
        for own in reversed(above):
            if own.is_absolute is None or isinstance(own.path, Unknown):
                return UNKNOWN
            parts.append(str(own.path).rstrip("/"))
            if own.is_absolute:
                return "/".join(reversed(parts)) or "/"
        return None

    @fact
    def full_path(self) -> str | Unknown | None:
        """The folder that it means, with what it continues; None where that is not written."""
        path, base = self.path, self.base
        if isinstance(path, Unknown) or isinstance(base, Unknown):
            return UNKNOWN
        if self.is_absolute is True:
            return str(path)
        return f"{base.rstrip('/')}/{path.removeprefix('./')}" if base is not None and ".." not in path else None


class Binding(Element):
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

    @fact
    def is_guideline_key(self) -> bool:
        """Whether it is a label key as Docker's guidelines want it: small letters, digits, `.` and `-` between them."""
        name = str(self.name)
        plain = name.replace(".", "a").replace("-", "a").replace("_", "a").replace("/", "a")
        doubled = any(pair in name for pair in ("..", "--", ".-", "-."))
        return plain.isascii() and plain.isalnum() and name[:1].isalpha() and name[-1:].isalnum() and not doubled

    @askable
    def form_in(self, forms: Sequence[str]) -> str | None:
        """The form that its value is to have by a list of `name=form`: url, time, license, commit, version or email."""
        wanted = dict(each.rpartition("=")[::2] for each in map(str, forms))
        return wanted.get(str(self.name))

    @askable
    def fits(self, form: str | None) -> Truth:
        """Whether its value has a form; unknown where a variable stands in it, or there is no such form."""
        from infralint.tables.label_formats import fits

        if form is None or self.value is None or "$" in self.value:
            return UNKNOWN
        fitting = fits(form, str(self.value))
        return UNKNOWN if fitting is None else fitting

    def __str__(self) -> str:
        return str(self.name)


class Bindings(Instruction):
    """ENV, ARG or LABEL."""

    __slots__ = ()

    @fact
    def entries(self) -> list[Binding]:
        """The names with their values."""
        return [Binding(pair, self) for pair in self.node.pairs]

    @fact
    def defines(self) -> list[Text]:
        """The names of build arguments; ENV and LABEL define none of a target."""
        return [entry.name for entry in self.entries] if self.node.name == "ARG" else []

    @fact
    def is_spaced(self) -> bool:
        """Whether name and value are written with a space between them: `ENV NAME value`."""
        first = self.arguments.split(None, 1)
        return (
            self.node.name != "ARG" and len(first) == 2 and "=" not in first[0] and not first[0].startswith(("'", '"'))
        )

    @fact
    def with_sign(self) -> list[Edit] | None:
        """Edits that write `NAME=value`; None where quotes or escapes make that less than plain."""
        text = self.arguments
        if (
            not self.is_spaced
            or any(sign in text for sign in "\"'\\`\n")
            or len(self.node.pairs) != 1
            or self.lines > 1
        ):
            return None
        name, value = text.split(None, 1)
        value = f'"{value}"' if any(char.isspace() for char in value) else value
        return [Edit(self.source.path, text.start, text.end, f"{name}={value}")]


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


class Start(Instruction):
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
