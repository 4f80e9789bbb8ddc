"""Conditions that always hold, and conditions on who started the run, which can be spoofed."""

from __future__ import annotations

from infralint.analysis.github.scripts import find_command
from infralint.model.element import UNKNOWN, Element, fact_of
from infralint.model.github.expression import Condition, Expression
from infralint.model.github.step import Step
from infralint.syntax import expression as syntax
from infralint.syntax.expression_value import truth_of
from infralint.tables.actions import has
from infralint.text.source import Text


@fact_of(Condition)
def is_text(condition: Condition) -> bool:
    """Whether something, if only a line end, stands around its `${{ }}`, so that it is text and always true."""
    if "${{" not in condition.text or any(each.is_broken for each in condition.expressions):
        return False
    return len(condition.expressions) != 1 or len(condition.expressions[0].read.outer) != len(condition.text)


@fact_of(Condition)
def deciding_literal(condition: Condition) -> Text | None:
    """The literal of an `||` by which it always holds, whatever the other side says; None where there is none."""
    read = condition.expressions[0].read if len(condition.expressions) == 1 and not is_text(condition) else None
    if read is None or read.root is None or truth_of(read.root) is not True:
        return None
    for node in read.nodes():
        if isinstance(node, syntax.Logic) and node.operator == "||" and truth_of(node.operands[0]) is UNKNOWN:
            found = next((each for each in node.operands if isinstance(each, syntax.Literal) and truth_of(each)), None)
            if found is not None:
                return read.at(found)
    return None


@fact_of(Expression, Step)
def spoofable_actor_check(part: Expression | Step) -> Text | None:
    """A comparison of who started the run with a bot's name, which stays true when someone else pushes to the bot's branch.

    Of a step: the one in its condition, or in that of its job.
    """
    if isinstance(part, Expression):
        return _spoofable_comparison(part)
    for condition in (part.condition, part.job.condition if part.job is not None else None):
        for each in condition.expressions if condition is not None else ():
            found = _spoofable_comparison(each)
            if found is not None:
                return found
    return None


def _spoofable_comparison(expression: Expression) -> Text | None:
    for node in expression.read.nodes():
        if isinstance(node, syntax.Comparison) and node.operator == "==":
            sides = (node.left, node.right)
            names = [side.value for side in sides if isinstance(side, syntax.Literal)]
            paths = [".".join(path) for side in sides if (path := syntax.path_of(side)) is not None]
            is_bot = any(isinstance(name, str) and name.lower().endswith("[bot]") for name in names)
            if is_bot and any(path in _ACTORS for path in paths):
                return expression.read.at(node)
    return None


_ACTORS = frozenset(
    """github.actor github.triggering_actor github.event.pull_request.sender.login github.event.sender.login
    github.actor_id""".split()  # noqa: SIM905
)


@fact_of(Step)
def merges(step: Step) -> Element | None:
    """What approves or merges a pull request."""
    if step.uses is not None and has(step.uses.action, "merges"):
        return step.uses
    return find_command(
        step,
        lambda words: (
            words[:3] == ["gh", "pr", "merge"] or (words[:3] == ["gh", "pr", "review"] and "--approve" in words)
        ),
    )
