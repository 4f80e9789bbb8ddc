"""What the services of one project are to each other: ports, folders, names and waits, each worked out once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infralint.text.source import Text

if TYPE_CHECKING:
    from infralint.model.compose.mount import Mount
    from infralint.model.compose.port import Port
    from infralint.model.compose.service import Service

MAX_PORTS = 500
MAX_CIRCLE = 1000


class Neighbours:
    """The services of a project by what they share."""

    __slots__ = ("_circles", "_containers", "_finished", "_mounts", "_optional", "_ports", "_services")

    def __init__(self, services: list[Service]) -> None:
        self._services = services
        self._circles: dict[str, list[str]] | None = None
        self._containers: dict[str, Service] | None = None
        self._finished: frozenset[str] | None = None
        self._mounts: dict[str, list[Mount]] | None = None
        self._optional: frozenset[str] | None = None
        self._ports: dict[int, Port] | None = None

    @property
    def ports(self) -> dict[int, Port]:
        """The ports of the services that always run and have a network of their own, by their nodes.

        Of a monster only the first ones: each is compared with all.
        """
        if self._ports is None:
            self._ports = {}
            for service in self._services:
                if len(self._ports) < MAX_PORTS and not service.is_optional and service.network_mode != "host":
                    self._ports.update((id(port.node), port) for port in service.ports[:MAX_PORTS])
        return self._ports

    @property
    def mounts(self) -> dict[str, list[Mount]]:
        """The mounts that can be written to, by folder or volume."""
        if self._mounts is None:
            self._mounts = {}
            for service in self._services:
                for mount in service.mounts:
                    if mount.source_name is not None:
                        self._mounts.setdefault(mount.source_name, []).append(mount)
        return self._mounts

    @property
    def containers(self) -> dict[str, Service]:
        """The first service of each container name, of those that always run."""
        if self._containers is None:
            self._containers = {}
            for service in self._services:
                name = service.container_name
                if isinstance(name, Text) and not service.is_optional:
                    self._containers.setdefault(str(name), service)
        return self._containers

    @property
    def finished(self) -> frozenset[str]:
        """The services whose end another one waits for."""
        if self._finished is None:
            waits = (one for service in self._services for one in service.dependencies)
            self._finished = frozenset(
                str(one.name) for one in waits if one.condition == "service_completed_successfully"
            )
        return self._finished

    @property
    def optional(self) -> frozenset[str]:
        """The services that only a profile starts."""
        if self._optional is None:
            self._optional = frozenset(str(one.name) for one in self._services if one.is_optional)
        return self._optional

    @property
    def circles(self) -> dict[str, list[str]]:
        """The services that wait for each other, by the first of each circle in the order of the files."""
        if self._circles is None:
            self._circles = {}
            wanted = {str(one.name): [str(other.name) for other in one.dependencies] for one in self._services}
            done: set[str] = set()
            for name in wanted:
                if name not in done:
                    for circle in circles_from(name, wanted, done):
                        first = next(one for one in wanted if one in set(circle))
                        at = circle.index(first)
                        self._circles.setdefault(first, circle[at:] + circle[:at])
        return self._circles


def circles_from(start: str, wanted: dict[str, list[str]], done: set[str]) -> list[list[str]]:
    """The circles met on the way from a name along what each one waits for; what was looked at joins `done`."""
    found: list[list[str]] = []
    way: list[str] = [start]
    place = {start: 0}
    todo = [iter(wanted.get(start, ()))]
    while todo:
        other = next(todo[-1], None)
        if other is None:
            todo.pop()
            name = way.pop()
            del place[name]
            done.add(name)
        elif other in place:
            if len(found) < MAX_CIRCLE:
                found.append(way[place[other] :])
        elif other in wanted and other not in done:
            place[other] = len(way)
            way.append(other)
            todo.append(iter(wanted[other]))
    return found
