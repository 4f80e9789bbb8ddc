"""Health checks of services."""

from __future__ import annotations

from infralint.model.compose.interpolation import TextOrUnknown
from infralint.model.compose.parts import Healthcheck
from infralint.model.element import UNKNOWN, Unknown, fact_of, remembered
from infralint.syntax import yaml
from infralint.text import regex as re


@fact_of(Healthcheck)
def is_disabled(healthcheck: Healthcheck) -> bool:
    """Whether it only switches a health check off."""
    return bool(healthcheck.interpolation.flag(healthcheck.node.get("disable"))) or healthcheck.test == "NONE"


@fact_of(Healthcheck)
def form(healthcheck: Healthcheck) -> TextOrUnknown:
    """The first word of the list form: `CMD`, `CMD-SHELL` or `NONE`; absent for a text."""
    return healthcheck.test if isinstance(healthcheck.node.get("test"), yaml.Sequence) else None


@remembered
def command_of(healthcheck: Healthcheck) -> str | Unknown:
    """What it runs, as one text."""
    words = healthcheck.words[1:] if form(healthcheck) is not None else healthcheck.words
    if not words or any(word is None or isinstance(word, Unknown) for word in words):
        return UNKNOWN
    return " ".join(str(word) for word in words)


@remembered
def tools_of(healthcheck: Healthcheck) -> list[str]:
    """Of the programs that a slim image may lack (curl, wget), those that it runs."""
    command = command_of(healthcheck)
    if isinstance(command, Unknown):
        return []
    return sorted({one.group(1) for one in re.finditer(r"(?:^|[;&|(]\s*|\s|/)(curl|wget)(?=\s|$)", command)})
