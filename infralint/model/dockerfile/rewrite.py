"""Edits of Dockerfiles that take more than one place to work out. Each function answers None where it is not plain."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from infralint.model.element import Unknown
from infralint.text.edit import Edit
from infralint.text.source import Text

if TYPE_CHECKING:
    from infralint.model.dockerfile.instruction import Bindings, Instruction
    from infralint.model.dockerfile.run import Run
    from infralint.model.shared.command import Command

Edits = list[Edit] | None
_SHELL_SIGNS = frozenset("$`|&;<>()*?[]{}~#!=\"'\\\n%")
_BUILTINS = frozenset(
    ("cd", "exec", "eval", "export", "set", "source", ".", "ulimit", "umask", "trap", "if", "for", "while")
)


def exec_form(text: Text) -> str | None:
    """A command line as a JSON array, where a shell would do nothing with it but split it at blanks."""
    words = text.split()
    if not words or words[0] in _BUILTINS or not _SHELL_SIGNS.isdisjoint(text):
        return None
    return json.dumps(words, ensure_ascii=False)


def joined(upper: Instruction, lower: Run) -> Edits:
    """One RUN of two that stand directly below each other: `upper && lower`."""
    source = lower.source
    if (
        upper.node.heredocs
        or lower.node.heredocs
        or upper.is_exec_form
        or lower.is_exec_form
        or upper.node.flags
        or lower.node.flags
    ):
        return None
    end, start = upper.node.args.end, lower.node.args.start
    between = source.text[end:start]
    if "#" in upper.node.args or between.split() != [str(lower.keyword)] or between.count("\n") != 1:
        return None
    if not _is_chain(lower) or str(upper.node.args).rstrip().endswith(("&", ";", "|")):
        return None
    return [Edit(source.path, end, start, f" {lower.document.tree.escape}{source.newline}    && ")]


def _is_chain(run: Run) -> bool:
    """Whether all its commands are read and joined by `&&` alone, so that one that fails ends them all."""
    own = [command for command in run.script.commands if command.holder is None]
    return bool(own) and not run.script.partial and all(c.after in ("", "&&") and c.before in ("", "&&") for c in own)


def cd_as_workdir(run: Run) -> Edits:
    """WORKDIR in place of a leading `cd /folder &&`."""
    own = [command for command in run.script.commands if command.holder is None]
    if len(own) < 2 or run.node.flags or run.is_exec_form or run.node.heredocs or run.trigger or not _is_chain(run):
        return None
    words = [word.value for word in own[0].argv]
    if len(words) != 2 or words[0] != "cd" or own[0].assignments or own[0].start != run.node.args.start:
        return None
    folder = words[1]
    if isinstance(folder, Unknown) or not folder.startswith("/") or folder != own[0].argv[1].raw or "'" in folder:
        return None
    source = run.source
    return [Edit(source.path, run.start, own[1].start, f"WORKDIR {folder}{source.newline}{run.keyword} ")]


def split_before(bindings: Bindings, entry: int) -> Edits:
    """An instruction of its own for an entry of ENV and those behind it."""
    pairs = bindings.node.pairs
    raw = pairs[entry - 1].raw if 0 < entry < len(pairs) else None
    if raw is None or bindings.trigger:
        return None
    source = bindings.source
    end, start = raw.end, pairs[entry].name.start
    while end < start and source.text[end] in "\"'":
        end += 1
    between = source.text[end:start].replace(bindings.document.tree.escape, "")
    if between.strip():
        return None
    return [Edit(source.path, end, start, f"{source.newline}{bindings.keyword} ")]


def without_word(command: Command, word: Text) -> Edits:
    """A command without one of its flags, and without the blanks (and the line end) in front of it."""
    source = command.source
    text, start = source.text, word.start
    if not word.startswith("-") or (len(word) > 2 and word[1] != "-") or str(word) != word.raw:
        return None
    while start > command.start and text[start - 1] in " \t\n\r\\":
        start -= 1
    joint = text[start : word.start]
    tail = text[word.end : word.end + 1]
    if not joint or (tail and not tail.isspace()):
        return None
    return [Edit(source.path, start, word.end, "")]


def without_sudo(command: Command) -> Edits:
    """A command without the `sudo` in front of its program; None where sudo is given options."""
    sudo, program = command.sudo, command.program
    if sudo is None or program is None or sudo.source is not program.source:
        return None
    if command.source.text[sudo.end : program.start].strip() or sudo.end >= program.start:
        return None
    return [Edit(command.source.path, sudo.start, program.start, "")]
