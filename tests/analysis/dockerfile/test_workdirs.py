"""Working directories."""

from __future__ import annotations

from pathlib import Path

from infralint.analysis.dockerfile.workdirs import base_path, full_path
from infralint.model.dockerfile.document import DockerfileDocument
from infralint.model.element import UNKNOWN
from infralint.model.index import Index
from infralint.text.source import Source


def document(text: str, root: Path | str = "/nowhere") -> DockerfileDocument:
    return DockerfileDocument(Source("Dockerfile", text), Index(str(root)), "dockerfile")


def test_working_folders_and_what_they_continue() -> None:
    text = "FROM x AS a\nWORKDIR b\nWORKDIR /c/\nFROM a\nWORKDIR d\nWORKDIR ./e\nWORKDIR $F\nWORKDIR g\n"
    found = document(text).of("WORKDIR")
    assert [base_path(own) for own in found] == [None, None, "/c", "/c/d", "/c/d/./e", UNKNOWN]
    assert [full_path(own) for own in found] == [None, "/c/", "/c/d", "/c/d/e", UNKNOWN, UNKNOWN]
