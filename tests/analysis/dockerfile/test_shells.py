"""Shells."""

from __future__ import annotations

import pytest

from infralint.analysis.dockerfile.shells import exec_form
from infralint.model.dockerfile.document import DockerfileDocument
from infralint.model.index import Index
from infralint.text.source import Source


def document(text: str) -> DockerfileDocument:
    return DockerfileDocument(Source("Dockerfile", text), Index("/nowhere"), "dockerfile")


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("server --port 8080", '["server", "--port", "8080"]'),
        ("server  a\tb", '["server", "a", "b"]'),
        ("server $PORT", None),
        ("server 'a b'", None),
        ("server && other", None),
        ("exec server", None),
        ("A=1 server", None),
        ("server *.txt", None),
        ("cd /x", None),
    ],
)
def test_only_what_a_shell_merely_splits_becomes_an_array(command: str, expected: str | None) -> None:
    assert exec_form(document(f"FROM a\nCMD {command}\n").of("CMD")[0]) == expected
