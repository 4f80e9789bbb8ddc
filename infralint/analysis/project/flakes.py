"""Inputs of Nix flakes that the lock file beside them does not pin."""

from __future__ import annotations

import json
import posixpath

from infralint.analysis.project.tree import files_of
from infralint.model.element import noun_of
from infralint.model.project.document import ProjectDocument
from infralint.model.project.evidence import Named
from infralint.tables.trees import EXAMPLES, FIXTURES, lies_in, variants_of
from infralint.text import regex as re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_SINGLE = re.compile(r"^[ \t]*inputs\.([A-Za-z_][\w-]{0,80})(?:\.url)?[ \t]*=", re.M)
_BLOCK = re.compile(r"^[ \t]*inputs[ \t]*=[ \t]*\{", re.M)
_IN_BLOCK = re.compile(
    r"^[ \t]*([A-Za-z_][\w-]{0,80})(?:\.url[ \t]*=|[ \t]*=[ \t\r\n]*\{[^{}]{0,2000}?\burl[ \t]*=)", re.M
)
_COMMENT = re.compile(r"#[^\n]*")


@noun_of(ProjectDocument, "unlocked_input")
def unlocked_inputs(document: ProjectDocument) -> list[Named]:
    """The inputs of flakes that `flake.lock` does not name, where it can be read; the first input where there is no such file."""
    project = document.project
    found: list[Named] = []
    for path in sorted(path for path in project.paths if posixpath.basename(path) == "flake.nix"):
        if lies_in(path, FIXTURES) or EXAMPLES in variants_of(path) or not project.is_whole:
            continue
        source = project.index.source(path)
        if source is None:
            continue
        inputs = _inputs(source.text)
        locked = _locked(document, posixpath.join(posixpath.dirname(path), "flake.lock"))
        if locked is None:
            continue
        missing = [(name, start) for name, start in inputs if name not in locked]
        found += [Named("input", name, project, source, start, start + len(name)) for name, start in missing]
    return found


def _inputs(text: str) -> list[tuple[str, int]]:
    """The inputs that a flake takes from an address, each with its place."""
    plain = _COMMENT.sub(lambda match: " " * len(match[0]), text)
    found = {match[1]: match.start(1) for match in _SINGLE.finditer(plain)}
    block = _BLOCK.search(plain)
    if block is not None:
        depth, at = 1, block.end()
        while at < len(plain) and depth:
            depth += {"{": 1, "}": -1}.get(plain[at], 0)
            at += 1
        for match in _IN_BLOCK.finditer(plain, block.end(), at):
            found.setdefault(match[1], match.start(1))
    found.pop("self", None)
    return sorted(found.items(), key=lambda one: one[1])


def _locked(document: ProjectDocument, path: str) -> set[str] | None:
    """The inputs of the lock file; none where there is no such file, None where it cannot be read."""
    project = document.project
    if path not in files_of(project):
        return set()
    source = project.index.source(path)
    try:
        read: Any = json.loads(source.text) if source is not None else None
        root = read["nodes"][read["root"]]
        return set(root.get("inputs", {}))
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
