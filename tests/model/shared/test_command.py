"""Words of commands."""

from __future__ import annotations

from infralint.model.shared.command import Command, commands_in
from infralint.syntax.shell import read_shell
from infralint.text.source import Source, text_at
from infralint.text.unknown import Unknown


def commands(text: str) -> list[Command]:
    return list(commands_in(read_shell(text_at(Source("x.sh", text), 0, len(text)))))


def test_flags_alone_joined_and_with_values() -> None:
    command = commands("curl -fsSL --retry=3 x")[0]
    assert command.has_flag("-L") is True
    assert command.has_flag("--retry") is True
    assert command.has_flag("-k", "--insecure") is False
    assert isinstance(commands("curl $O x")[0].has_flag("-k"), Unknown)
