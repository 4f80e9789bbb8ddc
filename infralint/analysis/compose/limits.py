"""How many containers and processes a service may have."""

from __future__ import annotations

from infralint.model.compose.interpolation import at_path
from infralint.model.compose.service import Service
from infralint.model.element import Unknown, fact_of


@fact_of(Service)
def replicas(service: Service) -> int | Unknown | None:
    """How many containers of it are to run, by `scale` or `deploy.replicas`."""
    numbers = [service.interpolation.number(at_path(service.view, path)) for path in ("scale", "deploy.replicas")]
    return next((number for number in numbers if number is not None), None)


@fact_of(Service)
def pids_limit(service: Service) -> int | Unknown | None:
    """How many processes it may have, by `pids_limit` or `deploy.resources.limits.pids`; -1 for any number."""
    for path in ("pids_limit", "deploy.resources.limits.pids"):
        node = at_path(service.view, path)
        if node is not None:
            return service.interpolation.number(node)
    return None
