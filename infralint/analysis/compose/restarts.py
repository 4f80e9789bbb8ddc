"""Restart policies, and services that are meant to run once."""

from __future__ import annotations

from infralint.analysis.compose.graph import graph_of
from infralint.model.compose.interpolation import at_path
from infralint.model.compose.service import Service
from infralint.model.element import UNKNOWN, Element, Unknown, fact_of
from infralint.tables.compose import is_restart_policy, nearest_policy
from infralint.text.source import Text


class RestartLimit(Element):
    """How often a service that failed is started again."""

    __slots__ = ("attempts",)
    attempts: int

    def __init__(self, text: Text, attempts: int) -> None:
        super().__init__(text.source, text.start, text.end)
        self.attempts = attempts


@fact_of(Service)
def has_valid_restart_policy(service: Service) -> bool | Unknown:
    """Whether Docker knows its restart policy; unknown where none is known."""
    policy = service.value("restart")
    return is_restart_policy(policy) if isinstance(policy, Text) else UNKNOWN


@fact_of(Service)
def similar_restart_policy(service: Service) -> str | None:
    """The restart policy that is most like an unknown one."""
    policy = service.value("restart")
    return nearest_policy(policy) if isinstance(policy, Text) else None


@fact_of(Service)
def restart_limits(service: Service) -> list[RestartLimit]:
    """How often it is started again after a failure, as `restart` and as `deploy` say it."""
    view, interpolation = service.view, service.interpolation
    found = []
    text = interpolation.text(view.get("restart"))
    number = text[len("on-failure:") :] if isinstance(text, Text) and text.startswith("on-failure:") else ""
    if isinstance(text, Text) and number.isdecimal() and number.isascii() and len(number) < 9:
        found.append(RestartLimit(text, int(number)))
    node = at_path(view, "deploy.restart_policy.max_attempts")
    attempts, written = interpolation.number(node), interpolation.text(node)
    if isinstance(attempts, int) and isinstance(written, Text):
        found.append(RestartLimit(written, attempts))
    return found


@fact_of(Service)
def is_one_shot(service: Service) -> bool | Unknown:
    """Whether it is meant to run once: a profile or `restart: "no"` says so, or another waits for its completion."""
    if "profiles" in service.view or service.value("restart") == "no":
        return True
    return str(service.name) in graph_of(service.document).awaited
