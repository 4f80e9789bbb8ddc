"""Scripts of steps, read as commands."""

from __future__ import annotations

from collections.abc import Callable

from infralint.analysis.github.shells import is_posix
from infralint.model.element import Element, fact_of, noun_of, remembered
from infralint.model.github.expression import as_shell_variables
from infralint.model.github.step import Run, Step, StepsDocument
from infralint.model.shared.command import Command, commands_in, plain_words
from infralint.syntax.shell import Script, read_shell


@remembered
def script_of(run: Run) -> Script | None:
    """The script as a shell reads it; None where another kind of shell runs it."""
    if is_posix(run) is False:
        return None
    return read_shell(as_shell_variables(run.text))


@remembered
def commands_of(run: Run) -> list[Command]:
    """The commands of the script; none where another kind of shell runs it."""
    script = script_of(run)
    return list(commands_in(script)) if script is not None else []


@fact_of(Step, name="commands")
def commands_of_step(step: Step) -> list[Command]:
    """The commands of its script; none where it has none or another kind of shell runs it."""
    return commands_of(step.run) if step.run is not None else []


@remembered
def command_words(run: Run) -> list[tuple[Command, list[str]]]:
    """The commands with their words behind wrappers, `?` for a word that is not known."""
    return [(command, plain_words(command)) for command in commands_of(run)]


def find_command(step: Step, wanted: Callable[[list[str]], bool]) -> Element | None:
    """The first command of its script whose words are wanted."""
    if step.run is None:
        return None
    for command, words in command_words(step.run):
        if wanted(words):
            return Element(step.source, command.start, command.end)
    return None


@noun_of(StepsDocument, "command")
def commands_in_file(file: StepsDocument) -> list[Command]:
    """The commands of every script; none where another kind of shell runs it."""
    return [command for step in file.steps if step.run is not None for command in commands_of(step.run)]
