"""The way from compiled rules to the fix verbs, which are loaded only when a rule wants to mend something."""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def remedy() -> Any:
    """The module of the verbs."""
    from infralint.policy import remedy as verbs

    return verbs


def fill(parts: tuple[Any, ...]) -> str | None:
    """A template's text; None when a part of it is absent or unknown."""
    return remedy().fill(parts)  # type: ignore[no-any-return]
