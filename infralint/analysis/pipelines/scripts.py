"""Scripts of pipeline jobs, read as commands."""

from __future__ import annotations

from infralint.model.element import noun_of, remembered
from infralint.model.pipelines.document import PipelineDocument
from infralint.model.pipelines.job import Job, Script
from infralint.model.shared.command import Command, commands_in, plain_words
from infralint.syntax.shell import read_shell


@remembered
def commands_of_script(script: Script) -> list[Command]:
    """The commands of the script; none where another kind of shell runs it."""
    return list(commands_in(read_shell(script.shell_text))) if script.is_posix is not False else []


@remembered
def commands_of_job(job: Job) -> list[Command]:
    """The commands of its scripts, in order."""
    return [command for script in job.scripts for command in commands_of_script(script)]


@noun_of(PipelineDocument, "command")
def commands_in_pipeline(file: PipelineDocument) -> list[Command]:
    """The commands of the file's scripts."""
    return [command for script in file.scripts for command in commands_of_script(script)]


@remembered
def words_of_job(job: Job) -> list[tuple[Command, list[str]]]:
    """Its commands with their words behind wrappers, `?` for a word that is not known."""
    return [(command, plain_words(command)) for command in commands_of_job(job)]
