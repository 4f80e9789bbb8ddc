"""Loads the fix verbs when a compiled rule first wants to fix something: start-up does without them."""

from __future__ import annotations

from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


@cache
def remedy() -> Any:
    """The module of the verbs."""
    from infralint.fixes import verbs

    return verbs


def fill(parts: tuple[Any, ...]) -> str | None:
    """A template's text; None when a part of it is absent or unknown."""
    return remedy().fill(parts)  # type: ignore[no-any-return]
