"""Tokens that a step makes for a GitHub App."""

from __future__ import annotations

from infralint.model.element import fact_of
from infralint.model.github.step import Step
from infralint.tables.permissions import ORGANIZATION_PERMISSIONS


@fact_of(Step)
def asks_for_repository_permissions(step: Step) -> bool:
    """Whether an app token that it makes reaches repositories: it names a repository permission, or none at all."""
    named = [each.name.lower() for each in step.inputs if each.name.lower().startswith("permission-")]
    return not named or any(name not in ORGANIZATION_PERMISSIONS for name in named)
