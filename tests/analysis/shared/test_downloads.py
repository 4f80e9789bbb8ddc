"""Downloads that a shell runs."""

from __future__ import annotations

import pytest

from infralint.analysis.shared.downloads import is_download, pipes_into_shell
from infralint.model.shared.command import Command, commands_in
from infralint.syntax.shell import read_shell
from infralint.text.source import Source, text_at
from infralint.text.unknown import Unknown


def commands(text: str) -> list[Command]:
    return list(commands_in(read_shell(text_at(Source("x.sh", text), 0, len(text)))))


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("curl -fsSL https://x | sudo -E bash -", True), ("wget -qO- x | sh -s -- a", True),
        ('bash -c "$(curl x)"', True),
        ("bash <(curl x)", True), ('eval "$(curl x)"', True), ("source <(curl x)", True), ("curl x | python3", True),
        ("curl x | tee f | sh", True), ("curl x | (cd / && sh)", True), ("curl x | tar xz", False),
        ("curl -o f x", False),
        ("curl x | sh -c 'cat'", False), ("curl x | python3 -c 'y'", False), ("curl x | bash script.sh", False),
        ('bash -c "echo $(curl x)"', False), ("curl x | python3 -m json.tool", False),
    ],
)  # fmt: skip
def test_downloads_that_are_run_unseen(text: str, runs: bool) -> None:
    (download,) = [command for command in commands(text) if is_download(command) is True]
    assert pipes_into_shell(download) is runs


def test_an_unknown_reader_is_unknown() -> None:
    assert isinstance(pipes_into_shell(commands("curl x | $SH")[0]), Unknown)
