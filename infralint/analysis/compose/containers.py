"""Names of containers."""

from __future__ import annotations

from infralint.model.compose.service import Service
from infralint.model.element import UNKNOWN, Unknown, fact_of
from infralint.tables.compose import is_container_name


@fact_of(Service)
def has_valid_container_name(service: Service) -> bool | Unknown:
    """Whether Docker takes the container's name; unknown where none is known."""
    name = service.value("container_name")
    return UNKNOWN if name is None or isinstance(name, Unknown) else is_container_name(name)
