"""Marks of template engines within a file: part of a text that the format can hold, or of the format itself."""

from __future__ import annotations

from infralint.syntax import dockerfile, yaml
from infralint.text.source import Source


def is_read_as_text(source: Source, language: str, marks: list[int]) -> bool:
    """Whether every mark (an offset) stands in a text: a scalar of YAML, an argument of a Dockerfile."""
    if language == "dockerfile":
        return not _begins_instruction(source, marks)
    return language == "yaml" and not _stands_outside_of_text(source, marks)


def _begins_instruction(source: Source, marks: list[int]) -> bool:
    """Whether a mark stands where a Dockerfile has an instruction, and not in one or in a here-document."""
    return not {one.start for one in dockerfile.parse(source).instructions}.isdisjoint(marks)


def _stands_outside_of_text(source: Source, marks: list[int]) -> bool:
    """Whether the file cannot be read as YAML, or a mark stands neither in a block nor in a quoted or longer scalar."""
    stream = yaml.parse(source)
    if stream.partial:
        return True
    texts = sorted((node.start, node.end, bool(node.style)) for node in stream.walk() if isinstance(node, yaml.Scalar))
    at = 0
    for mark in marks:
        while at < len(texts) and texts[at][1] <= mark:
            at += 1
        if at == len(texts) or texts[at][0] > mark or (texts[at][0] == mark and not texts[at][2]):
            return True
    return False
