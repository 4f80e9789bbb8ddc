"""A build stage: its instructions, what it inherits, and the variables that are set at each place in it."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property

from infralint.model.dockerfile.instruction import (
    Assignment,
    Assignments,
    CmdOrEntrypoint,
    CopyOrAdd,
    Expose,
    From,
    Healthcheck,
    Instruction,
    Shell,
    User,
)
from infralint.model.dockerfile.run import Run
from infralint.model.element import UNKNOWN, Element, Unknown, fact
from infralint.model.shared.image import Image
from infralint.tables.build_arguments import PLATFORM_ARGS, PROXY_ARGS
from infralint.tables.images import SETS_ONLY_PATH
from infralint.text.source import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    from infralint.model.dockerfile.document import DockerfileDocument

    Kind = TypeVar("Kind", bound=Instruction)

Value = str | Unknown | None

MAX_LINEAGE = 100
MAX_VALUE = 4_096


class Stage(Element):
    """One stage, from its FROM to its last instruction. `number` counts from 0."""

    __slots__ = ("document", "header", "instructions", "number")
    header: From
    number: int

    def __init__(self, header: From, document: DockerfileDocument, number: int) -> None:
        super().__init__(header.source, header.start, header.end)
        self.header = header
        self.document = document
        self.number = number
        self.instructions: list[Instruction] = [header]

    @fact
    def name(self) -> Text | None:
        """The name behind AS, None where it has none."""
        return self.header.alias

    @fact
    def last(self) -> Instruction:
        """Its last instruction; its FROM where it has no other."""
        return self.instructions[-1] if self.instructions else self.header

    @fact
    def is_final(self) -> bool:
        """Whether it is the one that is built if no target is named."""
        return self.document.stages[-1] is self

    @fact
    def parent(self) -> Stage | None:
        """The stage that it is built on."""
        return self.header.parent

    @fact
    def lineage(self) -> list[Stage]:
        """The stage, what it is built on, and so on."""
        found = [self]
        while (parent := found[-1].parent) is not None and len(found) < MAX_LINEAGE:
            found.append(parent)
        return found

    @fact
    def image(self) -> Image | None:
        """The image below all."""
        return self.lineage[-1].header.image

    def of(self, kind: type[Kind], name: str = "") -> list[Kind]:
        """The stage's own instructions of a class, triggers left out."""
        return [i for i in self.instructions if isinstance(i, kind) and (not name or i.node.name == name)]

    def _last(self, kind: type[Kind], name: str = "") -> Kind | None:
        for stage in self.lineage:
            own = stage.of(kind, name)
            if own:
                return own[-1]
        return None

    def of_name(self, name: str) -> list[Instruction]:
        """The stage's own instructions of a name, triggers left out."""
        return [i for i in self.instructions if i.node.name == name]

    @fact
    def user(self) -> User | None:
        """The last USER, inherited from the stages below; None where none is written."""
        return self._last(User)

    @fact
    def healthcheck(self) -> Healthcheck | None:
        """The HEALTHCHECK that holds, inherited from the stages below."""
        return self._last(Healthcheck)

    @fact
    def cmd(self) -> CmdOrEntrypoint | None:
        """The CMD that holds, inherited from the stages below."""
        return self._last(CmdOrEntrypoint, "CMD")

    @fact
    def entrypoint(self) -> CmdOrEntrypoint | None:
        """The ENTRYPOINT that holds, inherited from the stages below."""
        return self._last(CmdOrEntrypoint, "ENTRYPOINT")

    @fact
    def labels(self) -> dict[str, Assignment]:
        """The labels by name, those of the stages below too."""
        return self._bindings("LABEL")

    def _bindings(self, name: str) -> dict[str, Assignment]:
        return {
            str(entry.name): entry
            for stage in reversed(self.lineage)
            for own in stage.of(Assignments, name)
            for entry in own.entries
        }

    @fact
    def runs(self) -> list[Run]:
        """Its RUN instructions."""
        return self.of(Run)

    @fact
    def copies(self) -> list[CopyOrAdd]:
        """Its COPY and ADD instructions."""
        return self.of(CopyOrAdd)

    @cached_property
    def exposes(self) -> list[Expose]:
        """Its EXPOSE instructions."""
        return self.of(Expose)

    @cached_property
    def shells(self) -> list[Shell]:
        """Its SHELL instructions."""
        return self.of(Shell)

    def shell_at(self, index: int) -> tuple[str | Unknown, list[Text]]:
        """The shell that reads a RUN at that place: its name, and the words of SHELL."""
        for stage in self.lineage:
            shells = stage.shells
            at = bisect_left([shell.index for shell in shells], index) if stage is self else len(shells)
            if at:
                return shells[at - 1].program, shells[at - 1].words
        return ("cmd" if self.is_windows else "sh"), []

    @fact
    def is_windows(self) -> bool:
        """Whether it is a Windows image: by its name, or the backquote as escape character."""
        if self.document.tree.escape == "`":
            return True
        image = self.image
        name = str(image.reference).lower() if image is not None else ""
        return "windows" in name or "nanoserver" in name

    @cached_property
    def variable_history(self) -> dict[str, list[tuple[int, Value, bool]]]:
        """Each variable's settings: (where, value, by ENV). Filled in order, so that each value sees those before."""
        history = self.__dict__["variable_history"] = {}
        for instruction in self.instructions:
            if not isinstance(instruction, Assignments) or instruction.node.name == "LABEL":
                continue
            is_env = instruction.node.name == "ENV"
            fresh: list[tuple[str, Value]] = []
            for pair in instruction.node.pairs:
                value: Value
                if pair.raw is not None:
                    value = self.document.resolve(pair.raw, self, instruction.index)
                    if not isinstance(value, Unknown) and len(value) > MAX_VALUE:
                        value = UNKNOWN
                else:
                    value = self.document.global_value(str(pair.name))
                fresh.append((str(pair.name), value))
            for name, value in fresh:
                history.setdefault(name, []).append((instruction.index, value, is_env))
        return history

    def lookup(self, name: str, index: int) -> Value:
        """The value of a variable in front of instruction `index`; ENV goes before ARG, and stages hand ENV on."""
        by_arg: Value = None
        has_arg = False
        for stage in self.lineage:
            for at, value, is_env in reversed(stage.variable_history.get(name, ())):
                if stage is self and at >= index:
                    continue
                if is_env:
                    return value
                if stage is self and not has_arg:
                    by_arg, has_arg = value, True
        if has_arg:
            return by_arg
        image = self.image
        return None if image is not None and image.is_scratch else UNKNOWN

    def may_be_unset(self, name: str, index: int) -> bool:
        """Whether nothing sets a variable unless a build argument is given: an ARG without default, or no declaration at all.

        What the base image sets is known of a few images only.
        """
        if name in PLATFORM_ARGS or name in PROXY_ARGS:
            return False
        written = [
            (value, is_env)
            for stage in self.lineage
            for at, value, is_env in stage.variable_history.get(name, ())
            if stage is not self or at < index
        ]
        image = self.image
        bare = image is not None and "/" not in image.reference and image.short_name in SETS_ONLY_PATH
        declared = any(not is_env for _, is_env in written)
        return (declared or (bare and name != "PATH")) and not any(is_env for _, is_env in written)
