"""Health checks of images."""

from __future__ import annotations

from infralint.analysis.dockerfile.healthchecks import has_healthcheck
from infralint.model.dockerfile.document import KIND, DockerfileDocument
from infralint.model.index import Index
from infralint.text.source import Source


def read(text: str) -> DockerfileDocument:
    return DockerfileDocument(Source("Dockerfile", text), Index("/nowhere"), KIND)


def test_healthchecks_and_labels() -> None:
    document = read("FROM a AS b\nHEALTHCHECK CMD x\nLABEL one=1 'two'=2\nFROM b\nFROM b\nHEALTHCHECK NONE\nFROM a\n")
    assert [has_healthcheck(stage) for stage in document.stages] == [True, True, False, False]
    assert "two" in document.stages[1].labels
    assert "two" not in document.stages[3].labels
