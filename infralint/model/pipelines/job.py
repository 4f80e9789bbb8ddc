"""What every CI system's file holds: jobs, their scripts, code that comes from elsewhere, and text that is pasted in."""

from __future__ import annotations

from infralint.model.element import UNKNOWN, Element, Truth, Unknown, askable, fact
from infralint.model.shared.image import Image
from infralint.model.shared.keyed import Keyed
from infralint.model.shared.value import get
from infralint.model.shared.variable import Variable
from infralint.syntax.yaml import Mapping, Node, Pair
from infralint.text import regex as re
from infralint.text.record import NamedTuple
from infralint.text.source import Source, Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from infralint.model.document import Document


class Script(Element):
    """A text that a shell runs; it stands at the text. `mask` matches what the CI system replaces before the shell reads it."""

    __slots__ = ("is_posix", "mask", "text")

    def __init__(self, text: Text, is_posix: Truth = True, mask: re.Pattern[str] | None = None) -> None:
        super().__init__(text.source, text.start, text.end)
        self.text = text
        self.is_posix = is_posix
        self.mask = mask

    @property
    def shell_text(self) -> Text:
        """The script with what is replaced as shell variables of the same length, so that a shell's grammar can read it."""
        text = self.text
        if self.mask is None:
            return text
        masked = self.mask.sub(lambda match: _placeholder(match[0]), text)
        return text if masked == text else Text(masked, text.source, text.start, text.end, text.pieces, text.style)


def _placeholder(mark: str) -> str:
    """A shell variable as long as a mark, of the mark's own name where it has one; underscores where it is too short."""
    if re.fullmatch(r"\$\([\w.-]+\)", mark):
        return "${" + re.sub(r"[.-]", "_", mark[2:-1]) + "}"
    return f"${{{'_' * (len(mark) - 3)}}}" if len(mark) > 3 else "_" * len(mark)


class JobVariable(Variable):
    """A variable that a pipeline's file sets. `text` is its value as written, with what the CI system replaces in it."""

    __slots__ = ("pair", "text")

    def __init__(
        self,
        start: int,
        end: int,
        name: Text,
        text: Text | None,
        value: Text | Unknown | None,
        pair: Pair | None = None,
    ) -> None:
        super().__init__(name.source, start, end, name, value, "variables")
        self.text = text
        self.pair = pair


class ExternalCode(Element):
    """Code that a pipeline takes from elsewhere: an include, an orb, a task, a pipe, a plugin, a shared library.

    It stands where it is named. `version` is absent where none is written and the newest one is taken.
    """

    __slots__ = ("file", "form", "is_immutable", "name", "node", "version")
    file: Document | None
    """The file that names it."""
    form: str
    """How the CI system calls it: `include`, `component`, `orb`, `task`, `pipe`, `plugin`, `library`, `template`, `resolver`."""
    name: Text
    version: Text | Unknown | None
    is_immutable: Truth
    """Whether the version can never mean other code: a commit, a digest, a version that its registry never overwrites."""

    def __init__(
        self, form: str, name: Text, version: Text | Unknown | None, is_immutable: Truth, node: Mapping | None = None
    ) -> None:
        super().__init__(name.source, name.start, name.end)
        self.form = form
        self.name = name
        self.version = version
        self.is_immutable = is_immutable
        self.node = node
        self.file = None


class Substitution(Element):
    """A place where the CI system pastes a value into text before anything reads it."""

    __slots__ = ("into", "name", "writer")
    name: str
    """What is pasted, as it is written without its marks."""
    into: str
    """What it is pasted into: `script`, `image`, `runner`, `cache key`, `path`, `include`, ..."""
    writer: str
    """Who decides the value: `outsider` (anyone who opens a change), `writer` (who may push), `starter` (who starts the pipeline),
    `caller` (the file that takes this one)."""

    def __init__(self, source: Source, start: int, end: int, name: str, into: str, writer: str) -> None:
        super().__init__(source, start, end)
        self.name = name
        self.into = into
        self.writer = writer


class Parts(NamedTuple):
    """What a CI system's reader found out about a job. Absent and unknown as everywhere."""

    images: tuple[Image, ...] = ()
    services: tuple[Image, ...] = ()
    scripts: tuple[Script, ...] = ()
    variables: tuple[Variable, ...] = ()
    external: tuple[ExternalCode, ...] = ()
    environment: Text | Unknown | None = None
    timeout: Element | Text | Unknown | None = None
    runner: tuple[Text, ...] = ()
    is_template: bool = False
    is_approved: Truth = False
    allows_failure: Truth = False
    runs_on_change: Truth = UNKNOWN
    is_limited: Truth = UNKNOWN
    deploying: Text | None = None
    system: str = ""
    """The CI system, as it calls itself."""
    is_run: bool = False
    """Whether it stands for all jobs that one run starts, so that a limit of time holds for them together."""


class Job(Keyed):
    """A job of a pipeline: what one runner does from its start to its end. It stands at its name."""

    __slots__ = ("name", "node", "parts")
    name: Text
    """Its name, as the file has it."""

    def __init__(self, name: Text, node: Mapping | None, parts: Parts) -> None:
        super().__init__(name.source, name.start, name.end)
        self.name = name
        self.node = node
        self.parts = parts

    @fact
    def images(self) -> list[Image]:
        """The images that it runs in, services aside."""
        return list(self.parts.images)

    @fact
    def services(self) -> list[Image]:
        """The images that run beside it."""
        return list(self.parts.services)

    @fact
    def scripts(self) -> list[Script]:
        """What its shells run, in order."""
        return list(self.parts.scripts)

    @fact
    def variables(self) -> list[Variable]:
        """The variables that it is given by the file."""
        return list(self.parts.variables)

    @fact
    def environment(self) -> Text | Unknown | None:
        """The environment that it deploys to, as the CI system knows it."""
        return self.parts.environment

    @fact
    def timeout(self) -> Element | Text | Unknown | None:
        """What ends it when it hangs; unknown where something that is not here may set it."""
        return self.parts.timeout

    @fact
    def runner(self) -> list[Text]:
        """The labels by which its runner is chosen."""
        return list(self.parts.runner)

    @fact
    def is_template(self) -> bool:
        """Whether it never runs itself and only lends its keys to others."""
        return self.parts.is_template

    def at_key(self, key: str) -> Node | None:
        return get(self.node, *key.split("."))

    @askable
    def key(self, name: str) -> Text | None:
        """The word of a key of it; None where it is not written."""
        return self.node.key(name) if self.node is not None else None
