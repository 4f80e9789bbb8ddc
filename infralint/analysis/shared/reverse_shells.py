"""Shells that a script connects to an address."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from infralint.model.element import Element
from infralint.model.shared.command import Command
from infralint.text import regex as re
from infralint.text.source import Text


def reverse_shell_in(text: Text, commands: Callable[[], list[Command]]) -> Element | Text | None:
    """The command or line that connects a shell to an address: by netcat, socat, `/dev/tcp`, or a program's sockets."""
    if re.search(r"\b(?:nc|netcat|ncat|socat)\b|/dev/(?:tcp|udp)/|(?i:socket|s_client|tcpclient)", text) is None:
        return None
    for command in commands():
        if _connects_shell(command):
            return command
    return next((text.slice(*match.span()) for pattern in _shells() if (match := pattern.search(text))), None)


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
