"""What a build may bring into an image without naming it: packages of a list, what a script installs, whole folders."""

from __future__ import annotations

import posixpath

from infralint.model.dockerfile.instruction import CopyOrAdd
from infralint.model.dockerfile.stage import Stage
from infralint.model.element import Unknown, remembered
from infralint.model.shared.command import Command
from infralint.text import regex as re

_MANAGERS = frozenset(
    ("apt", "apt-get", "aptitude", "apk", "yum", "dnf", "microdnf", "tdnf", "zypper", "pacman", "brew", "nix-env")
)
_INTERPRETERS = frozenset((
    "sh", "bash", "ash", "dash", "zsh", "source", ".", "python", "python3", "perl", "ruby", "make", "ansible-playbook", "puppet", "chef-client",
))  # fmt: skip
_SYSTEM = ("/bin/", "/sbin/", "/usr/bin/", "/usr/sbin/", "/usr/local/bin/")
_FOLDERS = frozenset((
    "/", "/bin", "/sbin", "/usr", "/usr/bin", "/usr/sbin", "/usr/local", "/usr/local/bin", "/usr/local/sbin", "/opt",
))  # fmt: skip
_ARCHIVE = re.compile(r"\.(?:tar|tgz|tar\.[a-z0-9]+|tbz2?|txz|deb|apk|rpm|zip)$")


@remembered
def brings_unknown_programs(stage: Stage) -> bool:
    """Whether its build, or that of a stage below it, may bring programs that the Dockerfile does not name."""
    return any(any(map(_installs_unknown, one.commands)) for each in stage.lineage for one in each.runs) or any(
        _copies_unknown(one) for each in stage.lineage for one in each.copies
    )


def _installs_unknown(command: Command) -> bool:
    """Whether a command installs packages of a list, or runs a script that may."""
    name = command.name
    if name is None:
        return False
    if isinstance(name, Unknown) or any(str(word.raw) == "xargs" for word in command.shell.argv[:2]):
        return True
    base = posixpath.basename(name)
    if base in _MANAGERS:
        return command.has_unknown_arguments
    if base in _INTERPRETERS:
        return any(not word.startswith("-") for word in map(str, command.operands)) and "-c" not in map(
            str, command.flags
        )
    program = str(command.program)
    return program.startswith(("/", "./", "../")) and not program.startswith(_SYSTEM)


def _copies_unknown(copy: CopyOrAdd) -> bool:
    """Whether it lays a folder or an archive over one in which programs lie."""
    target = copy.target
    if target is None:
        return False
    folder = "/" + posixpath.normpath(str(target)).strip("/.")
    if folder not in _FOLDERS:
        return False
    names = [posixpath.basename(str(word).rstrip("/")) for word in copy.sources]
    return any(
        str(word).endswith("/") or "." not in name or _ARCHIVE.search(name)
        for word, name in zip(copy.sources, names, strict=True)
    )
