"""Deployments of a repository."""

from __future__ import annotations

from infralint.model.element import fact_of
from infralint.model.project.document import Deployment
from infralint.tables.deploys import SITES


@fact_of(Deployment)
def is_site(deployment: Deployment) -> bool:
    """Whether it is a static site that it puts out."""
    return deployment.summary.how in SITES
