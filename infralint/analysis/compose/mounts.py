"""What services mount of the host."""

from __future__ import annotations

from infralint.analysis.compose.loading import stands
from infralint.model.compose.mount import Mount
from infralint.model.element import UNKNOWN, Unknown, fact_of, remembered
from infralint.syntax import yaml
from infralint.syntax.yaml_edit import plain
from infralint.tables.compose import is_host_system_path, is_sensitive_host_path
from infralint.text.source import Text

_SOCKETS = ("/var/run/docker.sock", "/run/docker.sock")


@fact_of(Mount)
def is_docker_socket(mount: Mount) -> bool | Unknown:
    """Whether it hands the container the socket of the Docker daemon."""
    source = mount.mount_source
    if isinstance(source, Unknown):
        return mount.target in _SOCKETS or UNKNOWN
    return source in _SOCKETS


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
