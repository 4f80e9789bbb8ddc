"""Spans over words of a command."""

from __future__ import annotations

from infralint.analysis.shared.packages import unpinned_packages
from infralint.analysis.shared.spans import span_to
from infralint.model.dockerfile.document import KIND, DockerfileDocument
from infralint.model.index import Index
from infralint.text.source import Source


def read(text: str) -> DockerfileDocument:
    return DockerfileDocument(Source("Dockerfile", text), Index("/nowhere"), KIND)


def test_the_span_of_a_command_through_its_packages() -> None:
    run = read("FROM a\nRUN x && sudo apt-get install -y \\\n  b=1 c \\\n  d e=2\n").stages[0].runs[0]
    command = run.commands[1]
    assert [str(package) for package in unpinned_packages(command)] == ["c", "d"]
    span = span_to(command, unpinned_packages(command))
    assert span is not None
    assert span.raw == "apt-get install -y \\\n  b=1 c \\\n  d"
    assert span_to(command, []) is None
    many = (
        read("FROM a\nRUN apk add \\\n" + "".join(f"  p{n} \\\n" for n in range(30)) + "  z\n")
        .stages[0]
        .runs[0]
        .commands[0]
    )
    span = span_to(many, unpinned_packages(many))
    assert span is not None
    assert (span.raw[:7], span.raw[-5:], span.raw.count("\n")) == ("apk add", "  p10", 11)
