"""What commands ask package managers to do: install, update, upgrade, clean."""

from __future__ import annotations

from infralint.model.element import UNKNOWN, Truth, Unknown, fact_of, remembered
from infralint.model.shared.command import Command
from infralint.model.shared.package import InstalledPackage
from infralint.tables.commands import Use, use_of
from infralint.text import regex as re
from infralint.text.source import Text


@remembered
def package_use(command: Command) -> Use | None:
    """What a package manager is asked to do, None where this is none."""
    return use_of(command.words)


@fact_of(Command)
def manager(command: Command) -> str | None:
    """The package manager that is called."""
    use = package_use(command)
    return use.manager if use else None


@fact_of(Command)
def subcommand(command: Command) -> Text | None:
    """The package manager's subcommand: `install`, `add`, ..."""
    use = package_use(command)
    return use.subcommand if use else None


@fact_of(Command)
def action(command: Command) -> str | None:
    """What the package manager is asked to do: install, update, upgrade, clean, ...; None where this is none."""
    use = package_use(command)
    return use.action if use else None


def manager_doing(command: Command, wanted: str) -> str | None:
    """The package manager that is asked to do something, None where it is asked for anything else."""
    use = package_use(command)
    return use.manager if use and use.action == wanted else None


def installs(command: Command) -> str | None:
    """The package manager that it installs with."""
    return manager_doing(command, "install")


def updates(command: Command) -> str | None:
    """The package manager whose index it refreshes."""
    return manager_doing(command, "update")


def upgrades(command: Command) -> str | None:
    """The package manager with which it upgrades what is installed."""
    return manager_doing(command, "upgrade")


@fact_of(Command)
def upgrades_named_packages(command: Command) -> bool:
    """Whether it upgrades named packages, not the whole system."""
    return upgrades(command) is not None and len([w for w in command.operands if w != subcommand(command)]) > 0


def cleans(command: Command) -> str | None:
    """The package manager whose cache it empties."""
    return manager_doing(command, "clean")


@fact_of(Command)
def packages(command: Command) -> list[InstalledPackage]:
    """The packages that it installs by name."""
    use = package_use(command)
    return [InstalledPackage(package) for package in use.packages] if use else []


@fact_of(Command)
def unpinned_packages(command: Command) -> list[InstalledPackage]:
    """The packages that it installs without a version."""
    return [package for package in packages(command) if is_unpinned(package)]


@fact_of(Command)
def assumes_yes(command: Command) -> Truth | None:
    """Whether the package manager is told to ask nothing; unknown if a variable may, None where it is none."""
    use = package_use(command)
    if use is None:
        return None
    if use.assumes_yes is False and (_is_simulated(command) or _is_answered(command)):
        return True
    if use.assumes_yes is False and (command.has_unknown_arguments or _installs_only_files(command)):
        return UNKNOWN
    return use.assumes_yes


_SIMULATIONS = ("-s", "--simulate", "--just-print", "--dry-run", "--recon", "--no-act")
_ANSWERS = re.compile(r"\b(?:yes|printf|echo)\b[^|&;\n]{0,300}\|[ \t]*(?:sudo[ \t]+)?\Z")
MAX_BEFORE = 300
"""Characters in front of a command in which a pipe into it is looked for."""


def _installs_only_files(command: Command) -> bool:
    """Whether apt is given package files alone: it asks only where these need packages that are not there."""
    operands = [word for word in command.operands[1:] if not isinstance(word, Unknown)]
    return bool(operands) and all(word.endswith(".deb") for word in operands)


def _is_simulated(command: Command) -> bool:
    """Whether apt only shows what it would do, and asks nothing."""
    return command.has_flag(*_SIMULATIONS) is True


def _is_answered(command: Command) -> bool:
    """Whether a pipe answers the questions of a command: `yes | apt-get install x`."""
    return _ANSWERS.search(command.source.text[max(0, command.start - MAX_BEFORE) : command.start]) is not None


@fact_of(Command)
def sets_apt_option(command: Command, name: str) -> Truth:
    """Whether an apt option (`-o APT::Install-Recommends=false`) is given; unknown if a variable may."""
    for word in command.arguments:
        if not isinstance(word, Unknown) and word.lower().removeprefix("--option=").removeprefix("-o").startswith(
            name.lower() + "="
        ):
            return True
    return UNKNOWN if command.has_unknown_arguments else False


@remembered
def is_unpinned(package: InstalledPackage) -> bool:
    """Whether neither a version nor a range is given; `latest` is none."""
    if package.version is not None:
        return package.version == "latest"
    if package.raw.strip("'\"").startswith("git"):
        return "://" in package.raw or not any(sign in package.raw for sign in "<>=~!")
    return not any(sign in package.raw for sign in "<>=~!")
