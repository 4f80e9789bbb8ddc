"""Fixes of checkouts."""

from __future__ import annotations

from infralint.analysis.github.checkouts import is_without_option
from infralint.analysis.github.kept_tokens import needs_kept_token
from infralint.model.element import fact_of
from infralint.model.github.checkout import Checkout
from infralint.syntax.yaml import Mapping
from infralint.syntax.yaml_edit import set_key
from infralint.text.edit import Edit


@fact_of(Checkout)
def with_credentials_dropped(checkout: Checkout) -> list[Edit] | None:
    """Edits after which the token no longer stays; None where a later step uses it or the step takes no such input."""

    node = checkout.step.node
    if (
        not isinstance(node, Mapping)
        or is_without_option(checkout)
        or needs_kept_token(checkout)
        or node.get("run") is not None
        or node.get("shell") is not None
    ):
        return None
    return set_key(node, ["with", "persist-credentials"], "false")
