"""A Dockerfile as the field speaks of it: stages, instructions, images, commands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property

from infralint.model.dockerfile.instruction import (
    Assignment,
    Assignments,
    CmdOrEntrypoint,
    CopyOrAdd,
    Expose,
    From,
    Healthcheck,
    ImageVariable,
    Instruction,
    Port,
    Shell,
    User,
    Workdir,
)
from infralint.model.dockerfile.run import Mount, Run
from infralint.model.dockerfile.stage import Stage
from infralint.model.document import Comment, Document, Noun, Problem
from infralint.model.element import UNKNOWN, Element, Unknown
from infralint.model.index import Index
from infralint.model.shared.command import Command
from infralint.model.shared.image import Image
from infralint.model.shared.secret import Secret, Url, secrets_of, urls_in
from infralint.syntax.dockerfile import parse
from infralint.syntax.interpolation import expand
from infralint.syntax.shell import read_exec, read_shell
from infralint.syntax.shell_tree import Script
from infralint.tables.build_arguments import PLATFORM_ARGS
from infralint.text.source import Source, Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

KIND = "dockerfile"
MAX_SHELL = 100_000
"""Characters of shell that are read in one file; behind them commands are not known."""

CLASSES: dict[str, type[Instruction]] = {
    "FROM": From, "USER": User, "WORKDIR": Workdir, "RUN": Run, "COPY": CopyOrAdd, "ADD": CopyOrAdd, "ENV": Assignments,
    "ARG": Assignments, "LABEL": Assignments, "HEALTHCHECK": Healthcheck, "CMD": CmdOrEntrypoint, "ENTRYPOINT": CmdOrEntrypoint,
    "EXPOSE": Expose, "SHELL": Shell,
}  # fmt: skip


class Directive(Element):
    """A parser directive: `# syntax=docker/dockerfile:1`."""

    __slots__ = ("name", "value")

    def __init__(self, name: str, value: Text, start: int, end: int) -> None:
        super().__init__(value.source, start, end)
        self.name = name
        self.value = value


class DockerfileDocument(Document):
    """One Dockerfile."""

    def __init__(self, source: Source, index: Index, kind: str) -> None:
        super().__init__(source, index, kind)
        self.tree = parse(source)
        self.problems = [Problem(f.name, f.message, source, f.start, f.end) for f in self.tree.faults]
        self.stages: list[Stage] = []
        self.head: list[Instruction] = []
        """What stands in front of the first FROM."""
        self._names: dict[str, Stage] = {}
        self._shell_left = MAX_SHELL
        self._build()

    def _build(self) -> None:
        stage: Stage | None = None
        for node in self.tree.instructions:
            if node.name == "FROM":
                header = From(node, self, None, 0)
                stage = Stage(header, self, len(self.stages))
                self.stages.append(stage)
                header.stage = stage
                _ = header.parent  # an alias may hide an earlier stage's name only from here on
                if header.alias is not None:
                    self._names[header.alias.lower()] = stage
                continue
            held = self.head if stage is None else stage.instructions
            held.append(CLASSES.get(node.name, Instruction)(node, self, stage, len(held)))
            if stage is not None:
                stage.end = node.end

    def comments(self) -> list[Comment]:
        """Every comment of the file, directives included, in order."""
        text = self.source.text
        return [Comment(text[c.start : c.end], c.start, c.end, c.line, True) for c in self.tree.comments]

    @cached_property
    def instructions(self) -> list[Instruction]:
        """All instructions in order; those wrapped in ONBUILD behind their wrapper."""
        found: list[Instruction] = []
        for instruction in (*self.head, *(i for stage in self.stages for i in stage.instructions)):
            found.append(instruction)
            inner = instruction.node.inner
            if instruction.node.name == "ONBUILD" and inner is not None:
                made = CLASSES.get(inner.name, Instruction)(inner, self, instruction.stage, instruction.index)
                made.trigger = True
                found.append(made)
        return found

    def of(self, *names: str) -> list[Any]:
        """The instructions of these names."""
        return [instruction for instruction in self.instructions if instruction.node.name in names]

    @cached_property
    def commands(self) -> list[Command]:
        """The commands of RUN, CMD and ENTRYPOINT in order."""
        found = (one.commands for one in self.instructions if isinstance(one, Run | CmdOrEntrypoint))
        return [command for commands in found for command in commands]

    def stage_named(self, reference: Text, by: Instruction) -> Stage | None:
        """The earlier stage that a FROM or --from means, by name (case is not minded) or number."""
        value = by.resolve(reference)
        if isinstance(value, Unknown):
            return None
        limit = by.stage.number if by.stage is not None else 0
        found = self._names.get(value.lower())
        if found is not None and found.number < limit:
            return found
        if not isinstance(by, From) and value.isascii() and value.isdigit() and len(value) < 6 and int(value) < limit:
            return self.stages[int(value)]
        return None

    @cached_property
    def global_arguments(self) -> dict[str, str | Unknown]:
        """The defaults of the ARGs in front of the first FROM."""
        values = self.__dict__["global_arguments"] = {}
        for instruction in self.head:
            if instruction.node.name == "ARG":
                for pair in instruction.node.pairs:
                    value = UNKNOWN if pair.raw is None else expand(
                        pair.raw, lambda name: values.get(name, UNKNOWN), "docker", self.tree.escape
                    )  # fmt: skip
                    values[str(pair.name)] = UNKNOWN if isinstance(value, str) and len(value) > 4_096 else value
        return values

    def global_value(self, name: str) -> str | Unknown:
        """The default of an ARG in front of the first FROM; UNKNOWN where there is none, or the builder sets it."""
        return self.global_arguments.get(name, UNKNOWN)

    def resolve(self, text: str, stage: Stage | None, index: int) -> str | Unknown:
        """A word with its variables replaced by what is set in front of instruction `index` of a stage."""
        if stage is None or index == 0:
            return expand(text, self.global_value, "docker", self.tree.escape, lambda name: name not in PLATFORM_ARGS)
        return expand(
            text,
            lambda name: stage.lookup(name, index),
            "docker",
            self.tree.escape,
            lambda name: stage.may_be_unset(name, index),
        )

    def script_of(self, instruction: Instruction) -> Script:
        """What an instruction runs, read as shell; empty and partial where that is no POSIX shell's."""
        node = instruction.node
        if node.items is not None:
            return read_exec(node.items, node.args)
        empty = Script(node.args)
        empty.partial = True
        stage = instruction.stage
        shell = stage.shell_at(instruction.index)[0] if stage is not None else "sh"
        if isinstance(shell, Unknown) or shell in ("cmd", "powershell", "pwsh"):
            return empty
        texts = [node.args]
        if node.heredocs:
            first = node.heredocs[0].body
            if node.args.startswith("<<"):
                texts = [heredoc.body for heredoc in node.heredocs]
                if first.startswith("#!") and "sh" not in first.partition("\n")[0]:
                    return empty
            else:  # the command line and, behind a line end, all here-documents as they stand
                size = len(node.args)
                body = self.source.text[first.start - 1 : node.end]
                pieces = (*(node.args.pieces or ()), (size, first.start - 1))
                texts = [Text(node.args + body, self.source, node.args.start, node.end, pieces)]
        script = empty
        for number, text in enumerate(texts):
            self._shell_left -= len(text)
            if self._shell_left < 0:
                empty.unreadable = f"the file holds more than {MAX_SHELL:,} characters of shell"
                return empty
            read = read_shell(text)
            if number:
                script.commands += read.commands
                script.pipelines += read.pipelines
                script.partial = script.partial or read.partial
            else:
                script = read
        return script

    def lines_of(self, line: int) -> tuple[int, int]:
        """First and last line of the instruction on a line, for the comments above it."""
        for instruction in self.tree.instructions:
            if instruction.first_line <= line <= instruction.last_line:
                return instruction.first_line, instruction.last_line
        return line, line

    def stage_lines(self, line: int) -> tuple[int, int]:
        """First and last line of the stage on a line."""
        source = self.source
        for stage in self.stages:
            first, last = source.line_of(stage.start), source.line_of(max(stage.end - 1, stage.start))
            if first <= line <= last:
                return first, last
        return line, line

    def main_line(self) -> int | None:
        """The FROM of the last stage."""
        return self.source.line_of(self.stages[-1].header.start) if self.stages else None

    def key_of(self, element: Any) -> str:
        """`stage.build.RUN[3]` (the number counts that stage's RUNs from 0), `stage[0].USER[0]`, `ARG[0]`."""
        if isinstance(element, Stage):
            return _stage_key(element)
        place = getattr(element, "start", None)
        if not isinstance(place, int):
            return ""
        at = bisect_right(self._keys, (place, 1 << 62, "")) - 1
        if at < 0:
            return ""
        start, end, key = self._keys[at]
        return key if place < max(end, start + 1) else ""

    @cached_property
    def _keys(self) -> list[tuple[int, int, str]]:
        """Start, end and key of every instruction, in the order of the file."""
        found = []
        for stage in (None, *self.stages):
            counts: dict[str, int] = {}
            for instruction in self.head if stage is None else stage.instructions:
                name = instruction.node.name
                number = counts[name] = counts.get(name, -1) + 1
                key = f"{name}[{number}]" if stage is None else f"{_stage_key(stage)}.{name}[{number}]"
                found.append((instruction.start, instruction.end, key))
        return sorted(found)


def _stage_key(stage: Stage) -> str:
    return f"stage.{stage.name}" if stage.name is not None else f"stage[{stage.number}]"


def _images(document: DockerfileDocument) -> Iterator[Image]:
    for instruction in document.instructions:
        if isinstance(instruction, From | CopyOrAdd) and instruction.image is not None:
            yield instruction.image
        elif isinstance(instruction, Run):
            for mount in instruction.mounts:
                if mount.from_name is not None and document.stage_named(mount.from_name, instruction) is None:
                    yield Image(mount.from_name, instruction.resolve)


def _variables(document: DockerfileDocument) -> Iterator[ImageVariable]:
    """The names that ENV and ARG give a value."""
    for bindings in document.of("ENV", "ARG"):
        for entry in bindings.entries:
            value = entry.value
            if value is not None and not isinstance(value, Unknown) and "$" in value:
                value = UNKNOWN
            yield ImageVariable(entry, value)


def _entries(document: DockerfileDocument, name: str) -> Iterable[Assignment]:
    return [entry for own in document.of(name) for entry in own.entries]


NOUNS = {
    "stage": Noun(Stage, lambda d: d.stages),
    "instruction": Noun(Instruction, lambda d: d.instructions),
    "from": Noun(From, lambda d: d.of("FROM")),
    "run": Noun(Run, lambda d: d.of("RUN")),
    "copy": Noun(CopyOrAdd, lambda d: d.of("COPY")),
    "copy_or_add": Noun(CopyOrAdd, lambda d: d.of("COPY", "ADD")),
    "add": Noun(CopyOrAdd, lambda d: d.of("ADD")),
    "env": Noun(Assignment, lambda d: _entries(d, "ENV")),
    "arg": Noun(Assignment, lambda d: _entries(d, "ARG")),
    "label": Noun(Assignment, lambda d: _entries(d, "LABEL")),
    "user": Noun(User, lambda d: d.of("USER")),
    "workdir": Noun(Workdir, lambda d: d.of("WORKDIR")),
    "expose": Noun(Expose, lambda d: d.of("EXPOSE")),
    "port": Noun(Port, lambda d: [port for own in d.of("EXPOSE") for port in own.ports]),
    "cmd": Noun(CmdOrEntrypoint, lambda d: d.of("CMD")),
    "entrypoint": Noun(CmdOrEntrypoint, lambda d: d.of("ENTRYPOINT")),
    "healthcheck": Noun(Healthcheck, lambda d: d.of("HEALTHCHECK")),
    "shell": Noun(Shell, lambda d: d.of("SHELL")),
    "volume": Noun(Instruction, lambda d: d.of("VOLUME")),
    "stopsignal": Noun(Instruction, lambda d: d.of("STOPSIGNAL")),
    "maintainer": Noun(Instruction, lambda d: d.of("MAINTAINER")),
    "onbuild": Noun(Instruction, lambda d: d.of("ONBUILD")),
    "mount": Noun(Mount, lambda d: [mount for run in d.of("RUN") for mount in run.mounts]),
    "directive": Noun(Directive, lambda d: [Directive(*each) for each in d.tree.directives]),
    "image": Noun(Image, _images),
    "command": Noun(Command, lambda d: d.commands),
    "assignments": Noun(Assignments, lambda d: d.of("ENV", "ARG", "LABEL")),
    "variable": Noun(ImageVariable, _variables),
    "secret": Noun(Secret, secrets_of),
    "url": Noun(Url, lambda d: urls_in(d.source)),
    "problem": Noun(Problem, lambda d: d.problems),
}
DockerfileDocument.nouns = NOUNS
