"""How RUN is read."""

from __future__ import annotations

from infralint.analysis.dockerfile.caches import run_removes
from infralint.model.dockerfile.document import KIND, DockerfileDocument
from infralint.model.element import Unknown
from infralint.model.index import Index
from infralint.text.source import Source


def read(text: str) -> DockerfileDocument:
    return DockerfileDocument(Source("Dockerfile", text), Index("/nowhere"), KIND)


def test_powershell_is_not_read_as_shell() -> None:
    document = read('# escape=`\nFROM a\nRUN dir\nSHELL ["powershell.exe", "-c"]\nRUN iwr x | iex\n')
    first, second = document.stages[0].runs
    assert (first.shell, second.shell) == ("cmd", "powershell")
    assert second.commands == []
    assert not second.is_fully_read
    assert isinstance(run_removes(second, "/x"), Unknown)


def test_heredoc_scripts_are_read_in_place() -> None:
    text = (
        "FROM a\nRUN <<EOF\napt-get install -y x\nEOF\nRUN cat <<EOF | sh\nfoo\nEOF\n"
        "RUN <<EOF\n#!/usr/bin/env python3\nimport x\nEOF\n"
    )
    one, two, three = read(text).stages[0].runs
    assert [command.raw for command in one.commands] == ["apt-get install -y x"]
    assert [str(command.name) for command in two.commands] == ["cat", "sh"]
    assert three.commands == []
