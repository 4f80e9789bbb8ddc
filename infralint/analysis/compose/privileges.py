"""What gives a service privileges on the host: capabilities, namespaces, security options."""

from __future__ import annotations

from infralint.model.compose.interpolation import items
from infralint.model.compose.parts import Build, Capability, SecurityOption
from infralint.model.compose.service import Service
from infralint.model.element import Element, Flag, fact_of
from infralint.syntax import yaml
from infralint.tables.compose import is_dangerous_device
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


@fact_of(Service)
def dangerous_devices(service: Service) -> list[Text]:
    """The devices of the host with which the whole host can be read or changed: memory, disks, all of them."""
    found: list[Text] = []
    for item in items(service.view.get("devices")):
        text = yaml.text(item.get("source") if isinstance(item, yaml.Mapping) else item)
        if text is not None and is_dangerous_device(text.partition(":")[0]):
            found.append(text)
    for item in items(service.view.get("device_cgroup_rules")):
        text = yaml.text(item)
        if text is not None and text.split()[:2] in (["a", "*:*"], ["b", "*:*"]):
            found.append(text)
    return found


@fact_of(Service)
def privileged_hooks(service: Service) -> list[Element]:
    """Where its lifecycle hooks say `privileged: true`."""
    hooks = [item for key in ("post_start", "pre_stop") for item in items(service.view.get(key))]
    flags = [service.interpolation.flag(item.get("privileged")) for item in hooks if isinstance(item, yaml.Mapping)]
    return [flag for flag in flags if isinstance(flag, Flag) and flag.value]


@fact_of(Build)
def insecure_rights(build: Build) -> list[Element | Text]:
    """What lets the build leave its sandbox: `privileged: true`, and the entitlement `security.insecure`."""
    if not isinstance(build.node, yaml.Mapping):
        return []
    asked = [yaml.text(item) for item in items(build.node.get("entitlements"))]
    found: list[Element | Text] = [text for text in asked if text is not None and text == "security.insecure"]
    flag = build.interpolation.flag(build.node.get("privileged"))
    return [*found, flag] if isinstance(flag, Flag) and flag.value else found
