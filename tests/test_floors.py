"""A module imports from lower floors only, and nothing heavy at all."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "infralint"
FLOORS = ["text", "syntax", "tables", "model", "analysis", "fixes", "policy", "engine", "output", "fleet", "lsp", "cli"]
SURFACE = ["__init__.py", "__main__.py", "api.py"]
HEAVY = {"ruamel", "sarif_om", "jsonschema", "checkov", "requests", "http", "urllib", "socket", "ssl"}
ALLOWED = {
    ("engine/verify.py", "ruamel"),
    (
        "engine/yaml_edit.py",
        "ruamel",
    ),  # edits that keep the comments of a file  # the second opinion on a fix, inside of the function that asks for it
    ("engine/external", "checkov"),
    ("output/sarif.py", "sarif_om"),
    ("output/sarif_rule.py", "sarif_om"),
}
MODULES = sorted(path for path in ROOT.rglob("*.py") if "compiled" not in path.parts)


def imported(tree: ast.AST) -> list[str]:
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.append(node.module)
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_go_down(path: Path) -> None:
    inner = path.relative_to(ROOT).as_posix()
    floor = inner.split("/")[0]
    for name in imported(ast.parse(path.read_text(encoding="utf-8"))):
        head = name.split(".")[0]
        if head in HEAVY and name != "urllib.parse":
            assert any(inner.startswith(place) and head == heavy for place, heavy in ALLOWED), name
        if head == "infralint" and inner not in SURFACE and "." in name:
            other = name.split(".")[1]
            if other in FLOORS:
                assert FLOORS.index(other) <= FLOORS.index(floor), name
            else:
                assert other == "compiled", name


def test_heavy_libraries_are_imported_inside_of_functions() -> None:
    for path in MODULES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            for name in imported(node) if isinstance(node, (ast.Import, ast.ImportFrom)) else []:
                assert name.split(".")[0] not in {*HEAVY, "tree_sitter", "tree_sitter_bash", "yaml", "tomllib"}, (
                    path,
                    name,
                )
