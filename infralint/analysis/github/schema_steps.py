"""What steps get wrong, in jobs and in composite actions: ids, keys, what they run."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.analysis.github.schema_check import SchemaCheck, is_expression
from infralint.model.github.document import WorkflowProblem
from infralint.model.github.step import Step
from infralint.model.github.value import get, known
from infralint.syntax.yaml import Mapping, Node, Scalar, Sequence
from infralint.text import regex as re
from infralint.text.source import Text

ID = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


def fault_of_id(name: str) -> str | None:
    """What is wrong with the id of a job or step, in words."""
    if "${{" in name:
        return None
    if ID.fullmatch(name) is None:
        return "is not a valid id; use letters, digits, `-` and `_`"
    return "is not a valid id; `__` at its start is reserved" if name.startswith("__") else None


def check_steps(check: SchemaCheck, node: Node | None, steps: list[Step], where: str) -> Iterator[WorkflowProblem]:
    """The steps of a list; `where` names them in the table of keys."""
    for item in node.values() if isinstance(node, Sequence) else ():
        if not isinstance(item, Mapping) and not is_expression(item):
            yield check.problem("bad-value", "step must be a mapping", item.start, max(item.end, item.start))
        if isinstance(item, Mapping) and "parallel" in item and where == "a step":
            yield from check.keys(item, "a step with `parallel`")
    seen: dict[str, str] = {}
    for step in steps:
        yield from _step(check, step, where, seen)
    yield from _background(check, steps)


def _background(check: SchemaCheck, steps: list[Step]) -> Iterator[WorkflowProblem]:
    """Background steps where all steps run side by side anyway, and waits for steps that do not run in the background."""
    plain = {str(step.id).lower() for step in steps if step.id is not None and step.get("background") is None}
    for step in steps:
        if "parallel" in step.route and "background" in step.node:
            yield check.at(step.node.pair("background"), "unknown-key", "`background` is not valid within `parallel`")
        for key in ("wait", "cancel"):
            value = step.get(key)
            for one in value.values() if isinstance(value, Sequence) else [value]:
                if is_expression(one) and one is not None:
                    message = f"`{key}` takes the id of a step, no expression"
                    yield check.problem("bad-value", message, one.start, one.end)
                name = known(one)
                if isinstance(name, Text) and name.lower() in plain:
                    message = f"step `{name}` does not run in the background; `{key}` takes background steps only"
                    yield check.problem("bad-value", message, name.start, name.end)


def _step(check: SchemaCheck, step: Step, where: str, seen: dict[str, str]) -> Iterator[WorkflowProblem]:
    """One step; `seen` holds the ids before it."""
    node = step.node
    control = next((key for key in ("wait", "wait-all", "cancel") if key in node), None)
    yield from check.keys(node, f"a step with `{control}`" if control is not None and where == "a step" else where)
    yield from check_numbers(check, node)
    for key in ("env", "with"):
        value = node.get(key)
        if isinstance(value, Mapping):
            yield from check.duplicates(value, f"entry of `{key}`")
        yield from check.mapping(node, key)
    if "uses" in node and "run" in node:
        yield check.problem("bad-value", "step has both `uses` and `run`", step.start, step.end)
    elif "uses" not in node and "run" not in node:
        waits = [key for key in ("wait", "wait-all", "cancel") if key in node]  # of steps that run in the background
        if not waits and "<<" not in node:
            yield check.problem("missing-key", "step has neither `uses` nor `run`", step.start, step.end)
        for key in waits:
            value = node.get(key)
            for one in value.values() if isinstance(value, Sequence) else [value]:
                name = known(one)
                if isinstance(name, Text) and key != "wait-all" and name.lower() not in seen:
                    yield check.problem("bad-value", f"no earlier step has the id `{name}`", name.start, name.end)
    elif "uses" in node:
        for key in ("shell", "working-directory"):
            pair = node.pair(key)
            if pair is not None:
                yield check.at(pair, "unknown-key", f"`{key}` is valid with `run` only, not with `uses`")
    elif "with" in node:
        pair = node.pair("with")
        if pair is not None:
            yield check.at(pair, "unknown-key", "`with` is valid with `uses` only, not with `run`")
    if step.id is not None and "${{" not in step.id:
        lower = step.id.lower()
        fault = fault_of_id(str(step.id))
        if fault is not None:
            yield check.problem("bad-id", f"`{step.id}` {fault}", step.id.start, step.id.end)
        elif lower in seen:
            message = f"step id `{step.id}` is used twice in this {'action' if step.job is None else 'job'}"
            yield check.problem("duplicate-id", message, step.id.start, step.id.end)
        seen[lower] = lower


def check_numbers(check: SchemaCheck, node: Node | None) -> Iterator[WorkflowProblem]:
    """`timeout-minutes` and `continue-on-error` of a job or step."""
    minutes = get(node, "timeout-minutes")
    if minutes is not None and not is_expression(minutes):
        value = minutes.value if isinstance(minutes, Scalar) and not minutes.style else ""
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield check.problem("bad-value", "`timeout-minutes` must be a number", minutes.start, minutes.end)
        elif value <= 0:
            yield check.problem("bad-value", "`timeout-minutes` must be above 0", minutes.start, minutes.end)
    flag = get(node, "continue-on-error")
    if isinstance(flag, Scalar) and not is_expression(flag) and flag.value not in (True, False):
        yield check.problem(
            "bad-value", "`continue-on-error` must be true or false", flag.start, max(flag.end, flag.start)
        )
