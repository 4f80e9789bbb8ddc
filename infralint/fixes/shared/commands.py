"""Edits that take words away from commands."""

from __future__ import annotations

from infralint.analysis.shared.sudo import sudo_word
from infralint.model.element import fact_of
from infralint.model.shared.command import Command
from infralint.text.edit import Edit
from infralint.text.source import Text


@fact_of(Command)
def without_flag(command: Command, flag: Text) -> list[Edit] | None:
    """Edits that take one of its flags away, with the blanks in front of it; None where letters are joined or a value follows."""
    source = command.source
    text, start = source.text, flag.start
    if not flag.startswith("-") or (len(flag) > 2 and flag[1] != "-") or str(flag) != flag.raw:
        return None
    while start > command.start and text[start - 1] in " \t\n\r\\":
        start -= 1
    joint = text[start : flag.start]
    tail = text[flag.end : flag.end + 1]
    if not joint or (tail and not tail.isspace()):
        return None
    return [Edit(source.path, start, flag.end, "")]


@fact_of(Command)
def without_sudo(command: Command) -> list[Edit] | None:
    """Edits that take `sudo` away; None where options stand behind it."""
    sudo, program = sudo_word(command), command.program
    if sudo is None or program is None or sudo.source is not program.source:
        return None
    if command.source.text[sudo.end : program.start].strip() or sudo.end >= program.start:
        return None
    return [Edit(command.source.path, sudo.start, program.start, "")]
