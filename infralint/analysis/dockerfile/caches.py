"""Caches of package managers that stay in a layer."""

from __future__ import annotations

from infralint.analysis.shared import packages
from infralint.analysis.shared.files import covers, removes
from infralint.analysis.shared.packages import manager, subcommand
from infralint.model.dockerfile.run import Run
from infralint.model.element import UNKNOWN, Truth, Unknown, fact_of
from infralint.model.shared.command import Command

_APT = ("apt-get", "apt")


@fact_of(Run, name="removes")
def run_removes(run: Run, path: str) -> Truth:
    """Whether it deletes that folder or what is in it; unknown where a variable, or unread shell, may."""
    answer: Truth = UNKNOWN if run.script.partial else False
    inside = False
    for command in run.commands:
        if command.name in ("cd", "pushd"):
            inside = True
        one = removes(command, path)
        if one is True:
            return True
        if isinstance(one, Unknown) or (inside and command.name == "rm"):
            answer = UNKNOWN
    return answer


@fact_of(Run)
def mounts_over(run: Run, path: str) -> Truth:
    """Whether a cache or tmpfs is mounted on that path or above it, so that nothing there lands in the image."""
    answer: Truth = False
    for mount in run.mounts:
        if mount.type not in ("cache", "tmpfs") or mount.target is None:
            continue
        target = run.resolve(mount.target)
        if isinstance(target, Unknown):
            answer = UNKNOWN
        elif covers(target, path.rstrip("/")):
            return True
    return answer


@fact_of(Run)
def keeps_cache_of(run: Run, command: Command) -> Truth:
    """Whether what it downloads there for a distribution's package manager stays; unknown where a variable, or unread shell, may remove it."""
    answer: Truth = UNKNOWN if run.script.partial else True
    if apt := manager(command) in _APT:
        folders = ["/var/cache/apt/archives"]
    else:
        folders = [f"/var/cache/{name}" for name in ("dnf", "yum", "zypp", "libdnf5")]
    for later in run.commands:
        if later.start <= command.start:
            continue
        if apt and packages.cleans(later) in _APT and subcommand(later) in ("clean", "distclean", "dist-clean"):
            return False
        cleans = not apt and packages.cleans(later) == manager(command) and subcommand(later) != "autoremove"
        if cleans and (manager(later) == "zypper" or "all" in later.operands or later.has_unknown_arguments):
            return False
        for folder in folders:
            gone = removes(later, folder)
            if gone is True:
                return False
            answer = UNKNOWN if isinstance(gone, Unknown) else answer
    for folder in folders:
        mounted = mounts_over(run, folder)
        if mounted is True:
            return False
        answer = UNKNOWN if isinstance(mounted, Unknown) else answer
    return answer


@fact_of(Run)
def removes_docker_clean_hook(layer: Run) -> bool:
    """Whether it, or a RUN that it builds on, has removed the hook with which Debian's and Ubuntu's images empty apt's archives.

    Source: `/etc/apt/apt.conf.d/docker-clean` of the official images.
    """
    if layer.stage is None or layer.trigger:
        runs = [layer]
    else:
        runs = [
            run
            for stage in layer.stage.lineage
            for run in stage.runs
            if stage is not layer.stage or run.index <= layer.index
        ]
    return any(
        run_removes(run, "/etc/apt/apt.conf.d/docker-clean") is True for run in runs if "docker-clean" in run.raw
    )
