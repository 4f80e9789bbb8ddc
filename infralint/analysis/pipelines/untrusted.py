"""Variables of the shell whose content an outsider decides, and what scripts do with them."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.analysis.pipelines.agents import starts_agent
from infralint.analysis.pipelines.scripts import commands_of_script
from infralint.analysis.shared.command_risks import evaluated_variable
from infralint.model.element import Element, Truth, noun_of
from infralint.model.pipelines.document import PipelineDocument
from infralint.model.pipelines.job import Job, JobVariable, Script
from infralint.model.shared.command import Command
from infralint.syntax.shell_tree import Word
from infralint.text import regex as re
from infralint.text.source import Text

_VARIABLE = re.compile(r"\$(?:\{([A-Za-z_]\w{0,100}+)[^}\n]{0,200}\}|([A-Za-z_]\w{0,100}+))")
_EXPORTING = ("export", "local", "declare", "readonly", "typeset")


class OutsiderUse(Element):
    """A place where a script uses a variable that an outsider fills: a title, a message, the name of a branch."""

    __slots__ = ("command", "is_derived", "is_evaluated", "is_quoted", "is_shared", "name")
    name: str
    """The variable."""
    command: Command
    """The command that gets it."""
    is_quoted: bool
    """Whether it stands in double quotes, so that it stays one word."""
    is_evaluated: bool
    """Whether a shell reads its content as a script: in `eval`, in `sh -c`, as the program itself."""
    is_derived: bool
    """Whether the file's own variable carries it."""
    is_shared: bool
    """Whether the script stands outside of jobs, for all of them."""

    def __init__(
        self, name: str, at: Text, command: Command, is_evaluated: bool, is_derived: bool, is_shared: bool
    ) -> None:
        super().__init__(at.source, at.start, at.end)
        self.name = name
        self.command = command
        before = at.source.text[max(0, at.start - 1) : at.start]
        self.is_quoted = before == '"' or _is_within_quotes(command, at)
        self.is_evaluated = is_evaluated
        self.is_derived = is_derived
        self.is_shared = is_shared


def _is_within_quotes(command: Command, at: Text) -> bool:
    for word in command.shell.argv:
        if word.raw.start <= at.start < word.raw.end:
            return str(word.raw)[: max(0, at.start - word.raw.start)].count('"') % 2 == 1
    return False


@noun_of(PipelineDocument, "outsider_use")
def outsider_uses_in_pipeline(file: PipelineDocument) -> list[OutsiderUse]:
    """Where the scripts of a file use what an outsider writes."""
    found: dict[tuple[int, int], OutsiderUse] = {(one.start, one.end): one for one in _pasted_prompts(file)}
    if not file.outsider_variables:
        return list(found.values())
    for job in file.jobs:
        derived = _derived(file, job)
        for script in job.scripts:
            if script.source is file.source:
                for use in _uses(file, job, script, derived):
                    found.setdefault((use.start, use.end), use)
    return list(found.values())


def _pasted_prompts(file: PipelineDocument) -> Iterator[OutsiderUse]:
    """What the CI system pastes into the prompt of an AI agent."""
    pasted = [one for one in file.substitutions if one.into == "script" and one.writer in ("outsider", "writer")]
    for script in file.scripts if pasted else ():
        for command in commands_of_script(script):
            for one in pasted:
                if command.start <= one.start < command.end and one.source is command.source and starts_agent(command):
                    at = Text(one.raw, one.source, one.start, one.end)
                    yield OutsiderUse(one.name, at, command, False, True, True)


def _derived(file: PipelineDocument, job: Job) -> frozenset[str]:
    """The file's own variables that carry an outsider's text."""
    variables = [
        one for one in (*job.variables, *file.variables) if isinstance(one, JobVariable) and one.text is not None
    ]
    found: set[str] = set()
    for _ in range(3):
        for one in variables:
            names = {match[1] or match[2] for match in _VARIABLE.finditer(one.text or "")}
            if names & (file.outsider_variables | found):
                found.add(str(one.name))
    return frozenset(found)


def _uses(file: PipelineDocument, job: Job, script: Script, derived: frozenset[str]) -> Iterator[OutsiderUse]:
    if not any(name in script.text for name in (*file.outsider_variables, *derived)):
        return
    is_shared = job.node is None or not job.node.start <= script.start < job.node.end
    for command in commands_of_script(script):
        if command.name in _EXPORTING:
            continue
        evaluated = evaluated_variable(command)
        for word in command.shell.argv:
            yield from _in_word(word, command, file, derived, evaluated, is_shared)


def _in_word(
    word: Word,
    command: Command,
    file: PipelineDocument,
    derived: frozenset[str],
    evaluated: Text | None,
    is_shared: bool,
) -> Iterator[OutsiderUse]:
    raw = word.raw
    if str(raw).startswith("'"):
        return
    for match in _VARIABLE.finditer(raw):
        name = match[1] or match[2]
        if name not in file.outsider_variables and name not in derived:
            continue
        if match.start() and raw[match.start() - 1] == "\\":
            continue
        is_program = command.program is not None and command.program.start == raw.start and match.start() <= 1
        runs: Truth = is_program or (evaluated is not None and evaluated.start <= raw.start < evaluated.end)
        at = raw.slice(match.start(), match.end())
        yield OutsiderUse(name, at, command, bool(runs), name in derived, is_shared)
