"""What a stage does with the files that it downloads."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.analysis.shared.downloads import readers
from infralint.analysis.shared.packages import installs
from infralint.model.dockerfile.run import Run
from infralint.model.element import UNKNOWN, Truth, Unknown, fact_of
from infralint.model.shared.command import Command
from infralint.tables.commands import is_interpreter
from infralint.tables.downloads import UNPACKERS, base, files_written, is_by_hash, is_check, makes_executable
from infralint.text.glob import matches


def _words(command: Command) -> list[str]:
    """The words behind the program as they are written: one variable is one name."""
    return [str(word.raw) for word in command.shell.argv[command.resolved_program[1] + 1 :]]


def _behind(run: Run, command: Command) -> Iterator[Command]:
    """The commands of its stage behind that one."""
    yield from (later for later in run.commands if later.start > command.start)
    if run.stage is not None and not run.trigger:
        for other in run.stage.runs:
            if other.index > run.index:
                yield from other.commands


@fact_of(Run)
def consumer_of(run: Run, command: Command) -> Command | None:
    """The command that unpacks, installs or runs what that one downloads; None where none is seen, or the address is a hash."""
    words = _words(command)
    if command.name not in ("curl", "wget") or any(is_by_hash(word) for word in words):
        return None
    files = files_written(str(command.name), words)
    for redirection in command.shell.redirections:
        if ">" in redirection.operator and redirection.descriptor in ("", "1") and redirection.target is not None:
            files.append(base(redirection.target.raw))
    if not files:
        return next((reader for reader in readers(command) if reader.name in UNPACKERS), None)
    return next((later for later in _behind(run, command) if _uses(later, files)), None)


def _uses(command: Command, files: list[str]) -> bool:
    name = command.name
    if isinstance(name, Unknown) or name is None:
        return False
    if command.program is not None and "/" in command.program and base(command.program) in files:
        return True
    words = _words(command)
    named = any(
        base(word) in files or ("*" in word and any(matches(one, base(word)) for one in files)) for word in words
    )
    if not named:
        return False
    if name == "chmod":
        return makes_executable(words[0])
    return (
        name in UNPACKERS
        or name in ("dpkg", "rpm", "install", "source", ".", "java")
        or is_interpreter(name)
        or bool(installs(command))
    )


@fact_of(Run)
def has_verified(run: Run, command: Command) -> bool:
    """Whether an earlier command of the same RUN compares a checksum or a signature."""
    return any(_is_check(one) for one in run.commands if one.start < command.start)


@fact_of(Run)
def verifies_later(run: Run, command: Command) -> bool:
    """Whether a later command of the same RUN compares a checksum or a signature."""
    return any(_is_check(one) for one in run.commands if one.start > command.start)


def _is_check(command: Command) -> bool:
    return isinstance(command.name, str) and is_check(str(command.name), _words(command))


@fact_of(Run)
def verifies(run: Run, command: Command) -> Truth:
    """Whether a command of its stage compares a checksum or a signature after that download; unknown where shell is not read."""
    if command.has_flag("--checksum") is True:
        return True
    for later in (command, *_behind(run, command)):
        name = later.name
        if isinstance(name, str) and is_check(str(name), _words(later)):
            return True
    stage = run.stage
    around = [run] if stage is None or run.trigger else [one for one in stage.runs if one.index >= run.index]
    return False if all(one.is_fully_read for one in around) else UNKNOWN
