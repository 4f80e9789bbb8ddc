"""Pipelines."""

from __future__ import annotations

import pytest

from infralint.analysis.dockerfile.pipes import has_pipefail, pipeline_heads
from infralint.model.dockerfile.document import KIND, DockerfileDocument
from infralint.model.index import Index
from infralint.text.source import Source


def read(text: str) -> DockerfileDocument:
    return DockerfileDocument(Source("Dockerfile", text), Index("/nowhere"), KIND)


@pytest.mark.parametrize(
    ("text", "pipefail"),
    [
        ("RUN a | b", False), ("RUN set -o pipefail && a | b", True), ("RUN set -euxo pipefail; a | b", True),
        ('SHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN a | b', True),
        ('SHELL ["/bin/bash", "-o", "pipefail", "-c"]\nSHELL ["/bin/sh", "-c"]\nRUN a | b', False),
        ("RUN <<E\nset -o pipefail\na | b\nE", True), ('RUN ["bash", "-o", "pipefail", "-c", "a | b"]', True),
    ],
)  # fmt: skip
def test_pipefail(text: str, pipefail: bool) -> None:
    run = read(f"FROM x\n{text}\n").stages[0].runs[-1]
    assert has_pipefail(run) is pipefail
    assert [str(command.name) for command in pipeline_heads(run)] == ["a"]
