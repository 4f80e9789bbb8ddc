"""Rules as typed Python functions: a type checker reads what the vocabulary does not look at."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from infralint.policy.compile import Writer, params_of
from infralint.policy.expression import Compiler
from infralint.policy.parse import parse
from infralint.policy.rule_file import RuleFile
from infralint.policy.vocabulary import ANY, Vocabulary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_PARAMS = {"text": "str", "number": "int", "flag": "bool", "list of text": "list[str]", "map of text": "dict[str, str]"}
ASKING = ("when", "pedantic_if", "at")
"""The keys of a header whose expressions are checked."""
HEAD = """\
# Generated from rules/*.md for the type checker alone; nothing runs it.
# mypy: disable-error-code="union-attr, truthy-bool, truthy-function, comparison-overlap, operator, misc, empty-body"
from __future__ import annotations

from typing import Any, TypeVar

from infralint.text.unknown import Unknown

T = TypeVar("T")


def matches_glob(text: object, pattern: str) -> bool: ...
def present(value: T | None | Unknown) -> T: ...

"""


def typed_module(rule_files: Iterable[RuleFile], vocabulary: Vocabulary) -> str:
    """A module with one function a rule, its parameters annotated with the classes of the nouns.

    Absent and unknown values are met by the compiler, so unions are not looked into; names, arguments and their
    types are.
    """
    imports: set[str] = set()
    bodies: list[str] = []
    for number, rule_file in enumerate(rule_files):
        writer = Writer(rule_file, vocabulary, budgeted=False)
        item, compiler = writer.item, writer.compiler
        parameters = [f"{item}: {_name(writer.type)}"]
        imports.add(writer.type.__module__)
        params = params_of(rule_file)
        if params:
            fields = "".join(f"    {name}: {_PARAMS[sort]}\n" for name, (sort, _) in params.items())
            bodies.append(f"class Params{number}:\n{fields}\n")
            parameters.append(f"params: Params{number}")
        project = compiler.scope.get("project")
        if project is not None and item != "project":
            imports.add(project.classes[0].__module__)
            parameters.append(f"project: {_name(project.classes[0])}")
        lines = [f"def rule_{number}({', '.join(parameters)}) -> object:  # {rule_file.id}"]
        indent = "    "
        if "for" in rule_file.raw:
            name, _, items = rule_file.raw["for"].text.partition(" in ")
            lines.append(f"{indent}for {name.strip()} in {_typed(compiler, items)}:")
            compiler.scope[name.strip()] = compiler.value(items).kind.item or ANY
            indent += "    "
        lines.append(
            f"{indent}return ({', '.join(_typed(compiler, rule_file.raw[key].text) for key in ASKING if key in rule_file.raw)})"
        )
        if "for" in rule_file.raw:
            lines.append("    return None")
        bodies.append("\n".join(lines) + "\n\n")
        imports |= {home.partition(":")[0] for home in compiler.homes.values()}
    return HEAD + "".join(f"import {module}\n" for module in sorted(imports)) + "\n\n" + "\n".join(bodies)


def _typed(compiler: Compiler, text: str) -> str:
    """An expression with facts outside of classes written as the calls that they are."""
    compiler.outside.clear()
    node = parse(text)
    compiler.value_of(node)
    return ast.unparse(_Calls(compiler.outside).visit(node))


class _Calls(ast.NodeTransformer):
    """Writes facts outside of classes as calls, and `text.matches_glob(pattern)`, which no class has, as a function."""

    def __init__(self, outside: dict[int, str]) -> None:
        self.outside = outside

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        home = self.outside.get(id(node))
        self.generic_visit(node)
        return ast.Call(_dotted(home), [_present(node.value)], []) if home is not None else node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        home = self.outside.get(id(node.func))
        if home is None:
            self.generic_visit(node)
            if isinstance(node.func, ast.Attribute) and node.func.attr == "matches_glob":
                return ast.Call(ast.Name("matches_glob"), [node.func.value, *node.args], [])
            return node
        base = node.func.value if isinstance(node.func, ast.Attribute) else node.func
        return ast.Call(_dotted(home), [_present(self.visit(base)), *map(self.visit, node.args)], [])


def _present(node: ast.expr) -> ast.expr:
    """What a fact is asked of: the compiler asks nothing of what is absent or unknown."""
    return node if isinstance(node, ast.Name) else ast.Call(ast.Name("present"), [node], [])


def _dotted(home: str) -> ast.expr:
    return ast.Name(home.replace(":", "."))


def _name(cls: type[Any]) -> str:
    return f"{cls.__module__}.{cls.__qualname__}"
