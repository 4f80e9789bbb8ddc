"""Switched-off certificate checks."""

from __future__ import annotations

import pytest

from infralint.analysis.shared.verification import tls_verification_off
from infralint.model.dockerfile.document import KIND, DockerfileDocument
from infralint.model.index import Index
from infralint.text.source import Source


def read(text: str) -> DockerfileDocument:
    return DockerfileDocument(Source("Dockerfile", text), Index("/nowhere"), KIND)


@pytest.mark.parametrize(
    ("run", "word"),
    [
        ("curl -fsSLk https://a", "-fsSLk"), ("curl -oka https://a", None), ("wget --no-check-certificate x", "--no-check-certificate"),
        ("git config --global http.sslVerify false", "http.sslVerify"), ("git -c http.sslVerify=true clone x", None),
        ("npm config set strict-ssl false", "strict-ssl"), ("npm install strict-ssl false", None),
        ("GIT_SSL_NO_VERIFY=0 git clone x", "GIT_SSL_NO_VERIFY"), ("NODE_TLS_REJECT_UNAUTHORIZED=$X npm ci", None),
    ],
)  # fmt: skip
def test_what_switches_certificates_off(run: str, word: str | None) -> None:
    commands = read(f"FROM a\nRUN {run}\n").stages[0].runs[0].commands
    found = [str(tls_verification_off(command)) for command in commands if tls_verification_off(command) is not None]
    assert found == ([] if word is None else [word])
