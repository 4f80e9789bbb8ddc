"""Scripts that leak data, open a shell to the outside, or start what was just downloaded."""

from __future__ import annotations

from infralint.analysis.github.placement import is_script_input
from infralint.analysis.github.scripts import commands_of, script_of
from infralint.analysis.shared.reverse_shells import reverse_shell_in
from infralint.model.element import Element, fact_of
from infralint.model.github.step import Input, Run
from infralint.tables.commands import DOWNLOADERS
from infralint.text import regex as re
from infralint.text.source import Text


@fact_of(Run)
def sends_data(run: Run) -> Element | None:
    """The command that sends data or files to a server."""
    for command in commands_of(run):
        if command.is_program("curl", "wget") is True and any(flag.split("=")[0] in _SENDING for flag in command.flags):
            return command
    return None


_SENDING = frozenset(
    """-d --data --data-binary --data-raw --data-urlencode -F --form -T --upload-file --post-data --post-file
    --body-data --body-file""".split()  # noqa: SIM905
)


@fact_of(Run)
def reverse_shell(run: Run) -> Element | Text | None:
    """The command or line that connects a shell to an address: by netcat, socat, `/dev/tcp`, or a program's sockets."""
    return reverse_shell_in(run.text, lambda: commands_of(run))


@fact_of(Run)
def memory_read(run: Run) -> Text | None:
    """Where it reads the memory of the runner's process, which holds all secrets of the job, or looks for secrets in it."""
    if "isSecret" not in run.text and "/mem" not in run.text:
        return None
    match = re.search(r"\\?\"isSecret\\?\"\s*:\s*true|/proc/(?:\$\([^)\n]{1,80}\)|[^\s/'\"]{1,80})/mem\b", run.text)
    return run.text.slice(*match.span()) if match is not None else None


@fact_of(Run)
def evaluates_download(run: Run) -> Element | None:
    """The `eval` of a variable that holds what was just downloaded."""
    script = script_of(run) if re.search(r"\beval\b", run.text) else None
    if script is None:
        return None
    held = {
        str(each.name)
        for command in script.commands
        for each in command.assignments
        if each.value is not None and any(f"{name} " in each.value.raw for name in DOWNLOADERS)
    }
    for command in script.commands:
        if str(command.name) == "eval" and any(
            name in re.findall(r"\w+", word.raw) for word in command.argv[1:] for name in held
        ):
            return Element(run.source, command.start, command.end)
    return None


@fact_of(Input)
def started_program(given: Input) -> Text | None:
    """Where it, as code of JavaScript, starts another program: `exec.exec(`, `child_process`."""
    if not is_script_input(given) or given.text is None:
        return None
    match = re.search(
        r"\bexec\.(?:exec|getExecOutput)\s*\(|\bchild_process\b|\b(?:exec|spawn)(?:File)?Sync\s*\(", given.text
    )
    return given.text.slice(*match.span()) if match is not None else None
