"""The shape of the code: no circle of imports, no reaching into other modules, classes and modules of a readable size."""

from __future__ import annotations

import ast
import statistics
from pathlib import Path

import pytest

from infralint.policy.vocabulary import load

ROOT = Path(__file__).parent.parent / "infralint"
MODULES = {
    "infralint." + ".".join(path.relative_to(ROOT).with_suffix("").parts): path
    for path in sorted(ROOT.rglob("*.py"))
    if "compiled" not in path.parts and path.name != "__init__.py"
}
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in MODULES.items()}
ROOMS = ("infralint.model.", "infralint.analysis.", "infralint.fixes.")
MAX_FACTS = 15
MAX_LINES = 400
MAX_RING = 4
"""Files of one folder that may name each other's classes: a parent and its children."""
NAMED = {"_replace", "_asdict", "_fields", "_make", "_exit"}
"""Names with an underscore that Python itself offers: those of named tuples, and `os._exit`."""
HEAVY = ("tomllib", "difflib", "json")
"""Modules that start-up does without, so that functions load them."""
LOADED_LATE = {
    "infralint.fixes.verbs": "infralint.syntax",  # fixes of Dockerfiles and env files do without PyYAML
    "infralint.analysis.expressions.checker": "infralint.analysis.expressions.payloads",  # the table of event payloads
    "infralint.analysis.expressions.contexts": "infralint.analysis.expressions.payloads",
}
"""Modules that load another one when they first need it, because it is large and seldom needed."""


def is_for_typing(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)


def imports(tree: ast.Module, *, typing: bool) -> set[str]:
    """The modules of ours that a module imports when it is loaded; with `typing` those for the type checker too."""
    found: set[str] = set()
    for node in tree.body:
        inner = node.body if is_for_typing(node) and isinstance(node, ast.If) else []
        for one in [node, *(inner if typing else [])]:
            if isinstance(one, ast.ImportFrom) and one.module and one.module.startswith("infralint"):
                for alias in one.names:
                    whole = f"{one.module}.{alias.name}"
                    found.add(whole if whole in MODULES else one.module)
    return found & MODULES.keys()


def rings(graph: dict[str, set[str]]) -> list[list[str]]:
    """The groups of modules that import each other, by way of others or at once."""
    reached: dict[str, set[str]] = {}
    for start in graph:
        seen: set[str] = set()
        stack = [start]
        while stack:
            for other in graph[stack.pop()] - seen:
                seen.add(other)
                stack.append(other)
        reached[start] = seen
    groups = {tuple(sorted(n for n in reached[name] if name in reached[n])) for name in graph if name in reached[name]}
    return [list(group) for group in sorted(groups)]


def test_no_module_is_loaded_in_a_circle() -> None:
    assert rings({name: imports(tree, typing=False) for name, tree in TREES.items()}) == []


def test_classes_name_each_other_within_one_folder_and_few_files() -> None:
    for ring in rings({name: imports(tree, typing=True) for name, tree in TREES.items()}):
        assert len({name.rpartition(".")[0] for name in ring}) == 1, ring
        assert len(ring) <= MAX_RING, ring


@pytest.mark.parametrize("name", [name for name in MODULES if name.startswith(ROOMS)])
def test_imports_stand_at_the_top(name: str) -> None:
    inside = [
        (one.lineno, ast.unparse(one))
        for node in ast.walk(TREES[name])
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        for one in ast.walk(node)
        if isinstance(one, (ast.Import, ast.ImportFrom))
        and not any(heavy in ast.unparse(one) for heavy in HEAVY)
        and not (name in LOADED_LATE and LOADED_LATE[name] in ast.unparse(one))
    ]
    assert inside == []


@pytest.mark.parametrize("name", list(MODULES))
def test_what_is_private_to_a_module_is_used_there_alone(name: str) -> None:
    own = {
        inner
        for node in ast.walk(TREES[name])
        for inner in (
            [node.name]
            if isinstance(node, (ast.FunctionDef, ast.ClassDef))
            else [node.attr]
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
            else [node.target.id]
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
            else [node.value]
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier()
            else []
        )
    }
    foreign = [
        f"line {node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(TREES[name])
        if isinstance(node, ast.Attribute)
        and node.attr.startswith("_")
        and not node.attr.startswith("__")
        and node.attr not in own | NAMED
        and not (isinstance(node.value, ast.Name) and node.value.id in ("self", "cls"))
    ]
    assert foreign == []


def test_classes_hold_what_is_written_and_little_else() -> None:
    words = load()
    large = {}
    for nouns in words.nouns.values():
        for noun in nouns.values():
            own = [name for name, one in words.of(noun.type).items() if one.doc and name in vars(noun.type)]
            if len(own) > MAX_FACTS:
                large[noun.type.__qualname__] = sorted(own)
    assert large == {}


def test_modules_are_short() -> None:
    lengths = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in MODULES.items()}
    assert {name: count for name, count in lengths.items() if count > MAX_LINES} == {}
    assert statistics.median(lengths.values()) < 150
