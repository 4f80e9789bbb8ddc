"""Files of which something else makes the config: not yet what their kind says."""

from __future__ import annotations

from infralint.model import kinds


def is_templated(path: str, text: str) -> bool:
    """Whether something else is made of this file first: by its name, or by marks that no format here allows."""
    if kinds.is_template(path):
        return True
    import re

    if (
        "template" in path.lower()
        and "dockerfile" in path.lower()
        and not re.search(r"^[ \t]*FROM\s", text, re.M | re.I)
    ):
        return True
    if "{%" not in text and "<%" not in text and text.count("{{") == text.count("${{"):
        return False
    return re.search(r"^[ \t]*(?:\{%|\{\{|<%|[\w-]+:[ \t]+\{\{|- \{\{)", text, re.M) is not None
