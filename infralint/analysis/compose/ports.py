"""Published ports: addresses, ranges, and what listens on them."""

from __future__ import annotations

from infralint.model.compose.interpolation import TextOrUnknown
from infralint.model.compose.port import Port
from infralint.model.compose.service import Service
from infralint.model.element import UNKNOWN, Element, Unknown, fact_of, remembered
from infralint.syntax import yaml
from infralint.tables.compose import DATABASE_PORTS
from infralint.text.source import Text

ALL_INTERFACES = frozenset(("", "0.0.0.0", "::", "[::]"))


def rank_of(port: Port) -> int:
    """Its place among others: the host's port, the container's where none is written, -1 for a variable's."""
    if isinstance(port.published, Unknown) or isinstance(port.text, Unknown) or "$" in str(port):
        return -1
    span = published_range(port) or target_range(port)
    return span[0] if span is not None else -1


@fact_of(Port)
def span_with_key(port: Port) -> Element:
    """Where it is written; where it is the only one of its list, the key with it."""
    tree = port.node.parent
    holder = tree.parent if isinstance(tree, yaml.Sequence) and len(tree.items) == 1 else None
    pairs = holder.pairs if isinstance(holder, yaml.Mapping) else []
    pair = next((pair for pair in pairs if pair.value is tree), None)
    return Element(pair.source, pair.start, pair.end) if pair is not None else port


def is_unquoted(port: Port) -> bool:
    """Whether it is a plain scalar, whose type is left to the YAML reader."""
    return isinstance(port.node, yaml.Scalar) and not port.node.style and port.node.value is not None


@fact_of(Port)
def is_on_every_interface(port: Port) -> bool | Unknown:
    """Whether it listens on all interfaces of the host, by default or because the address says so."""
    address = port.host_ip
    if isinstance(address, Unknown) or isinstance(port.text, Unknown):
        return UNKNOWN
    return str(address or "") in ALL_INTERFACES


@remembered
def published_range(port: Port) -> tuple[int, int] | None:
    """First and last port on the host; absent where none is fixed or it is unknown."""
    return port_range(port.published)


@remembered
def target_range(port: Port) -> tuple[int, int] | None:
    """First and last port in the container; absent where it is unknown."""
    return port_range(port.target)


def is_chosen_from_range(port: Port) -> bool:
    """Whether the host's port is the first free one of a range."""
    host, inner = published_range(port), target_range(port)
    return host is not None and inner is not None and host[1] > host[0] and inner[1] - inner[0] != host[1] - host[0]


@fact_of(Port, name="is_valid")
def is_valid_port(port: Port) -> bool | Unknown:
    """Whether Docker takes it: ports from 1 to 65535, ranges of one length, a protocol it knows."""
    if (
        isinstance(port.text, Unknown)
        or port.target is None
        or any(isinstance(one, Unknown) for one in (port.target, port.published))
    ):
        return UNKNOWN if port.target is not None or isinstance(port.text, Unknown) else not port.text or port.is_long
    inner, host = target_range(port), published_range(port)
    if isinstance(port.host_ip, Text) and not is_address(port.host_ip):
        return False
    if inner is None or (port.published is not None and host is None) or port.protocol not in ("tcp", "udp", "sctp"):
        return False
    if any(not 0 <= low <= high <= 65535 for low, high in (inner, host or inner)):
        return False
    return host is None or inner[0] == inner[1] or host[1] - host[0] == inner[1] - inner[0]


def is_address(text: str) -> bool:
    """Whether a text is an IP address, an IPv6 one perhaps in brackets; texts with variables count as ones."""
    if "$" in text or ":" in text:
        return True
    parts = text.split(".")
    return len(parts) == 4 and all(part.isdecimal() and len(part) < 4 and int(part) < 256 for part in parts)


@fact_of(Port)
def database(port: Port) -> str | None:
    """The database or cache that listens on the container's port by convention."""
    span = target_range(port)
    return DATABASE_PORTS.get(span[0]) if span is not None and span[0] == span[1] else None


def port_range(text: TextOrUnknown) -> tuple[int, int] | None:
    """`80` or `80-90` as first and last port; None for anything else. An address before a colon does not count."""
    if text is None or isinstance(text, Unknown):
        return None
    low, dash, high = text.rpartition(":")[2].partition("-")
    if not (low.isdecimal() and low.isascii()) or (dash and not (high.isdecimal() and high.isascii())):
        return None
    if len(low) > 5 or len(high) > 5:
        return None
    return int(low), int(high) if dash else int(low)


@fact_of(Service)
def unquoted_ports(service: Service) -> list[Port]:
    """Those of `ports` and `expose` that are plain scalars."""
    return [port for port in (*service.ports, *service.exposed) if is_unquoted(port)]


@fact_of(Service)
def open_ports(service: Service) -> list[Port]:
    """Those of `ports` that no address is written for."""
    return [
        port
        for port in service.ports
        if port.is_published is True and port.host_ip is None and not isinstance(port.text, Unknown)
    ]


@fact_of(Service)
def ports_below(service: Service, first: int) -> list[Port]:
    """Those of `ports` whose port of the host or the container is below a number."""
    found = []
    for port in service.ports:
        ranges = (published_range(port), target_range(port))
        if any(one is not None and one[0] < first for one in ranges):
            found.append(port)
    return found
