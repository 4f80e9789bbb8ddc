"""Edits of published ports."""

from __future__ import annotations

from infralint.analysis.compose.ports import open_ports
from infralint.model.compose.port import Port
from infralint.model.compose.service import Service
from infralint.model.element import Unknown, fact_of
from infralint.syntax import yaml, yaml_edit
from infralint.text.edit import Edit


@fact_of(Port)
def bound_to(port: Port, address: str) -> list[Edit] | None:
    """Edits that bind it to an address of the host."""
    node = port.node
    if isinstance(node, yaml.Mapping):
        pair = node.pair("host_ip")
        if pair is not None:
            value = pair.value
            return [Edit(port.source.path, value.start, value.end, address)] if isinstance(value, yaml.Scalar) else None
        return yaml_edit.set_key(node, ["host_ip"], address)
    if not isinstance(node, yaml.Scalar) or node.style in ("|", ">"):
        return None
    written, rest = port.host_ip, node.content
    if node.text.style == "*" or isinstance(written, Unknown) or "$" in rest:
        return None
    if written:
        rest = rest[len(written) + 1 :]
    elif ":" not in rest:
        if "/" in rest or "-" in rest:
            return None
        rest = f":{rest}"
    quote = node.style or '"'
    return [Edit(port.source.path, node.start, node.end, f"{quote}{address}:{rest}{quote}")]


@fact_of(Port)
def with_quotes(port: Port, quote: str) -> list[Edit] | None:
    """Edits that put it into quotes."""
    node = port.node
    if not isinstance(node, yaml.Scalar) or node.style or node.text.style == "*" or quote not in ("'", '"'):
        return None
    if any(sign in node.content for sign in "'\"\\\n"):
        return None
    return [Edit(port.source.path, node.start, node.end, f"{quote}{node.content}{quote}")]


@fact_of(Service)
def with_ports_bound_to(service: Service, address: str) -> list[Edit] | None:
    """Edits that bind the open ports to an address of the host."""
    return [edit for port in open_ports(service) for edit in bound_to(port, address) or []] or None
