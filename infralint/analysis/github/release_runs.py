"""Whether a condition holds when a release runs: the event, the ref and its type are known then."""

from __future__ import annotations

from infralint.model.element import UNKNOWN, Unknown
from infralint.model.github.workflow import Workflow
from infralint.syntax import expression as syntax
from infralint.syntax.expression_value import compare, is_truthy, truth_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def release_runs(workflow: Workflow) -> list[dict[str, str]]:
    """What is known of each kind of run that releases: the event, the beginning of the ref, its type."""
    runs = []
    for trigger in workflow.triggers:
        if trigger.name == "release":
            runs.append({"github.event_name": "release", "github.ref": "refs/tags/", "github.ref_type": "tag"})
        if trigger.name == "push" and trigger.tags:
            runs.append({"github.event_name": "push", "github.ref": "refs/tags/", "github.ref_type": "tag"})
        if trigger.name == "push" and any(branch.lower().startswith("release") for branch in trigger.branches):
            runs.append({"github.event_name": "push", "github.ref": "refs/heads/release", "github.ref_type": "branch"})
    return runs


def truth_in(node: syntax.Node, run: dict[str, str]) -> bool | Unknown:
    """Whether a condition holds in such a run; UNKNOWN where more decides."""
    if isinstance(node, syntax.Logic):
        decided = node.operator == "||"
        truths = [truth_in(operand, run) for operand in node.operands]
        if any(truth is decided for truth in truths):
            return decided
        return UNKNOWN if any(truth is UNKNOWN for truth in truths) else not decided
    if isinstance(node, syntax.Not):
        truth = truth_in(node.of, run)
        return UNKNOWN if truth is UNKNOWN else not truth
    if isinstance(node, syntax.Comparison) and node.operator in ("==", "!="):
        left, right = _known(node.left, run), _known(node.right, run)
        return UNKNOWN if left is UNKNOWN or right is UNKNOWN else compare(node.operator, left, right)
    if isinstance(node, syntax.Call) and node.name == "startswith" and len(node.arguments) == 2:
        path, wanted = syntax.path_of(node.arguments[0]), node.arguments[1]
        if path == ("github", "ref") and isinstance(wanted, syntax.Literal) and isinstance(wanted.value, str):
            begins, text = run["github.ref"], wanted.value.lower()
            return True if begins.startswith(text) else UNKNOWN if text.startswith(begins) else False
    value = _known(node, run)
    return truth_of(node) if value is UNKNOWN else is_truthy(value)


def _known(node: syntax.Node, run: dict[str, str]) -> Any:
    if isinstance(node, syntax.Literal):
        return node.value
    path = syntax.path_of(node)
    name = ".".join(path) if path is not None else ""
    return run.get(name, UNKNOWN) if name != "github.ref" else UNKNOWN
