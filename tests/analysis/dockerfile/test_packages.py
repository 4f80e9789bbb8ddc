"""Layers that only refresh an index."""

from __future__ import annotations

import pytest

from infralint.analysis.dockerfile.packages import only_does
from infralint.model.dockerfile.document import KIND, DockerfileDocument
from infralint.model.element import Unknown
from infralint.model.index import Index
from infralint.text.source import Source


def read(text: str) -> DockerfileDocument:
    return DockerfileDocument(Source("Dockerfile", text), Index("/nowhere"), KIND)


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        ("apt-get update", True), ("apt-get update && adduser me", True), ("apt-get update && apt-get install a", False),
        ("apt-get update && ./install.sh", None), ("apt-get update && $TOOL", None), ("make", None),
    ],
)  # fmt: skip
def test_whether_it_only_updates(run: str, expected: bool | None) -> None:
    answer = only_does(read(f"FROM a\nRUN {run}\n").stages[0].runs[0], "update", "apt-get")
    assert (None if isinstance(answer, Unknown) else answer) is expected
