"""Fixes of conditions: text around the expression, checks of who started the run."""

from __future__ import annotations

from infralint.analysis.github.conditions import is_text, spoofable_actor_check
from infralint.analysis.github.placement import job_of
from infralint.model.element import fact_of
from infralint.model.github.expression import Condition, Expression
from infralint.syntax import expression as syntax
from infralint.text.edit import Edit
from infralint.text.source import Text


@fact_of(Condition)
def unwrapped(condition: Condition) -> list[Edit] | None:
    """Edits that leave its one expression alone on the line, so that it decides."""
    if not is_text(condition):
        return None
    node = condition.node
    path = condition.source.path
    if node.style in ("|", ">") and len(condition.expressions) == 1 and node.anchor is None:
        outer = str(condition.expressions[0].read.outer)
        if str(condition.text).rstrip("\n") == outer and condition.source.text[node.start + 1 : node.start + 2] == "\n":
            return [Edit(path, node.start + 1, node.start + 1, "-")]
    if (
        len(condition.expressions) == 1
        and not str(condition.text).replace(str(condition.expressions[0].read.outer), "").strip()
    ):
        body = condition.expressions[0].raw
        if "\n" in body or node.anchor is not None:
            return None
        end = condition.text.end if node.style in ("|", ">") else node.end
        line_end = end - 1 if condition.source.text[end - 1 : end] == "\n" else end
        return [Edit(path, node.start, line_end, body)]
    return _joined(condition)


def _joined(condition: Condition) -> list[Edit] | None:
    """`${{ a }} && ${{ b }}` becomes `a && b`, where what stands between is an expression too."""
    text, node = str(condition.text), condition.node
    if node.style or node.anchor is not None or "\n" in condition.raw:
        return None
    out, at = "", 0
    for each in condition.expressions:
        inner = str(each.text)
        is_loose = isinstance(each.read.root, syntax.Logic) or text[: each.read.start].rstrip().endswith("!")
        out += text[at : each.read.start] + (f"({inner})" if is_loose else inner)
        at = each.read.start + len(each.read.outer)
    out += text[at:]
    joined = syntax.parse(Text(out, condition.source, condition.start, condition.end))
    if joined.root is None or out.lstrip()[:1] in "!&*|>'\"%@`[{#":
        return None
    return None if ": " in out or " #" in out else [Edit(condition.source.path, node.start, node.end, out)]


@fact_of(Expression)
def with_author_check(expression: Expression) -> list[Edit] | None:
    """Edits that ask for the author of the pull request or comment in place of who started the run."""
    job = job_of(expression)
    events = {str(trigger.name) for trigger in job.workflow.triggers} if job is not None else set()
    author = {
        "pull_request_target": "github.event.pull_request.user.login",
        "pull_request": "github.event.pull_request.user.login",
        "issue_comment": "github.event.comment.user.login",
    }
    if len(events) != 1 or not events <= set(author) or spoofable_actor_check(expression) is None:
        return None
    edits = []
    for node in expression.read.nodes():
        if isinstance(node, syntax.Comparison):
            for side in (node.left, node.right):
                if syntax.path_of(side) in (("github", "actor"), ("github", "triggering_actor")):
                    at = expression.read.at(side)
                    edits.append(Edit(expression.source.path, at.start, at.end, author[next(iter(events))]))
    return edits or None
