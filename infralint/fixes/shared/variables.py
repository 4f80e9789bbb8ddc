"""Edits that read credentials from the environment instead of a literal."""

from __future__ import annotations

import posixpath

from infralint.model.element import fact_of
from infralint.model.shared.variable import Variable
from infralint.text import regex as re
from infralint.text.edit import Edit

EXAMPLES = (".env.example", ".env.sample", ".env.template", ".env.dist", "env.example", "example.env")
"""What the file that shows the keys of an `.env` is called; the first is made where there is none."""


@fact_of(Variable)
def added_to_example(variable: Variable) -> list[Edit]:
    """An edit that names it, without a value, in the example beside a compose file, or in a new one."""
    if variable.index is None:
        return []
    folder = posixpath.dirname(variable.source.path)
    paths = [posixpath.join(folder, name) for name in EXAMPLES]
    path = next((path for path in paths if variable.index.is_file(path)), None)
    if path is None:
        return [Edit(paths[0], 0, 0, f"{variable.name}=\n", creates=True)]
    example = variable.index.source(path)
    if example is None or re.search(rf"^[# \t]*{re.escape(str(variable.name))}[ \t]*=", example.text, re.M):
        return []
    size = len(example.text)
    start = "" if not size or example.text.endswith(("\n", "\r")) else example.newline
    return [Edit(path, size, size, f"{start}{variable.name}={example.newline}")]
