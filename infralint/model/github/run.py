"""The scripts of steps: the shell that runs them, their commands, what they write and send."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from infralint.model.element import UNKNOWN, Element, Unknown, fact
from infralint.model.github.expression import Expression
from infralint.model.github.value import Part, known
from infralint.model.shared.command import Command, commands_in
from infralint.tables.commands import DOWNLOADERS
from infralint.text.edit import Edit
from infralint.text.source import Text

if TYPE_CHECKING:
    from infralint.model.github.environment_files import FileWrite
    from infralint.model.github.step import Step
    from infralint.model.github.taint import Flow
    from infralint.syntax.shell import Command as ShellCommand
    from infralint.syntax.shell import Script


class Run(Part):
    """The script of a `run:`; it stands at the script."""

    step: Step
    text: Text

    def __init__(self, step: Step, text: Text) -> None:
        super().__init__(step.file, step.node, (*step.route, "run"), text.start, text.end)
        self.step = step
        self.text = text

    @fact
    def shell(self) -> str | Unknown:
        """The shell that runs it: `bash`, `sh`, `pwsh`, `powershell`, `cmd`, `python` or another program."""
        for node in self.step._shells():
            value = known(node)
            if value is UNKNOWN:
                return UNKNOWN
            if isinstance(value, Text):
                words = value.split()
                return words[0].replace("\\", "/").rsplit("/", 1)[-1].removesuffix(".exe").lower() if words else UNKNOWN
        job = self.step.job
        if job is None:
            return "bash"
        windows = job.is_windows
        return "pwsh" if windows is True else "bash" if windows is False or job.has_matrix else UNKNOWN

    @fact
    def is_posix(self) -> bool | Unknown:
        """Whether bash or sh runs it."""
        return UNKNOWN if self.shell is UNKNOWN else self.shell in ("bash", "sh", "dash", "zsh")

    @fact
    def expressions(self) -> list[Expression]:
        """Its expressions."""
        return self.file.expressions_at(self.route)

    @cached_property
    def script(self) -> Script | None:
        if self.is_posix is False:
            return None
        from infralint.syntax.shell import read_shell

        return read_shell(self.file.masked(self.text))

    @fact
    def commands(self) -> list[Command]:
        """The commands of the script; none where another kind of shell runs it."""
        return list(commands_in(self.script)) if self.script is not None else []

    def command_words(self) -> list[tuple[ShellCommand, list[str]]]:
        """The commands with their words, `?` for a word that is not known."""
        if self.script is None:
            return []
        return [
            (each, [str(word.value) if isinstance(word.value, str) else "?" for word in each.argv])
            for each in self.script.commands
        ]

    @fact
    def writes(self) -> list[FileWrite]:
        """What it writes into the files by which steps speak to the runner."""
        from infralint.model.github.environment_files import writes_of

        return list(writes_of(self))

    @fact
    def expansions(self) -> list[Expansion]:
        """The `%NAME%` of a script that cmd runs."""
        if "%" not in self.text or self.shell != "cmd":
            return []
        found = re.finditer(r"%([A-Za-z_]\w*)(:[^%\n]*)?%", self.text)
        return [
            Expansion(self, self.text.slice(*match.span()), match[1], is_cut=match[2] is not None) for match in found
        ]

    @fact
    def mentions_secrets(self) -> bool:
        """Whether a secret is put into the script itself."""
        return any(each.mentions("secrets") for each in self.expressions)

    @fact
    def sends_data(self) -> Element | None:
        """The command that sends data or files to a server."""
        for command in self.commands:
            if command.is_program("curl", "wget") is True and any(
                flag.split("=")[0] in _SENDING for flag in command.flags
            ):
                return command
        return None

    @fact
    def reverse_shell(self) -> Element | None:
        """The command that connects a shell to an address: a netcat in a pipe, or one that runs what it is sent."""
        if re.search(r"\b(?:nc|netcat|ncat)\b", self.text) is None:
            return None
        for command in self.commands:
            if command.is_program("nc", "netcat", "ncat") is not True:
                continue
            has_address = any(re.fullmatch(r"\d+\.\d+\.\d+\.\d+", str(word)) for word in command.operands)
            if has_address and (command.is_in_pipe or command.has_flag("-e", "-c", "--exec") is True):
                return command
        return None

    @fact
    def evaluates_download(self) -> Element | None:
        """The `eval` of a variable that holds what was just downloaded."""
        script = self.script if re.search(r"\beval\b", self.text) else None
        if script is None:
            return None
        held = {
            str(each.name)
            for command in script.commands
            for each in command.assignments
            if each.value is not None and any(f"{name} " in each.value.raw for name in DOWNLOADERS)
        }
        for command in script.commands:
            if str(command.name) == "eval" and any(
                name in re.findall(r"\w+", word.raw) for word in command.argv[1:] for name in held
            ):
                return Element(self.source, command.start, command.end)
        return None


_SENDING = frozenset(
    """-d --data --data-binary --data-raw --data-urlencode -F --form -T --upload-file --post-data --post-file
    --body-data --body-file""".split()  # noqa: SIM905
)


class Expansion(Element):
    """A `%NAME%` in a script of cmd, which reads what the variable holds as a part of the script; it stands there."""

    __slots__ = ("is_cut", "name", "run")
    name: str

    def __init__(self, run: Run, place: Text, name: str, *, is_cut: bool) -> None:
        super().__init__(place.source, place.start, place.end)
        self.run = run
        self.name = name
        self.is_cut = is_cut

    @fact
    def flow(self) -> Flow | None:
        """By which way a stranger's text comes into the variable."""
        from infralint.model.github.taint import MAX_DEPTH

        found: Flow | None = self.run.file.flows.variable(self.run.step, self.name, "text", MAX_DEPTH)
        return found

    @property
    def is_attacker_controlled(self) -> bool:
        """Whether a stranger writes (a part of) what the variable holds."""
        return self.flow is not None

    @property
    def attacker_path(self) -> str | None:
        """What a stranger writes of it: a context, or where the text comes from, in words."""
        return self.flow.what if self.flow is not None else None

    @property
    def way(self) -> list[Element]:
        """The way of a stranger's text to here."""
        return self.flow.way_to(self) if self.flow is not None else []

    @fact
    def delayed(self) -> list[Edit] | None:
        """Edits by which cmd puts in what strangers wrote after it has read the line, so that it is no code."""
        from infralint.model.github.script import delayed

        return delayed(self.run)


class Gate(Element):
    """A command or action that tests or scans, so that a change goes on only if it succeeds; it stands there."""

    __slots__ = ("name", "step")
    name: str

    def __init__(self, place: Element, step: Step, name: str) -> None:
        super().__init__(place.source, place.start, place.end)
        self.step = step
        self.name = name

    @fact
    def ignored_by(self) -> Element | None:
        """What lets its failure pass: `continue-on-error: true`, or `|| true` behind the command."""
        from infralint.model.github.checks import ignored_by

        return ignored_by(self)

    @fact
    def is_asked_for(self) -> bool:
        """Whether something asks how it went, or what it found goes to the code host's list of alerts."""
        from infralint.model.github.checks import is_asked_for

        return is_asked_for(self.step)
