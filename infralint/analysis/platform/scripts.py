"""Texts of platform files that a shell runs, read as commands."""

from __future__ import annotations

from infralint.model.element import noun_of, remembered
from infralint.model.platform.document import PlatformDocument
from infralint.model.platform.parts import Service
from infralint.model.shared.command import Command, commands_in
from infralint.syntax.shell import read_shell
from infralint.text.source import Text


def commands_of_text(text: Text) -> list[Command]:
    """The commands of a text that a shell runs."""
    return list(commands_in(read_shell(text)))


@noun_of(PlatformDocument, "command")
def commands_in_file(file: PlatformDocument) -> list[Command]:
    """The commands of the texts that a shell runs."""
    return [
        command for script in file.scripts if script.is_posix is not False for command in commands_of_text(script.text)
    ]


@remembered
def commands_of_service(service: Service) -> list[Command]:
    """The commands that start it."""
    return commands_of_text(service.command) if service.command is not None else []
