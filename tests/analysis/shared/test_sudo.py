"""Commands behind sudo."""

from __future__ import annotations

from infralint.analysis.shared.sudo import runs_as_sudo, sudo_word
from infralint.model.shared.command import Command, commands_in
from infralint.syntax.shell import read_shell
from infralint.text.source import Source, text_at


def commands(text: str) -> list[Command]:
    return list(commands_in(read_shell(text_at(Source("x.sh", text), 0, len(text)))))


def test_sudo_is_seen_and_looked_through() -> None:
    command = commands("DEBIAN_FRONTEND=x sudo -u me make all")[0]
    assert (command.name, runs_as_sudo(command), command.arguments) == ("make", True, ["all"])
    assert sudo_word(command) is not None
    assert sudo_word(command).raw == "sudo"
