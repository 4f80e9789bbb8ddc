"""Files of credentials."""

from __future__ import annotations

from pathlib import Path

import pytest

from infralint.analysis.dockerfile.secrets import credential_files
from infralint.model.dockerfile.document import DockerfileDocument
from infralint.model.index import Index
from infralint.text.source import Source


def document(text: str, root: Path | str = "/nowhere") -> DockerfileDocument:
    return DockerfileDocument(Source("Dockerfile", text), Index(str(root)), "dockerfile")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (".env x/.env.prod .env.example /", [".env", "x/.env.prod"]), ("~/.aws/credentials credentials /", ["~/.aws/credentials"]),
        ("id_rsa id_rsa.pub *.p12 k.p12 /", ["id_rsa", "k.p12"]), ("x ${KUBECONFIG}", ["${KUBECONFIG}"]), ("$X /", []),
    ],
)  # fmt: skip
def test_files_of_credentials(arguments: str, words: list[str]) -> None:
    assert [str(word) for word in credential_files(document(f"FROM a\nCOPY {arguments}\n").of("COPY")[0])] == words
