"""Development containers and editors: what runs without being asked for, and what is let out of the container."""

from __future__ import annotations

import posixpath

from infralint.analysis.platform.scripts import commands_of_text
from infralint.analysis.shared.downloads import pipes_into_shell
from infralint.model.element import UNKNOWN, Truth, fact_of, noun_of
from infralint.model.platform.devcontainer import (
    DevcontainerDocument,
    Feature,
    LifecycleCommand,
    MountPoint,
    RunArgument,
)
from infralint.model.platform.editor import AutoRun, EditorDocument, ToolServer
from infralint.model.platform.vagrant import Setting, VagrantDocument
from infralint.model.shared.command import Command
from infralint.model.shared.value import get, scalars, text_of
from infralint.syntax.yaml import Mapping, Scalar
from infralint.text import regex as re
from infralint.text.source import Text

_POWERSHELL = re.compile(
    r"(?i)(?:\b(?:iwr|irm|curl|wget|invoke-webrequest|invoke-restmethod)\b|downloadstring)[^|\n]{0,500}\|\s{0,20}(?:iex|invoke-expression)\b"
    r"|\b(?:iex|invoke-expression)\b[^|\n]{0,80}\b(?:iwr|irm|downloadstring|invoke-webrequest|invoke-restmethod)\b"
)
"""A download that PowerShell evaluates."""
_ROOT_LIKE = frozenset(("ALL", "SYS_ADMIN", "SYS_MODULE", "SYS_RAWIO", "DAC_READ_SEARCH", "BPF"))
"""Capabilities that are as good as root on the host."""
_CREDENTIALS = frozenset(
    (
        ".ssh",
        ".aws",
        ".azure",
        ".kube",
        ".gnupg",
        ".docker",
        ".netrc",
        ".npmrc",
        ".pypirc",
        ".git-credentials",
        ".password-store",
    )
)
"""Files and folders of a home that hold credentials."""
_LOCAL = re.compile(r"(?:localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[::1\]|host\.docker\.internal|[\w-]+)(?=[:/?#]|$)", re.I)
"""A host that is this machine, or a name that only a local network knows."""


def _runs_download(text: Text, commands: list[Command]) -> bool:
    return any(pipes_into_shell(one) is True for one in commands) or _POWERSHELL.search(text) is not None


@fact_of(LifecycleCommand, name="runs_download")
def lifecycle_runs_download(lifecycle_command: LifecycleCommand) -> bool:
    """Whether it hands what it downloads to a shell."""
    return _runs_download(lifecycle_command.text, commands_of_text(lifecycle_command.text))


@fact_of(AutoRun, name="runs_download")
def auto_run_runs_download(auto_run: AutoRun) -> bool:
    """Whether it hands what it downloads to a shell."""
    return _runs_download(auto_run.command, commands_of_text(auto_run.command))


@fact_of(Feature)
def is_unpinned(feature: Feature) -> bool:
    """Whether the newest version is taken each time: no tag, or `latest`."""
    return not feature.is_local and feature.version in (None, "latest")


@fact_of(RunArgument)
def root_capability(run_argument: RunArgument) -> str | None:
    """The capability that it adds, where that is as good as root on the host."""
    if run_argument.name != "--cap-add" or not run_argument.value:
        return None
    name = run_argument.value.upper().removeprefix("CAP_")
    return name if name in _ROOT_LIKE else None


@fact_of(MountPoint)
def is_docker_socket(mount_point: MountPoint) -> bool:
    """Whether it is the socket of the host's Docker daemon."""
    return mount_point.origin is not None and mount_point.origin.rstrip("/").endswith(
        ("docker.sock", "docker-host.sock")
    )


@fact_of(MountPoint)
def is_host_root(mount_point: MountPoint) -> bool:
    """Whether the whole file system of the host is given."""
    return mount_point.origin == "/"


@fact_of(MountPoint)
def credentials_folder(mount_point: MountPoint) -> str | None:
    """The file or folder of the developer's home that holds credentials, where it is given."""
    if mount_point.origin is None:
        return None
    last = posixpath.basename(mount_point.origin.replace("\\", "/").rstrip("/"))
    return last if last in _CREDENTIALS else None


@noun_of(DevcontainerDocument, "privilege")
def privileges_of(file: DevcontainerDocument) -> list[Text]:
    """The places that give the container all privileges of the host."""
    found = []
    root = file.root
    key = root.key("privileged") if root is not None else None
    node = get(root, "privileged")
    if key is not None and isinstance(node, Scalar) and node.value is True:
        found.append(key)
    return found + [
        Text(one.raw, one.source, one.start, one.end)
        for one in file.run_arguments
        if one.name == "--privileged" and one.value in (None, "true")
    ]


@noun_of(DevcontainerDocument, "missing_file")
def missing_files(file: DevcontainerDocument) -> list[Text]:
    """The Dockerfile that it names, where no such file is there; one in a list of compose files too."""
    folder = posixpath.dirname(file.source.path)
    found = []
    for node in (get(file.root, "build", "dockerfile"), get(file.root, "dockerFile")):
        text = text_of(node)
        if text and "$" not in text:
            path = file.index.resolve(folder, text.replace("\\", "/"))
            if path is not None and not file.index.is_file(path):
                found.append(text)
    return found


@fact_of(ToolServer)
def plain_http_address(tool_server: ToolServer) -> Text | None:
    """Its address, where it is reached without TLS on another machine."""
    address = tool_server.address
    if address is None or not address.lower().startswith("http://") or "$" in address:
        return None
    return address if _LOCAL.match(address[7:]) is None else None


@fact_of(ToolServer)
def unpinned_package(tool_server: ToolServer) -> Text | None:
    """The package that a launcher fetches for it in its newest version."""
    command = tool_server.command
    if command is None or posixpath.basename(str(command)) not in ("npx", "uvx", "bunx", "pnpx"):
        return None
    node = tool_server.node
    holder = node.get("command")
    arguments = get(holder if isinstance(holder, Mapping) else node, "args")
    words = scalars(arguments)
    name = next((word for word in words if not word.startswith("-")), None)
    if (
        name is None
        or "$" in name
        or name.startswith((".", "/"))
        or "://" in name
        or words[0] in ("--from", "-p", "--package")
    ):
        return None
    version = name[1:].partition("@")[2] or name.partition("==")[2]
    return name if version in ("", "latest") else None


@noun_of(EditorDocument, "automatic_tasks")
def automatic_tasks(file: EditorDocument) -> list[Text]:
    """The setting by which tasks of the folder run without a question."""
    return [file.automatic_tasks] if file.automatic_tasks is not None else []


@noun_of(VagrantDocument, "unpinned_box")
def unpinned_boxes(file: VagrantDocument) -> list[Setting]:
    """The boxes of a file that names no version of a box anywhere."""
    if "box_version" in file.source.text:
        return []
    return [one for one in file.settings if one.name == "vm.box" and not one.has_unknown_value]


@fact_of(Setting)
def is_plain_http(setting: Setting) -> Truth:
    """Whether its value is an address without TLS."""
    return UNKNOWN if setting.has_unknown_value else str(setting.value).lower().startswith("http://")
