"""What the value of an expression is made of: the contexts it carries, constants, unsound operators."""

from __future__ import annotations

from infralint.analysis.github.context_types import input_type
from infralint.analysis.github.environment import variable_at
from infralint.analysis.github.matrix import matrix_values
from infralint.analysis.github.placement import job_of
from infralint.model.element import UNKNOWN, fact_of, remembered
from infralint.model.github.expression import Expression
from infralint.syntax import expression as syntax
from infralint.syntax.expression_value import truth_of, value_of
from infralint.tables import github
from infralint.text.source import Text


@fact_of(Expression)
def paths(expression: Expression) -> list[str]:
    """The contexts whose text it carries: `github.event.issue.title`."""
    return [_shown(path) for path, _ in carried_paths(expression)]


@remembered
def carried_paths(expression: Expression) -> list[tuple[tuple[str, ...], bool]]:
    """The paths that its value carries, each with whether it is carried as JSON with all that is below."""
    return _carried(expression.read.root) if expression.read.root is not None else []


def _carried(root: syntax.Node) -> list[tuple[tuple[str, ...], bool]]:
    """The paths whose text an expression's value carries, and whether as JSON with all that is below."""
    found: list[tuple[tuple[str, ...], bool]] = []
    stack: list[tuple[syntax.Node, bool]] = [(root, False)]
    while stack:
        node, whole = stack.pop()
        path = syntax.path_of(node)
        if path is not None:
            found.append((path, whole))
        elif isinstance(node, syntax.Logic):
            stack += [(each, whole) for each in (node.operands if node.operator == "||" else node.operands[-1:])]
        elif isinstance(node, syntax.Call):
            if node.name in github.SAFE_FUNCTIONS:
                continue
            arguments = node.arguments
            if node.name == "case":
                arguments = [*arguments[1::2], *arguments[-1:]]
            stack += [(each, whole or node.name in ("tojson", "join")) for each in arguments]
        elif isinstance(node, syntax.Property | syntax.Index | syntax.Filter):
            stack.append((node.of, True))
    return found[::-1] if len(found) > 1 else found


def _shown(path: tuple[str, ...]) -> str:
    return ".".join(path).replace("[]", "*")


@fact_of(Expression)
def is_fixed(expression: Expression) -> bool:
    """Whether its value can hold nothing that a shell takes for syntax: ids, commits, states, literals."""
    return all(_is_fixed(expression, path) for path, _ in carried_paths(expression))


def _is_fixed(expression: Expression, path: tuple[str, ...]) -> bool:
    job = job_of(expression) if path[0] == "matrix" and len(path) == 2 else None
    if job is not None:
        return matrix_values(job, f"${{{{ {'.'.join(path)} }}}}") is not None
    if path[0] == "env" and len(path) == 2:
        source = variable_at(expression.file, expression.route, path[1])
        return (
            source is not None
            and source.value is not None
            and (
                source.value is not UNKNOWN
                or all(github.is_fixed(inner) for each in source.expressions for inner, _ in carried_paths(each))
            )
        )
    if path[0] == "inputs" and len(path) == 2:
        return input_type(expression.file, path[1]) in ("boolean", "number")
    return github.is_fixed(path)


def is_constant(expression: Expression) -> bool:
    """Whether its value is known without a run."""
    return expression.read.root is not None and value_of(expression.read.root) is not UNKNOWN


@fact_of(Expression)
def is_obfuscated(expression: Expression) -> bool:
    """Whether it computes what could be written out: calls or indices over literals alone."""
    root = expression.read.root
    if root is None:
        return False
    for node in syntax.walk(root):
        if isinstance(node, syntax.Call) and node.arguments:
            value = value_of(node)
            if value is not UNKNOWN and not isinstance(value, list | dict):
                return True
    return False


@fact_of(Expression)
def computed_index(expression: Expression) -> Text | None:
    """A property whose name is itself worked out by the run: `inputs[inputs.name]`."""
    for node in expression.read.nodes():
        if isinstance(node, syntax.Index) and value_of(node.by) is UNKNOWN:
            return expression.read.at(node)
    return None


@fact_of(Expression)
def unsound_contains(expression: Expression) -> Text | None:
    """A `contains('a b c', context)` whose text also contains every part of a name."""
    for node in expression.read.nodes():
        if isinstance(node, syntax.Call) and node.name == "contains" and len(node.arguments) == 2:
            first, second = node.arguments
            is_text = isinstance(first, syntax.Literal) and isinstance(first.value, str)
            if is_text and value_of(second) is UNKNOWN:
                return expression.read.at(node)
    return None


@fact_of(Expression)
def unsound_ternary(expression: Expression) -> Text | None:
    """An `a && b || c` whose `b` is never true, so that it always gives `c`."""
    for node in expression.read.nodes():
        if not isinstance(node, syntax.Logic) or node.operator != "||":
            continue
        for operand in node.operands[:-1]:
            if (
                isinstance(operand, syntax.Logic)
                and operand.operator == "&&"
                and truth_of(operand.operands[-1]) is False
            ):
                return expression.read.at(operand.operands[-1])
    return None
