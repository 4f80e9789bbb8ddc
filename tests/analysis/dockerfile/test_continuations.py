"""Empty lines inside instructions."""

from __future__ import annotations

from pathlib import Path

from infralint.analysis.dockerfile.continuations import blank_continuations
from infralint.model.dockerfile.document import DockerfileDocument
from infralint.model.index import Index
from infralint.text.source import Source


def document(text: str, root: Path | str = "/nowhere") -> DockerfileDocument:
    return DockerfileDocument(Source("Dockerfile", text), Index(str(root)), "dockerfile")


def test_empty_lines_inside_instructions_only() -> None:
    found = blank_continuations(document("FROM a\n\nRUN x \\\n\n  # y\n\n  z \\\n v\\\n\t\n\n w \nRUN <<E\n\nE\n"))
    assert [(gap.lines, gap.raw) for gap in found] == [([4, 6], "\n  # y\n\n  z \\"), ([9, 10], "\t\n\n w")]
