"""Package managers in RUN: layers that only refresh an index or upgrade."""

from __future__ import annotations

from infralint.analysis.shared.packages import (
    installs,
    package_use,
    packages,
    updates,
    upgrades,
    upgrades_named_packages,
)
from infralint.model.dockerfile.document import DockerfileDocument
from infralint.model.dockerfile.run import Run
from infralint.model.element import UNKNOWN, Truth, Unknown, fact_of, noun_of
from infralint.model.shared.package import InstalledPackage
from infralint.tables.commands import HARMLESS


@fact_of(Run)
def only_updates(run: Run, *names: str) -> Truth:
    """Whether it refreshes the index of one of these and installs nothing; unknown where a program of its own may."""
    found = False
    for command in run.commands:
        if updates(command) in names:
            found = True
        elif installs(command) or upgrades(command):
            return False
        elif package_use(command) is None and (isinstance(command.name, Unknown) or command.name not in HARMLESS):
            return UNKNOWN
    return UNKNOWN if found and run.script.partial else found


@fact_of(Run)
def only_upgrades(run: Run, *names: str) -> Truth:
    """Whether it upgrades with one of these and installs nothing; unknown where a program of its own may."""
    found = False
    for command in run.commands:
        if upgrades(command) in names and not upgrades_named_packages(command):
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
