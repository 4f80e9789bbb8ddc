"""Ports of EXPOSE."""

from __future__ import annotations

from infralint.model.dockerfile.instruction import Port
from infralint.model.element import UNKNOWN, Truth, Unknown, fact_of
from infralint.text.source import Text


@fact_of(Port)
def is_valid(port: Port) -> Truth:
    """Whether it is a port from 0 to 65535, or a range of such; unknown for a variable."""
    value = port.instruction.resolve(port.word)
    if isinstance(value, Unknown):
        return UNKNOWN
    low, dash, high = value.partition("/")[0].partition("-")
    ends = [low, high] if dash else [low]
    return all(end.isascii() and end.isdigit() and len(end) < 8 and int(end) < 65_536 for end in ends)


@fact_of(Port)
def container_part(port: Port) -> Text:
    """What it says of the container: `80/tcp` of `127.0.0.1:8080:80/tcp`."""
    return port.word.slice(port.word.rfind(":") + 1, len(port.word))


@fact_of(Port)
def is_alone(port: Port) -> bool:
    """Whether its EXPOSE names no other."""
    return len(port.instruction.node.words) == 1
