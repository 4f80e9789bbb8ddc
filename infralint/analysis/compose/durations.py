"""Lengths of time that a service is told."""

from __future__ import annotations

from infralint.model.compose.service import Service
from infralint.model.element import Element, fact_of
from infralint.tables.compose import DURATIONS
from infralint.text import regex as re
from infralint.text.source import Text


class Duration(Element):
    """A length of time, as compose writes it."""

    __slots__ = ("text",)

    def __init__(self, text: Text) -> None:
        super().__init__(text.source, text.start, text.end)
        self.text = text

    def __str__(self) -> str:
        return str(self.text)


@fact_of(Duration, name="is_valid")
def is_valid_duration(duration: Duration) -> bool:
    """Whether it is numbers with units: `1m30s`."""
    return (
        re.fullmatch(
            r"-?0|(?:(?:[0-9]++(?:\.[0-9]++)?|\.[0-9]++)(?:ns|us|\u00b5s|\u03bcs|ms|s|m|h|d|w))++", duration.text
        )
        is not None
    )


@fact_of(Service)
def durations(service: Service) -> list[Duration]:
    """The lengths of time that it is told."""
    found = (service.value(path) for path in DURATIONS)
    return [Duration(text) for text in found if isinstance(text, Text)]
