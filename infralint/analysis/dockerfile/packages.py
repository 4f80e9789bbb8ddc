"""Package managers in RUN: layers that only refresh an index or upgrade."""

from __future__ import annotations

from infralint.analysis.shared.packages import (
    installs,
    manager_doing,
    package_use,
    packages,
    upgrades,
    upgrades_named_packages,
)
from infralint.model.dockerfile.document import DockerfileDocument
from infralint.model.dockerfile.run import Run
from infralint.model.element import UNKNOWN, Truth, Unknown, fact_of, noun_of
from infralint.model.shared.command import Command
from infralint.model.shared.package import InstalledPackage
from infralint.tables.commands import HARMLESS


@fact_of(Run)
def only_does(run: Run, action: str, *managers: str) -> Truth:
    """Whether all that it does with package managers is to update the index, or to upgrade the whole system, with these.

    Unknown where a program of its own may install something.
    """
    found = False
    for command in run.commands:
        if manager_doing(command, action) in managers and not upgrades_named_packages(command):
            found = True
        elif installs(command) or upgrades(command):
            return False
        elif package_use(command) is None and (isinstance(command.name, Unknown) or command.name not in HARMLESS):
            return UNKNOWN
    return UNKNOWN if found and run.script.partial else found


@noun_of(DockerfileDocument, "package")
def installed_packages(document: DockerfileDocument) -> list[InstalledPackage]:
    """The packages that commands of the file install by name."""
    return [package for command in document.commands for package in packages(command)]


@fact_of(Run)
def index_is_needed_later(run: Run, *managers: str) -> bool:
    """Whether a later RUN of its stage, or one of a stage built on it, installs with these without updating the index first.

    A later RUN whose programs are not known counts too: a script may install.
    """
    stage = run.stage
    if stage is None:
        return True
    later = [one for one in stage.runs if one.index > run.index]
    later += [
        one for other in run.document.stages if other is not stage and stage in other.lineage for one in other.runs
    ]
    return any(_uses_old_index(one, managers) for one in later)


@fact_of(Run)
def fetches_index_with_each_installation(run: Run) -> bool:
    """Whether all later RUNs that install with apk take the index anew (`--no-cache`, `-U`), so that none uses that of this RUN."""
    stage = run.stage
    later = [one for one in stage.runs if one.index > run.index] if stage is not None else []
    installing = [each for one in later for each in one.commands if manager_doing(each, "install") == "apk"]
    return bool(installing) and all(
        each.has_flag("--no-cache", "-U", "--update-cache", "-u", "--update") is True for each in installing
    )


def _uses_old_index(run: Run, managers: tuple[str, ...]) -> bool:
    for command in run.commands:
        if manager_doing(command, "update") in managers:
            return False
        if manager_doing(command, "install") in managers or _may_install(command):
            return True
    return False


def _may_install(command: Command) -> bool:
    """Whether it is a script of the image's own, which may call the package manager."""
    name = command.name
    if isinstance(name, Unknown) or name is None:
        return True
    return name.endswith(".sh") or (name in ("sh", "bash") and bool(command.operands))
