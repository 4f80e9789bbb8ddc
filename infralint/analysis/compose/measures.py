"""Sizes and durations that a compose service is given, as values with an order."""

from __future__ import annotations

from infralint.model.compose.interpolation import items
from infralint.model.compose.parts import Healthcheck
from infralint.model.compose.service import Service
from infralint.model.element import UNKNOWN, Unknown, fact_of
from infralint.syntax.yaml import Mapping
from infralint.text.quantity import Duration, Size
from infralint.text.source import Text


@fact_of(Service)
def memory_limit(service: Service) -> Size | Unknown | None:
    """The most memory that it may take, by `mem_limit` or `deploy.resources.limits.memory`; unknown for what is no size."""
    written = service.value("mem_limit")
    if written is None:
        written = service.value("deploy.resources.limits.memory")
    if written is None or isinstance(written, Unknown):
        return written
    return Size.read(written) or UNKNOWN


@fact_of(Service)
def label(service: Service, name: str) -> Text | Unknown | None:
    """The value of one of its `labels`, in either form; unknown where a variable stands in it."""
    node = service.view.get("labels")
    if isinstance(node, Mapping):
        return service.interpolation.text(node.get(name)) if node.key(name) is not None else None
    for item in items(node):
        text = service.interpolation.text(item)
        if isinstance(text, Unknown):
            return UNKNOWN
        if text is not None and text.partition("=")[0] == name:
            return text.slice(min(len(name) + 1, len(text)), len(text))
    return None


@fact_of(Healthcheck)
def interval(healthcheck: Healthcheck) -> Duration | Unknown | None:
    """How long Docker waits between two checks."""
    return _duration(healthcheck, "interval")


@fact_of(Healthcheck)
def timeout(healthcheck: Healthcheck) -> Duration | Unknown | None:
    """How long a check may take."""
    return _duration(healthcheck, "timeout")


def _duration(healthcheck: Healthcheck, key: str) -> Duration | Unknown | None:
    written = healthcheck.interpolation.text(healthcheck.node.get(key))
    if written is None or isinstance(written, Unknown):
        return written
    return Duration.read(written) or UNKNOWN
