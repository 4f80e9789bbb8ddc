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


@fact_of(Command)
def sudo_gives_up_root(command: Command) -> bool:
    """Whether `sudo -u` names a user other than root."""
    words = [word for word in command.words if not isinstance(word, Unknown)]
    at = next((at for at, word in enumerate(words) if basename(word) in ELEVATORS), len(words))
    for word, following in zip(words[at + 1 :], [*words[at + 2 :], ""], strict=False):
        if not word.startswith("-"):
            return False
        named = following if word in ("-u", "--user") else word.removeprefix("--user=") if "=" in word else ""
        if named:
            return named not in ("root", "0", "#0")
    return False
