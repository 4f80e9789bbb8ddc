"""The tasks of a Taskfile and the recipes of a justfile at the top of a repository."""

from __future__ import annotations

from infralint.analysis.project.tree import files_of
from infralint.model.element import remembered
from infralint.model.project.document import Project
from infralint.model.shared.value import get, pairs_of, scalars
from infralint.syntax.yaml import Mapping, parse
from infralint.text import regex as re

_TASKFILES = (
    "Taskfile.yml",
    "taskfile.yml",
    "Taskfile.yaml",
    "taskfile.yaml",
    "Taskfile.dist.yml",
    "Taskfile.dist.yaml",
)
_JUSTFILES = ("justfile", "Justfile", ".justfile", "JUSTFILE")
_RECIPE = re.compile(r"^@?([A-Za-z_][\w-]{0,80})(?:[ \t][^:\n]{0,400})?:(?!=)", re.M)
_ALIAS = re.compile(r"^alias[ \t]+([A-Za-z_][\w-]{0,80})[ \t]*:=", re.M)
_ELSEWHERE = re.compile(r"^(?:!?include|import\??|mod\??|set[ \t]+fallback)\b", re.M)
"""Words by which a justfile takes recipes from another file."""


@remembered
def tasks(project: Project) -> set[str] | None:
    """The tasks of the Taskfile with their aliases; None where there is none, or it takes tasks from elsewhere or by pattern."""
    path = next((name for name in _TASKFILES if name in files_of(project)), None)
    source = project.index.source(path) if path is not None else None
    if source is None:
        return None
    stream = parse(source)
    root = next(iter(stream.documents), None)
    if stream.partial or not isinstance(root, Mapping) or "includes" in root:
        return None
    found: set[str] = set()
    for name, node in pairs_of(root.get("tasks")):
        if "*" in name:
            return None
        found |= {str(name), *map(str, scalars(get(node, "aliases")))}
    return found


@remembered
def recipes(project: Project) -> set[str] | None:
    """The recipes of the justfile with their aliases; None where there is none, or it takes recipes from elsewhere."""
    path = next((name for name in _JUSTFILES if name in files_of(project)), None)
    source = project.index.source(path) if path is not None else None
    if source is None or _ELSEWHERE.search(source.text) is not None:
        return None
    return {match[1] for pattern in (_RECIPE, _ALIAS) for match in pattern.finditer(source.text)}
