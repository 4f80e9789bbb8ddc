"""What services mount of the host."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.analysis.compose.loading import stands
from infralint.model.compose.interpolation import items
from infralint.model.compose.merge import split_fields
from infralint.model.compose.mount import Mount
from infralint.model.compose.service import Service
from infralint.model.element import UNKNOWN, Unknown, fact_of, remembered
from infralint.syntax import yaml
from infralint.syntax.yaml_edit import plain
from infralint.tables.compose import is_credential_folder as is_credential_path
from infralint.tables.compose import is_engine_socket, is_host_system_path, is_sensitive_host_path
from infralint.text import regex as re
from infralint.text.source import Text

_SOCKETS = ("/var/run/docker.sock", "/run/docker.sock")


def written_source(mount: Mount) -> str | None:
    """The source as it is written, variables and all."""
    if isinstance(mount.node, yaml.Mapping):
        text = yaml.text(mount.node.get("source"))
        return None if text is None else str(text)
    return str(mount.fields[0]) if len(mount.fields) > 1 else None


@fact_of(Mount)
def is_credential_folder(mount: Mount) -> bool:
    """Whether it is a folder of a home in which programs keep credentials, by its name."""
    source = written_source(mount)
    return source is not None and source[:1] in "/~.$" and is_credential_path(source)


@fact_of(Mount)
def is_docker_socket(mount: Mount) -> bool | Unknown:
    """Whether it hands the container the socket of a container engine: Docker, Podman, containerd, CRI-O."""
    source = mount.mount_source
    if isinstance(source, Unknown):
        written = written_source(mount)
        return mount.target in _SOCKETS or (written is not None and is_engine_socket(written)) or UNKNOWN
    return source is not None and is_engine_socket(str(source))


@remembered
def writable_source(mount: Mount) -> str | None:
    """The folder or volume by its name, where it can be written to."""
    source = mount.mount_source
    if (
        source is None
        or isinstance(source, Unknown)
        or mount.is_read_only is not False
        or is_docker_socket(mount) is not False
    ):
        return None
    return str(source).rstrip("/") or "/"


@fact_of(Mount, name="is_sensitive_host_path")
def is_sensitive_mount(mount: Mount) -> bool | Unknown:
    """Whether the host's root, settings, kernel interfaces or keys lie there."""
    source = mount.mount_source
    if isinstance(source, Unknown) or isinstance(mount.is_bind, Unknown):
        return UNKNOWN
    return bool(mount.is_bind) and source is not None and is_sensitive_host_path(str(source))


@fact_of(Mount, name="is_host_system_path")
def is_host_system_path_mount(mount: Mount) -> bool | Unknown:
    """Whether it lies under one of the folders that a system keeps for itself: /var, /usr, /home, ..."""
    source = mount.mount_source
    if isinstance(source, Unknown) or isinstance(mount.is_bind, Unknown):
        return UNKNOWN
    return bool(mount.is_bind) and source is not None and is_host_system_path(str(source))


@fact_of(Mount)
def is_needlessly_quoted(mount: Mount) -> bool:
    """Whether the quotes of the short form could go without a change of meaning."""
    node = mount.node
    if not isinstance(node, yaml.Scalar) or node.style not in ("'", '"') or node.text.style == "*":
        return False
    in_flow = isinstance(node.parent, yaml.Sequence) and node.parent.is_flow
    return len(mount.fields) > 1 and "\\" not in node.content and plain(node.content, in_flow=in_flow) == node.content


@fact_of(Mount)
def path_below_root(mount: Mount) -> str | Unknown | None:
    """The mounted path below the root; absent where it is no path of the host, unknown where it lies outside."""
    source = mount.mount_source
    if isinstance(source, Unknown) or isinstance(mount.is_bind, Unknown):
        return UNKNOWN
    if not mount.is_bind or source is None:
        return None
    folder = mount.node.source.path.rpartition("/")[0]
    return mount.interpolation.index.resolve(folder, str(source)) or UNKNOWN


@fact_of(Mount, name="exists")
def mount_exists(mount: Mount) -> bool | Unknown:
    """Whether the mounted path is a file or folder of the repository; unknown outside of it."""
    path = path_below_root(mount)
    if path is None or isinstance(path, Unknown):
        return UNKNOWN
    written = str(mount.mount_source)
    where = mount.node.source.path
    file = stands(mount.interpolation, where, path, written)
    folder = stands(mount.interpolation, where, path, written, folder=True)
    if file is True or folder is True:
        return True
    return UNKNOWN if isinstance(file, Unknown) or isinstance(folder, Unknown) else False


@fact_of(Mount)
def names_a_file(mount: Mount) -> bool:
    """Whether the source has a file name extension."""
    source = mount.mount_source
    return isinstance(source, Text) and "." in source.rpartition("/")[2].lstrip(".").strip()


@fact_of(Mount)
def mounts_folder(mount: Mount, folders: list[str]) -> bool:
    """Whether one of these folders of the host is mounted, as it is written, a slash at its end or not."""
    source = mount.mount_source
    return isinstance(source, Text) and source.rstrip("/") in folders and mount.is_bind is True


@fact_of(Mount)
def is_in_file_named(mount: Mount, words: list[str]) -> bool:
    """Whether the file's name holds one of these words between its dots, dashes and underscores."""
    parts = mount.source.path.rpartition("/")[2].lower().replace("-", ".").replace("_", ".").split(".")
    return any(word in parts for word in words)


@fact_of(Service)
def hidden_mounts(service: Service) -> list[Text]:
    """The targets of mounts that a later one of the same target and another source replaces, in the order of the file."""
    seen: dict[str, tuple[Text, str]] = {}
    found: list[Text] = []
    for target, source in sorted(_targets(service), key=lambda one: one[0].start):
        path = target.rstrip("/") or "/"
        if path in seen and seen[path][0].source is target.source and seen[path][1] != source:
            found.append(target)
        seen.setdefault(path, (target, source))
    return found


def _targets(service: Service) -> Iterator[tuple[Text, str]]:
    """Where each volume, bind mount and tmpfs is mounted, with what it is; those with variables are left out."""
    for item in items(service.view.get("volumes")):
        if isinstance(item, yaml.Mapping):
            written = service.interpolation.text(item.get("target"))
            if isinstance(written, Text):
                yield written, str(yaml.text(item.get("source")))
            continue
        text = yaml.text(item)
        fields = split_fields(text) if text is not None and "$" not in text else []
        if text is not None and len(fields) > 1 and not re.fullmatch("[A-Za-z]", fields[0]):
            start = len(fields[0]) + 1
            yield text.slice(start, start + len(fields[1])), fields[0]
    for item in items(service.view.get("tmpfs")):
        text = yaml.text(item)
        if text is not None and "$" not in text:
            yield text.slice(0, len(text.partition(":")[0])), "tmpfs"
