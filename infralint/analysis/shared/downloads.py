"""Downloads of commands, and whether a shell runs them unverified."""

from __future__ import annotations

from infralint.model.element import UNKNOWN, Truth, Unknown, fact_of, remembered
from infralint.model.shared.command import Command
from infralint.tables.commands import DOWNLOADERS, is_interpreter, reads_code_from_input


@remembered
def is_download(command: Command) -> Truth:
    """Whether it fetches a file: curl, wget, ..."""
    name = command.name
    return UNKNOWN if isinstance(name, Unknown) else name in DOWNLOADERS


@remembered
def readers(command: Command) -> list[Command]:
    """The commands behind it in its pipeline."""
    pipeline = command.shell.pipeline
    if pipeline is None:
        return []
    return [Command(reader) for stage in pipeline.stages[command.shell.stage + 1 :] for reader in stage]


@fact_of(Command)
def pipes_into_shell(command: Command) -> Truth:
    """Whether a download is run without verification: `curl | sh`, `bash <(curl)`, `sh -c "$(curl)"`."""
    if is_download(command) is not True:
        return False
    answers = [reads_code_from_input(reader.words) for reader in readers(command)]
    if True in answers:
        return True
    holder = command.shell.holder
    if holder is not None and command.shell.in_substitution and _is_run_by(command, Command(holder)):
        return True
    return UNKNOWN if any(isinstance(answer, Unknown) for answer in answers) else False


def _is_run_by(command: Command, holder: Command) -> bool:
    """Whether the command in whose words it stands runs what it prints."""
    name = holder.name
    if isinstance(name, Unknown) or name is None:
        return False
    if name in ("eval", "source", "."):
        return True
    if not is_interpreter(name):
        return False
    argv = holder.shell.argv
    for at in range(holder.resolved_program[1] + 1, len(argv)):
        raw, previous = argv[at].raw, argv[at - 1].raw
        if raw.start <= command.start < raw.end:
            text = raw.lstrip('"')
            if previous.startswith("-") and previous[-1:] in ("c", "e"):
                return text.startswith(("$(", "`"))
            return text.startswith("<(")
    for redirection in holder.shell.redirections:
        target = redirection.target
        if target is not None and target.raw.start <= command.start < target.raw.end:
            return redirection.operator == "<<<" or target.raw.startswith("<(")
    return False
