"""Networks, volumes, secrets and configs as a file declares them."""

from __future__ import annotations

from infralint.analysis.compose.keys import Setting
from infralint.model.compose.interpolation import TextOrUnknown, at_path
from infralint.model.compose.mount import Resource
from infralint.model.element import UNKNOWN, Unknown, fact_of
from infralint.syntax import yaml
from infralint.tables.compose import is_host_system_path


@fact_of(Resource)
def settings(resource: Resource) -> list[Setting]:
    """What is set for it besides its name; the name too where `external` gives one already."""
    if not isinstance(resource.node, yaml.Mapping):
        return []
    named = at_path(resource.node, "external.name") is not None
    return [
        Setting(pair)
        for pair in resource.node.effective().values()
        if pair.name not in ("external", "<<") and not pair.name.startswith("x-") and (named or pair.name != "name")
    ]


@fact_of(Resource)
def has_one_source(resource: Resource) -> bool:
    """Whether exactly one key says where a secret or config comes from, or it is made elsewhere."""
    node = resource.node
    if len(resource.contents) != 0:
        return len(resource.contents) == 1
    if resource.type not in ("secret", "config") or not isinstance(node, yaml.Mapping):
        return True
    return (
        bool(node.tag) or not node.effective() or any(key in node for key in ("external", "driver", "template_driver"))
    )


@fact_of(Resource)
def host_path(resource: Resource) -> TextOrUnknown:
    """The folder of the host that its driver's options name."""
    driver = resource.interpolation.text(at_path(resource.node, "driver"))
    option = "mountpoint" if driver == "local-persist" else "device"
    path = resource.interpolation.text(at_path(resource.node, f"driver_opts.{option}"))
    return path if isinstance(path, Unknown) or (path is not None and path.startswith("/")) else None


@fact_of(Resource, name="is_host_system_path")
def is_host_system_path_resource(resource: Resource) -> bool | Unknown:
    """Whether its driver's options name a folder that a system keeps for itself."""
    path = host_path(resource)
    return UNKNOWN if isinstance(path, Unknown) else path is not None and is_host_system_path(str(path))
