"""Instructions side by side."""

from __future__ import annotations

from pathlib import Path

from infralint.analysis.dockerfile import layers
from infralint.analysis.dockerfile.commands import command_doing
from infralint.analysis.dockerfile.layers import mergeable_run_above
from infralint.model.dockerfile.document import KIND, DockerfileDocument
from infralint.model.index import Index
from infralint.text.source import Source


def document(text: str, root: Path | str = "/nowhere") -> DockerfileDocument:
    return DockerfileDocument(Source("Dockerfile", text), Index(str(root)), "dockerfile")


def test_runs_that_could_be_one() -> None:
    runs = document("FROM a\nRUN x\nRUN y\nRUN --network=none z\nRUN a && b\nRUN c\n").of("RUN")
    assert [mergeable_run_above(run) is not None for run in runs] == [False, True, False, False, False]


def read(text: str) -> DockerfileDocument:
    return DockerfileDocument(Source("Dockerfile", text), Index("/nowhere"), KIND)


def test_the_span_of_a_layer_ends_with_the_command_and_hides_nothing() -> None:
    for above, begins in ((10, "RUN set"), (11, "apt-get")):
        text = "FROM a\nRUN set -e; \\\n" + "  true; \\\n" * above + "  apt-get update; \\\n  x\n"
        run = read(text).stages[0].runs[0]
        span = layers.span_to(run, command_doing(run, "update", "apt-get"))
        assert span is not None
        assert span.raw.startswith(begins)
        assert span.raw.endswith("apt-get update")
