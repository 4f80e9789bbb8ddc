"""RUNs merged or extended, and where that is refused."""

from __future__ import annotations

import pytest

from infralint.fixes.dockerfile.layers import merged_with_above, with_command_appended
from infralint.model.dockerfile.document import KIND, DockerfileDocument
from infralint.model.index import Index
from infralint.text.edit import apply
from infralint.text.source import Source


def document(text: str) -> DockerfileDocument:
    return DockerfileDocument(Source("Dockerfile", text), Index("/nowhere"), "dockerfile")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("RUN a\nRUN b\n", "RUN a \\\n    && b\n"),
        ("RUN a \\\n  && b\nRUN c && d\n", "RUN a \\\n  && b \\\n    && c && d\n"),
        ("RUN a\nRUN b || c\n", None),
        ("RUN a\nRUN b; c\n", None),
        ("RUN a\nRUN set -e; c\n", None),
        ("RUN a\n# why\nRUN b\n", None),
        ("RUN a\nRUN --mount=type=cache,target=/x b\n", None),
        ('RUN a\nRUN ["b"]\n', None),
        ("RUN a\nRUN <<E\nb\nE\n", None),
        ("RUN a &\nRUN b\n", None),
    ],
)
def test_two_runs_are_joined_only_where_a_failure_still_ends_both(text: str, expected: str | None) -> None:
    source = f"FROM x\n{text}"
    edits = merged_with_above(document(source).of("RUN")[1])
    assert (apply(source, edits) if edits else None) == (f"FROM x\n{expected}" if expected else None)


def read(text: str) -> DockerfileDocument:
    return DockerfileDocument(Source("Dockerfile", text), Index("/nowhere"), KIND)


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        ("RUN apt-get update && apt-get install -y a", "RUN apt-get update && apt-get install -y a && rm x"),
        ("RUN a \\\n  && b", "RUN a \\\n  && b \\\n  && rm x"),
        ("RUN a && \\\n\tb", "RUN a && \\\n\tb && \\\n\trm x"),
        ("RUN set -e; \\\n\tb", "RUN set -e; \\\n\tb; \\\n\trm x"),
        ("RUN a;", None), ("RUN a # why", None), ('RUN ["a"]', None), ("RUN <<E\na\nE", None),
    ],
)  # fmt: skip
def test_a_command_is_appended_as_the_others_are_written(run: str, expected: str | None) -> None:
    document = read(f"FROM a\n{run}\n")
    edits = with_command_appended(document.stages[0].runs[0], "rm x")
    text = document.source.text
    made = None if edits is None else text[: edits[0].start] + edits[0].text + text[edits[0].end :]
    assert made == (None if expected is None else f"FROM a\n{expected}\n")
