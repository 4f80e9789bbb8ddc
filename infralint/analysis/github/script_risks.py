"""Scripts that leak data, open a shell to the outside, or start what was just downloaded."""

from __future__ import annotations

import re
from functools import cache

from infralint.analysis.github.placement import is_script_input
from infralint.analysis.github.scripts import commands_of, script_of
from infralint.model.element import Element, fact_of
from infralint.model.github.step import Input, Run
from infralint.model.shared.command import Command
from infralint.tables.commands import DOWNLOADERS
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
    if re.search(r"\b(?:nc|netcat|ncat|socat)\b|/dev/(?:tcp|udp)/|(?i:socket|s_client|tcpclient)", run.text) is None:
        return None
    for command in commands_of(run):
        if _connects_shell(command):
            return command
    return next((run.text.slice(*match.span()) for pattern in _shells() if (match := pattern.search(run.text))), None)


def _connects_shell(command: Command) -> bool:
    """Whether a netcat or socat starts a shell for what it is sent, or feeds one in a pipe."""
    if command.is_program("socat") is True:
        return re.search(r"(?i)\b(?:exec|system):[\"']*(?:/\w+)*/?(?:ba|da|z|k)?sh\b", command.raw) is not None
    if command.is_program("nc", "netcat", "ncat") is not True:
        return False
    if command.has_flag("-e", "-c", "--exec", "--sh-exec") is True:
        return (
            re.search(r"\s(?:-\w*[ec]|--(?:sh-)?exec)[ =][\"']?(?:/\w+)*/?(?:(?:ba|da|z|k)?sh|cmd)\b", command.raw)
            is not None
        )
    return command.is_in_pipe and any(re.fullmatch(r"\d+\.\d+\.\d+\.\d+", str(word)) for word in command.operands)


@cache
def _shells() -> tuple[re.Pattern[str], ...]:
    """Lines that connect a shell to an address without a netcat."""
    shell = r"(?:ba|da|z|k)?sh"
    return tuple(
        re.compile(pattern, re.IGNORECASE)
        for pattern in (
            rf"\b{shell}\s+(?:-\w+\s+)*-\w*i\b[^\n|;]*/dev/(?:tcp|udp)/[^\n;]*",
            rf"\bexec\s+\d+<>\s*/dev/(?:tcp|udp)/[^\n;]*(?=[\s\S]*?(?:\b{shell}\b[^\n;]*<&\s*\d|<&\s*\d+\s*\|\s*(?:while\s+read|{shell}\b)))",
            rf"\b{shell}\s+-i\b[^\n;]*\|\s*(?:nc|netcat|ncat|openssl\s+s_client)\b[^\n;]*",
            r"\bsocket\.socket\([\s\S]{0,400}?\b(?:os\.dup2|pty\.spawn)\([^\n;]*",
            r"\b(?:fsockopen|TCPSocket\.(?:new|open)|use\s+Socket)\b[\s\S]{0,400}?\b(?:exec|shell_exec|proc_open|system)\b[^\n;]{0,40}\b(?:ba)?sh\b",
            r"\bSockets\.TcpClient\b[\s\S]{0,800}?\b(?:iex|Invoke-Expression)\b",
        )
    )


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
