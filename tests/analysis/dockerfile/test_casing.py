"""Keywords know how the others are written."""

from __future__ import annotations

from pathlib import Path

from infralint.analysis.dockerfile.casing import keywords
from infralint.model.dockerfile.document import DockerfileDocument
from infralint.model.index import Index
from infralint.text.source import Source


def document(text: str, root: Path | str = "/nowhere") -> DockerfileDocument:
    return DockerfileDocument(Source("Dockerfile", text), Index(str(root)), "dockerfile")


def test_keywords_know_how_the_others_are_written() -> None:
    found = keywords(document("FROM a AS b\ncopy x /\nFrom c as d\nRUN x\n"))
    assert [(str(k.text), k.usual) for k in found] == [
        ("FROM", "FROM"), ("AS", "AS"), ("copy", "COPY"), ("From", "FROM"), ("as", "as"), ("RUN", "RUN"),
    ]  # fmt: skip
