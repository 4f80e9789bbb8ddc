"""What gives a service privileges on the host: capabilities, namespaces, security options."""

from __future__ import annotations

from infralint.model.compose.parts import Capability, SecurityOption
from infralint.model.compose.service import Service
from infralint.model.element import Element, fact_of
from infralint.syntax import yaml
from infralint.text.source import Text


class Namespace(Element):
    """A namespace of the host that a service shares."""

    __slots__ = ("name",)
    name: str

    def __init__(self, name: str, value: Text) -> None:
        super().__init__(value.source, value.start, value.end)
        self.name = name


@fact_of(SecurityOption)
def previous_unconfined_option(option: SecurityOption) -> SecurityOption | None:
    """An item above it that switches off a protection, too."""
    tree = option.item.parent
    for item in tree.items if isinstance(tree, yaml.Sequence) else []:
        if item is option.item:
            break
        if isinstance(item, yaml.Scalar) and item.content.endswith(("unconfined", "disable")):
            return SecurityOption(item)
    return None


@fact_of(Service)
def host_namespaces(service: Service) -> list[Namespace]:
    """The namespaces that it shares with the host."""
    asked = (("network", "network_mode"), ("process", "pid"), ("IPC", "ipc"), ("user", "userns_mode"))
    values = ((name, service.value(key)) for name, key in asked)
    return [Namespace(name, value) for name, value in values if isinstance(value, Text) and value == "host"]


@fact_of(Service)
def added_capabilities(service: Service, names: list[str]) -> list[Capability]:
    """Those of `cap_add` that are among these, written in capitals without CAP_."""
    return [one for one in service.capabilities if one.name in names]
