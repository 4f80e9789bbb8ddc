"""Instructions and stages that override each other."""

from __future__ import annotations

from pathlib import Path

from infralint.analysis.dockerfile.commands import calls, span_over
from infralint.analysis.dockerfile.duplicates import (
    overriding,
    previous_instruction,
    span_from_previous_instruction,
    span_from_previous_stage,
)
from infralint.model.dockerfile.document import KIND, DockerfileDocument
from infralint.model.index import Index
from infralint.text.source import Source


def document(text: str, root: Path | str = "/nowhere") -> DockerfileDocument:
    return DockerfileDocument(Source("Dockerfile", text), Index(str(root)), "dockerfile")


def test_what_a_later_instruction_overrides() -> None:
    stage = document("FROM a\nCMD x\nRUN y\nCMD z\nCMD w\n").stages[0]
    later = overriding(stage, "CMD")
    assert [(own.raw, previous_instruction(own).raw if previous_instruction(own) else "") for own in later] == [
        ("CMD z", "CMD x"),
        ("CMD w", "CMD z"),
    ]


def read(text: str) -> DockerfileDocument:
    return DockerfileDocument(Source("Dockerfile", text), Index("/nowhere"), KIND)


def test_pairs_are_one_span_only_side_by_side() -> None:
    beside, between = read("FROM a\nCMD x\n# c\n\nCMD y\nFROM b\nCMD x\nUSER u\nCMD y\n").stages
    assert span_from_previous_instruction(overriding(beside, "CMD")[0]).raw == "CMD x\n# c\n\nCMD y"
    assert span_from_previous_instruction(overriding(between, "CMD")[0]).raw == "CMD y"
    for middle, raw in (("", "curl x\nRUN wget y"), ("USER u\n", "wget y")):
        stage = read(f"FROM a\nRUN curl x\n{middle}RUN wget y\n").stages[0]
        both = span_over(stage, calls(stage, "curl"), calls(stage, "wget"))
        assert both is not None
        assert both.raw == raw
    apart = read("FROM a AS x\nFROM b\nFROM c AS x\nFROM c AS y\nUSER u\nFROM d AS Y\n").stages
    spans = [span_from_previous_stage(stage) for stage in apart]
    assert [span.raw for span in spans if span is not None] == ["x", "FROM c AS y\nUSER u\nFROM d AS Y"]
