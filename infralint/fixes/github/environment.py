"""Fixes of environment variables."""

from __future__ import annotations

from infralint.model.element import fact_of
from infralint.model.github.step import EnvEntry
from infralint.syntax.yaml_edit import delete
from infralint.text.edit import Edit


@fact_of(EnvEntry)
def removed(variable: EnvEntry) -> list[Edit] | None:
    """Edits that take it out."""

    return delete(variable.pair)
