"""Files that a template engine still has to render."""

from __future__ import annotations

from infralint.model import kinds
from infralint.text import regex as re
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
    from infralint.engine.template_marks import is_read_as_text  # loads all parsers; most runs need one

    return not is_read_as_text(source, kinds.ROWS[kind].language, marks)
