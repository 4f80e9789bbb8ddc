"""The `--platform` of FROM."""

from __future__ import annotations

from pathlib import Path

from infralint.analysis.dockerfile.platforms import is_constant, is_in_stage_name, is_target, platforms
from infralint.model.dockerfile.document import DockerfileDocument
from infralint.model.index import Index
from infralint.text.source import Source


def document(text: str, root: Path | str = "/nowhere") -> DockerfileDocument:
    return DockerfileDocument(Source("Dockerfile", text), Index(str(root)), "dockerfile")


def test_platforms() -> None:
    found = platforms(document("FROM --platform=linux/amd64 a AS x_amd64\nFROM --platform=${TARGETPLATFORM} b\n"))
    assert [(is_constant(p), is_target(p), is_in_stage_name(p)) for p in found] == [
        (True, False, True),
        (False, True, False),
    ]
