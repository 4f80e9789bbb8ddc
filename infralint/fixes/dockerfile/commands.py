"""Edits that give a command of a RUN one more option, in the form in which the RUN is written."""

from __future__ import annotations

from infralint.analysis.shared.packages import subcommand
from infralint.model.element import fact_of
from infralint.model.shared.command import Command
from infralint.text import regex as re
from infralint.text.edit import Edit
from infralint.text.source import Text

_ITEMS_BEFORE = re.compile(r'\[\s*(?:"(?:[^"\\]|\\.)*"\s*,\s*)*"\Z')
"""The beginning of a JSON array, up to the quote in front of an item."""
MAX_BEFORE = 2_000
"""Characters in front of a word in which the beginning of its array is looked for."""


@fact_of(Command)
def with_option(command: Command, option: str) -> list[Edit] | None:
    """Edits that put an option behind the subcommand, or behind the program of a command without one."""
    word = subcommand(command) or command.program
    return None if word is None else _beside(word, option, behind=True)


@fact_of(Command)
def with_option_in_front(command: Command, option: str) -> list[Edit] | None:
    """Edits that put an option in front of the subcommand."""
    word = subcommand(command)
    return None if word is None else _beside(word, option, behind=False)


@fact_of(Command)
def with_program_option(command: Command, option: str) -> list[Edit] | None:
    """Edits that put an option behind the program."""
    word = command.program
    return None if word is None else _beside(word, option, behind=True)


def _beside(word: Text, option: str, *, behind: bool) -> list[Edit]:
    """An item of its own in the exec form, a word with a blank in the shell form."""
    text, start, end = word.source.text, word.start, word.end
    if text[end : end + 1] == '"' and _ITEMS_BEFORE.search(text[max(0, start - MAX_BEFORE) : start]):
        at = end + 1 if behind else start - 1
        return [Edit(word.source.path, at, at, f', "{option}"' if behind else f'"{option}", ')]
    while text[start - 1 : start] in ("'", '"') and text[end : end + 1] == text[start - 1]:
        start, end = start - 1, end + 1
    at = end if behind else start
    return [Edit(word.source.path, at, at, f" {option}" if behind else f"{option} ")]
