"""The scripts of steps: the shell that runs them, their commands, what they write and send."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from infralint.facts.commands import DOWNLOADERS
from infralint.model.command import Command, commands_in
from infralint.model.element import UNKNOWN, Element, Unknown, fact
from infralint.model.workflow_expressions import Expression
from infralint.model.workflow_values import Part, known
from infralint.text.edit import Edit
from infralint.text.source import Source, Text

if TYPE_CHECKING:
    from infralint.model.workflow_steps import Step
    from infralint.model.workflow_writes import FileWrite
    from infralint.syntax.shell import Command as ShellCommand
    from infralint.syntax.shell import Script


class Run(Part):
    """The script of a `run:`; it stands at the script."""

    step: Step
    text: Text

    def __init__(self, step: Step, text: Text) -> None:
        super().__init__(step._file, step._node, (*step._route, "run"), text.start, text.end)
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
        return self._file.expressions_at(self._route)

    @fact
    def _script(self) -> Script | None:
        if self.is_posix is False:
            return None
        from infralint.syntax.shell import read_shell

        return read_shell(self._file.masked(self.text))

    @fact
    def commands(self) -> list[Command]:
        """The commands of the script; none where another kind of shell runs it."""
        return list(commands_in(self._script)) if self._script is not None else []

    def _written(self) -> list[tuple[ShellCommand, list[str]]]:
        """The commands with their words, `?` for a word that is not known."""
        if self._script is None:
            return []
        return [
            (each, [str(word.value) if isinstance(word.value, str) else "?" for word in each.argv])
            for each in self._script.commands
        ]

    @fact
    def writes(self) -> list[FileWrite]:
        """What it writes into the files by which steps speak to the runner."""
        from infralint.model.workflow_writes import writes_of

        return list(writes_of(self))

    @fact
    def expanded_strangers(self) -> list[Text]:
        """The `%NAME%` of a script that cmd runs whose text a stranger wrote: cmd reads what they hold as code."""
        if self.shell != "cmd":
            return []
        from infralint.model.workflow_flows import MAX_DEPTH

        found = []
        for match in re.finditer(r"%([A-Za-z_]\w*)(?::[^%\n]*)?%", self.text):
            flow = self._file.flows.variable(self.step, match[1], "text", MAX_DEPTH)
            if flow is not None:
                found.append(self.text.slice(*match.span()))
        return found

    @fact
    def expanded_late(self) -> list[Edit] | None:
        """Edits by which cmd reads those variables after it has read the line, so that their texts are no code."""
        from infralint.model.workflow_script import expanded_late

        return expanded_late(self)

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
    def git_credentials(self) -> list[Text]:
        """What stands as user or password in the addresses that git is given, where a variable or expression does."""
        if "git " not in self.text or "://" not in self.text:
            return []
        value = r"(?:\$\{\{[^}\n]*\}\}|\$\{?\w+\}?|\$\([^)\n]*\))"
        pattern = rf"^(?!\s*#)[^\n]*?\bgit (?:[^\n]*?)https?://(?:[\w.-]*:)?({value}(?::(?:[\w.-]+|{value}))?)@"
        return [self.text.slice(*match.span(1)) for match in re.finditer(pattern, str(self.text), re.MULTILINE)]

    @fact
    def evaluates_download(self) -> Element | None:
        """The `eval` of a variable that holds what was just downloaded."""
        script = self._script if re.search(r"\beval\b", self.text) else None
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


class UnheededGate(Element):
    """What makes the failure of a test or scan count for nothing; `gate` is the command or action that may fail."""

    __slots__ = ("gate",)
    gate: str

    def __init__(self, source: Source, start: int, end: int, gate: str) -> None:
        super().__init__(source, start, end)
        self.gate = gate
