"""Secrets in expressions: all of them at once, unredacted parts, scope."""

from __future__ import annotations

from infralint.analysis.github.permissions import effective_permissions
from infralint.analysis.github.placement import job_of
from infralint.model.element import fact_of
from infralint.model.github.expression import Expression, expressions_of
from infralint.model.github.job import Job
from infralint.model.github.secret import SecretUse
from infralint.syntax import expression as syntax
from infralint.text.source import Text


@fact_of(Expression)
def overprovisioned_secrets(expression: Expression) -> Text | None:
    """What hands out every secret: `toJSON(secrets)`, or an index that is worked out."""
    if "secrets" not in expression.text.lower():
        return None
    for node in expression.read.nodes():
        inner = node.arguments if isinstance(node, syntax.Call) and node.name == "tojson" else ()
        inner = [node.of] if isinstance(node, syntax.Index | syntax.Filter) else inner
        if any(isinstance(each, syntax.Context) and each.name == "secrets" for each in inner):
            return expression.read.at(node)
    return None


@fact_of(Expression)
def unredacted_secret(expression: Expression) -> Text | None:
    """A part of a secret taken by `fromJSON(secrets.NAME).part`, which no log masks."""
    for node in expression.read.nodes():
        if not isinstance(node, syntax.Property | syntax.Index | syntax.Filter):
            continue
        call = node.of
        if isinstance(call, syntax.Call) and call.name == "fromjson" and call.arguments:
            path = syntax.path_of(call.arguments[0])
            if path is not None and path[0] == "secrets":
                return expression.read.at(node)
    return None


@fact_of(Job)
def is_given_secrets(job: Job) -> bool:
    """Whether something in it, or its workflow's variables, names a secret other than the run's token, or it may write or sign in."""
    permissions = effective_permissions(job)
    if permissions.text == "write-all" or permissions.writes:
        return True
    for expression in expressions_of(job.file):
        holder = job_of(expression)
        if (holder is job or (holder is None and expression.route[:1] == ("env",))) and _names_own_secret(expression):
            return True
    return False


def _names_own_secret(expression: Expression) -> bool:
    paths = (syntax.path_of(node) for node in expression.read.nodes())
    return any(
        path is not None and len(path) == 2 and path[0] == "secrets" and path[1] != "github_token" for path in paths
    )


@fact_of(SecretUse)
def is_token(use: SecretUse) -> bool:
    """Whether it is the token that GitHub makes for each run."""
    return use.name.upper() == "GITHUB_TOKEN"
