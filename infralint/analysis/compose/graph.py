"""The services of a project by what they share: ports, mounts, container names, dependencies."""

from __future__ import annotations

from functools import cached_property

from infralint.analysis.compose.mounts import writable_source
from infralint.model.compose.document import ComposeDocument
from infralint.model.compose.interpolation import items
from infralint.model.compose.mount import Mount
from infralint.model.compose.port import Port
from infralint.model.compose.service import Service
from infralint.model.element import fact_of, remembered
from infralint.syntax import yaml
from infralint.text.source import Text

MAX_PORTS = 500
MAX_CYCLES = 1000


class ServiceGraph:
    """The services of a project by what they share; each answer is worked out once."""

    def __init__(self, services: list[Service]) -> None:
        self.services = services

    @cached_property
    def ports(self) -> dict[int, Port]:
        """The ports of the services that always run and have a network of their own, by their nodes.

        Of a huge project only the first ones: each is compared with all.
        """
        found: dict[int, Port] = {}
        for service in self.services:
            if len(found) < MAX_PORTS and not is_optional(service) and service.value("network_mode") != "host":
                found.update((id(port.node), port) for port in service.ports[:MAX_PORTS])
        return found

    @cached_property
    def mounts(self) -> dict[str, list[Mount]]:
        """The mounts that can be written to, by folder or volume."""
        found: dict[str, list[Mount]] = {}
        for service in self.services:
            for mount in service.mounts:
                source = writable_source(mount)
                if source is not None:
                    found.setdefault(source, []).append(mount)
        return found

    @cached_property
    def containers(self) -> dict[str, Service]:
        """The first service of each container name, of those that always run."""
        found: dict[str, Service] = {}
        for service in self.services:
            name = service.value("container_name")
            if isinstance(name, Text) and not is_optional(service):
                found.setdefault(str(name), service)
        return found

    @cached_property
    def awaited(self) -> frozenset[str]:
        """The services whose completion another one waits for."""
        waits = (one for service in self.services for one in service.dependencies)
        return frozenset(str(one.name) for one in waits if one.condition == "service_completed_successfully")

    @cached_property
    def profiles(self) -> dict[str, frozenset[str]]:
        """The profiles of each service that only a profile starts."""
        return {str(one.name): profiles_of(one) for one in self.services if is_optional(one)}

    @cached_property
    def cycles(self) -> dict[str, list[str]]:
        """The services that wait for each other, by the first of each cycle in the order of the files."""
        found: dict[str, list[str]] = {}
        wanted = {str(one.name): [str(other.name) for other in one.dependencies] for one in self.services}
        done: set[str] = set()
        for name in wanted:
            if name not in done:
                for cycle in cycles_from(name, wanted, done):
                    first = next(one for one in wanted if one in set(cycle))
                    at = cycle.index(first)
                    found.setdefault(first, cycle[at:] + cycle[:at])
        return found


@remembered
def graph_of(document: ComposeDocument) -> ServiceGraph:
    """The graph of the services that are loaded together."""
    return ServiceGraph(document.all_services)


def cycles_from(start: str, wanted: dict[str, list[str]], done: set[str]) -> list[list[str]]:
    """The cycles met from a name along what each one waits for; what was looked at joins `done`."""
    found: list[list[str]] = []
    path: list[str] = [start]
    place = {start: 0}
    todo = [iter(wanted.get(start, ()))]
    while todo:
        other = next(todo[-1], None)
        if other is None:
            todo.pop()
            name = path.pop()
            del place[name]
            done.add(name)
        elif other in place:
            if len(found) < MAX_CYCLES:
                found.append(path[place[other] :])
        elif other in wanted and other not in done:
            place[other] = len(path)
            path.append(other)
            todo.append(iter(wanted[other]))
    return found


@fact_of(Service)
def dependency_cycle(service: Service) -> list[str]:
    """The services that wait for each other in a cycle; empty unless it is the first of them."""
    return graph_of(service.document).cycles.get(str(service.name), [])


@remembered
def is_optional(service: Service) -> bool:
    """Whether it only runs with one of its `profiles`."""
    return bool(items(service.view.get("profiles")))


@remembered
def profiles_of(service: Service) -> frozenset[str]:
    """The names of its `profiles`; empty where it always runs."""
    return frozenset(str(yaml.text(item) or "") for item in items(service.view.get("profiles")))
