"""Owners of actions whose names are a typo away from well-known ones."""

from __future__ import annotations

from infralint.model.element import fact_of
from infralint.model.github.uses import Uses
from infralint.tables.action_owners import misspelled


@fact_of(Uses)
def typosquat_of(uses: Uses) -> str | None:
    """The well-known owner whose name this one is a slip away from."""

    return misspelled(uses.owner) if uses.is_remote else None
