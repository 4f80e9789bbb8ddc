"""What shells complete: rules and kinds."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def complete_rules(context: Any, parameter: Any, incomplete: str) -> list[str]:
    """The rules and kinds whose name begins so; behind a comma the next one of a list. Other tools' names too."""
    from infralint.policy.catalogue import catalogue

    before, comma, last = incomplete.rpartition(",")
    rules = catalogue()
    words = {word for rule in rules for word in (rule.kind, rule.id, rule.name)}
    if last[:1].isupper():
        words |= {name.rpartition("/")[2] for rule in rules for name in rule.same_as}
    return [f"{before}{comma}{word}" for word in sorted(words) if word.startswith(last)]


def complete_kinds(context: Any, parameter: Any, incomplete: str) -> list[str]:
    """The kinds of files whose name begins so."""
    from infralint.model.kinds import ROWS

    return [kind for kind in ROWS if kind.startswith(incomplete)]
