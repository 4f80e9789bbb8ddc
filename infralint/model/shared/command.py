"""The noun `command`: one simple command of a shell script, wherever it is written."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from infralint.model.element import UNKNOWN, Element, Truth, Unknown, askable, fact
from infralint.syntax import shell_tree
from infralint.tables.commands import (
    Argument,
    program_of,
)
from infralint.text.source import Text


class Command(Element):
    """One command with its words. Wrappers (`sudo`, `env`, `time`, ...) are looked through."""

    __slots__ = ("shell",)

    def __init__(self, shell: shell_tree.Command) -> None:
        text = shell.text
        super().__init__(text.source, text.start, text.end)
        self.shell = shell

    @fact
    def words(self) -> list[Argument]:
        """All words, wrappers included; UNKNOWN for those that hold a variable."""
        return [word.value for word in self.shell.argv]

    @cached_property
    def resolved_program(self) -> tuple[str | Unknown | None, int]:
        """The program behind the wrappers, and which word names it."""
        return program_of(self.words)

    @fact
    def name(self) -> str | Unknown | None:
        """The program behind the wrappers, without its folder; None where only variables are set."""
        return self.resolved_program[0]

    @fact
    def program(self) -> Text | None:
        """The word that names the program, as written."""
        at = self.resolved_program[1]
        return self.shell.argv[at].raw if at < len(self.shell.argv) else None

    @fact
    def arguments(self) -> list[Argument]:
        """The words behind the program."""
        return self.words[self.resolved_program[1] + 1 :]

    @fact
    def operands(self) -> list[Argument]:
        """The arguments that are no flags."""
        return [word for word in self.arguments if isinstance(word, Unknown) or not word.startswith("-") or word == "-"]

    @fact
    def flags(self) -> list[Text]:
        """The arguments that begin with a dash."""
        return [
            word for word in self.arguments if not isinstance(word, Unknown) and word.startswith("-") and word != "-"
        ]

    @fact
    def has_unknown_arguments(self) -> bool:
        """Whether a variable may add arguments: not where it is quoted, which makes one word even of nothing."""
        argv = self.shell.argv[self.resolved_program[1] + 1 :]
        return any(isinstance(word.value, Unknown) and word.raw[:1] in ("$", "`", "-") for word in argv)

    @askable
    def has_flag(self, *names: str) -> Truth:
        """Whether one of these flags is given, `--flag=value` and joined letters too; unknown if a variable may."""
        letters = {name[1] for name in names if len(name) == 2 and name[0] == "-" and name[1] != "-"}
        for flag in self.flags:
            if flag in names or flag.partition("=")[0] in names:
                return True
            if letters and flag[1] != "-" and not letters.isdisjoint(_letters(flag)):
                return True
        return UNKNOWN if self.has_unknown_arguments else False

    @askable
    def is_program(self, *names: str) -> Truth:
        """Whether the program is one of these."""
        name = self.name
        return UNKNOWN if isinstance(name, Unknown) else name in names

    @askable
    def flag_value(self, *names: str) -> Argument | None:
        """What is given with the first of these flags, `--flag=value` too; None where none is given."""
        for at, word in enumerate(self.arguments):
            if isinstance(word, Unknown):
                continue
            flag, equals, value = word.partition("=")
            if flag in names:
                if equals:
                    return word.slice(len(word) - len(value), len(word))
                return self.arguments[at + 1] if at + 1 < len(self.arguments) else None
        return None

    @fact
    def is_conditional(self) -> bool:
        """Whether it stands in a branch or a loop, so that it may not run."""
        return self.shell.is_conditional

    @fact
    def is_in_subshell(self) -> bool:
        """Whether what it changes (folder, variables) ends with its parentheses, substitution or pipe."""
        return self.shell.in_subshell or self.shell.pipeline is not None

    @fact
    def is_in_pipe(self) -> bool:
        """Whether it feeds or reads a pipe."""
        return self.shell.pipeline is not None

    def __str__(self) -> str:
        return str(self.shell.text)


def plain_words(command: Command) -> list[str]:
    """The words of a command from its program on, `?` for a word that is not known."""
    words = command.words[command.resolved_program[1] :]
    return ["?" if isinstance(word, Unknown) else str(word) for word in words]


def _letters(flag: str) -> str:
    """The joined letters of a short flag: `qO` of `-qO-`."""
    end = next((at for at, char in enumerate(flag) if at and not char.isalnum()), len(flag))
    return flag[1:end]


def commands_in(script: shell_tree.Script) -> Iterable[Command]:
    """The commands of a script that have a program, in order."""
    return [Command(command) for command in script.commands if command.argv]
