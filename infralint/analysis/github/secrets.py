"""Secrets in expressions: all of them at once, unredacted parts, scope."""

from __future__ import annotations

from infralint.model.element import fact_of
from infralint.model.github.expression import Expression
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


@fact_of(SecretUse)
def is_token(use: SecretUse) -> bool:
    """Whether it is the token that GitHub makes for each run."""
    return use.name.upper() == "GITHUB_TOKEN"
