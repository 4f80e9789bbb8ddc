"""Files of which something else makes the config: not yet what their kind says."""

from __future__ import annotations

import re

from infralint.model import kinds
from infralint.syntax import dockerfile, yaml
from infralint.text.source import Source

MARKS = re.compile(r"^[ \t]*(?:[\w-]+:[ \t]+|- )?(\{%|\{\{|<%)", re.M)
"""How a line begins, or its value, in a file that a template engine is still to read."""


def is_templated(source: Source, kind: str) -> bool:
    """Whether something else is made of this file first: by its name, or by marks that its format cannot read."""
    path, text = source.path, source.text
    if kinds.is_template(path):
        return True
    named = "template" in path.lower() and "dockerfile" in path.lower()
    if named and not re.search(r"^[ \t]*FROM\s", text, re.M | re.I):
        return True
    if "{%" not in text and "<%" not in text and text.count("{{") == text.count("${{"):
        return False
    marks = [match.start(1) for match in MARKS.finditer(text)]
    if not marks:
        return False
    language = kinds.ROWS[kind].language
    if language == "dockerfile":
        return _begins_instruction(source, marks)
    return language != "yaml" or _stands_outside_of_text(source, marks)


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
