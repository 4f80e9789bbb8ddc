"""Commands that switch the user through `sudo` or `doas`."""

from __future__ import annotations

from infralint.model.element import Unknown, fact_of
from infralint.model.shared.command import Command
from infralint.tables.commands import ELEVATORS, basename, unwrap
from infralint.text.source import Text


@fact_of(Command)
def runs_as_sudo(command: Command) -> bool:
    """Whether it runs through `sudo` or `doas`."""
    return not ELEVATORS.isdisjoint(unwrap(command.words)[1]) or command.name in ELEVATORS


@fact_of(Command)
def sudo_word(command: Command) -> Text | None:
    """The word `sudo` itself."""
    for word in command.shell.argv:
        if not isinstance(word.value, Unknown) and basename(word.value) in ELEVATORS:
            return word.raw if runs_as_sudo(command) else None
    return None
