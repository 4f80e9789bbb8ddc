"""Services that want the same port, container name or folder."""

from __future__ import annotations

from infralint.analysis.compose.graph import graph_of, is_optional
from infralint.analysis.compose.mounts import writable_source
from infralint.analysis.compose.ports import ALL_INTERFACES, is_chosen_from_range, published_range
from infralint.model.compose.mount import Mount
from infralint.model.compose.port import Port
from infralint.model.compose.service import Service
from infralint.model.element import Unknown, fact_of
from infralint.text.source import Text


@fact_of(Mount)
def writable_elsewhere(mount: Mount) -> Mount | None:
    """Another service's mount of the same folder or volume, where both may write."""
    source = writable_source(mount)
    if source is None:
        return None
    users = graph_of(mount.service.document).mounts.get(source, [])
    return next((one for one in users if one.service.name != mount.service.name), None)


@fact_of(Port)
def conflicting_range(port: Port) -> Port | None:
    """The port range of another service from which Docker may take the same host port."""
    ports = graph_of(port.service.document).ports
    if is_chosen_from_range(port) or id(port.node) not in ports or previous_publication(port) is not None:
        return None
    return next((one for one in ports.values() if is_chosen_from_range(one) and _overlap(one, port)), None)


@fact_of(Port)
def previous_publication(port: Port) -> Port | None:
    """The port above that certainly takes the same host port; those of services with profiles may not run."""
    ports = graph_of(port.service.document).ports
    if id(port.node) not in ports:
        return None
    for other in ports.values():
        if other.node is port.node:
            return None
        if _collide(other, port):
            return other
    return None


def _collide(one: Port, two: Port) -> bool:
    """Whether both certainly take the same host port."""
    if is_chosen_from_range(one) or is_chosen_from_range(two):
        return False
    return _overlap(one, two)


def _overlap(one: Port, two: Port) -> bool:
    """Whether both can be given the same port of the host."""
    first, second = published_range(one), published_range(two)
    if first is None or second is None or one.protocol != two.protocol:
        return False
    if first[0] > second[1] or second[0] > first[1]:
        return False
    hosts = (one.host_ip, two.host_ip)
    if any(isinstance(host, Unknown) for host in hosts):
        return False
    addresses = [str(host or "") for host in hosts]
    return addresses[0] == addresses[1] or any(address in ALL_INTERFACES for address in addresses)


@fact_of(Service)
def previous_container_name_user(service: Service) -> Service | None:
    """The service above it with the same `container_name`; those with profiles need not run together."""
    name = service.value("container_name")
    if not isinstance(name, Text) or is_optional(service):
        return None
    first = graph_of(service.document).containers.get(str(name))
    return None if first is None or str(first.name) == str(service.name) else first
