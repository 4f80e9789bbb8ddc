"""The values that a matrix gives."""

from __future__ import annotations

from infralint.model.element import remembered
from infralint.model.github.job import Job
from infralint.model.github.value import known
from infralint.syntax import expression as syntax
from infralint.syntax.yaml import Mapping, Node, Sequence
from infralint.text.source import Text


def matrix_values(job: Job, content: str) -> list[Text] | None:
    """Every value that a `${{ matrix.name }}` takes; None where they cannot be known."""
    kept = _known_values(job)
    if content not in kept:
        kept[content] = _values(job, content)
    return kept[content]


@remembered
def _known_values(job: Job) -> dict[str, list[Text] | None]:
    return {}


def _values(job: Job, content: str) -> list[Text] | None:
    """Every value that a `${{ matrix.name }}` takes; None where they cannot be known."""
    source = Text(content, job.source, 0, 0)
    read = syntax.find(source)
    if len(read) != 1 or str(read[0].outer) != content.strip() or read[0].root is None:
        return None
    path = syntax.path_of(read[0].root)
    node = job.get("strategy", "matrix")
    if path is None or len(path) != 2 or path[0] != "matrix" or not isinstance(node, Mapping):
        return None
    found: list[Text] = []
    rows: list[Node] = []
    row = next((value for name, value in node.items() if name.lower() == path[1]), None)
    if row is not None:
        if not isinstance(row, Sequence):
            return None
        rows += row.values()
    include = node.get("include")
    if include is not None:
        if not isinstance(include, Sequence):
            return None
        for entry in include.values():
            if not isinstance(entry, Mapping):
                return None
            rows += [value for name, value in entry.items() if name.lower() == path[1]]
    left_out = _excluded(node, path[1])
    for item in rows:
        value = known(item)
        if not isinstance(value, Text):
            return None
        if str(value) not in left_out:
            found.append(value)
    return found or None


def _excluded(matrix: Mapping, name: str) -> frozenset[str]:
    """The values of a matrix's row that `exclude` takes out wholly, by naming nothing else."""
    exclude = matrix.get("exclude")
    found = set()
    for entry in exclude.values() if isinstance(exclude, Sequence) else ():
        pairs = list(entry.items()) if isinstance(entry, Mapping) else []
        if len(pairs) == 1 and pairs[0][0].lower() == name:
            found.add(str(known(pairs[0][1])))
    return frozenset(found)
