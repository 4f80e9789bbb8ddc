"""Files that earlier steps write untrusted text into, and from which an agent is told what to do."""

from __future__ import annotations

import posixpath

from infralint.analysis.github.placement import steps_around
from infralint.analysis.github.scripts import commands_of
from infralint.analysis.github.taint import Taint
from infralint.analysis.github.taint_path import MAX_DEPTH, TaintPath
from infralint.model.element import Unknown
from infralint.model.github.step import Step
from infralint.model.shared.command import Command
from infralint.text import regex as re

_GROUP = re.compile(r"^[ \t]*[})][^\n]*?>>?[ \t]*[\"']?([\w./-]+)", re.MULTILINE)
_PLAIN = re.compile(r"[\w./-]+")
_WORKSPACE = re.compile(r"\$\{\{\s*github\.workspace\s*\}\}/?|\$\{?GITHUB_WORKSPACE\}?/?|^\./")
MIN_NAME = 3
"""A shorter name of a file is too easily a word of a prompt."""


def file_taint(taint: Taint, step: Step, text: str, end: int | None = None) -> TaintPath | None:
    """The path of untrusted text to a file that a text names, written by a step before, or by this one before an offset."""
    words = {posixpath.normpath(word) for word in _PLAIN.findall(_WORKSPACE.sub("", text)) if len(word) >= MIN_NAME}
    for other in steps_around(step):
        if other.position > step.position or (other is step and end is None):
            continue
        for name, found in _written(taint, other, end if other is step else None):
            if posixpath.normpath(_WORKSPACE.sub("", name)) in words:
                return found.through(other)
    return None


def _written(taint: Taint, step: Step, end: int | None) -> list[tuple[str, TaintPath]]:
    """The files that a step writes, with what untrusted text reaches each."""
    if step.run is None:
        is_inline = step.uses is not None and step.uses.action == "actions/github-script"
        return list(taint.inline_script(step, MAX_DEPTH).files().items()) if is_inline else []
    script = taint.script(step, MAX_DEPTH)
    found = []
    for command in commands_of(step.run):
        if end is not None and command.start >= end:
            break
        for name in _targets(command):
            carried = script.of_words("\n".join(told_by(command)))
            if carried is not None:
                found.append((name, carried))
    text = str(step.run.text)
    for match in _GROUP.finditer(text) if end is None else ():
        start = max(text.rfind("{\n", 0, match.start()), text.rfind("(\n", 0, match.start()), 0)
        carried = script.of_words(text[start : match.start()])
        if carried is not None:
            found.append((match[1], carried))
    return found


def _targets(command: Command) -> list[str]:
    """The files that a command writes its output to."""
    found = [
        each.target.raw.strip("\"'")
        for each in command.shell.redirections
        if ">" in each.operator and each.descriptor in ("", "1") and each.target is not None
    ]
    if command.name == "tee":
        found += [str(word) for word in command.operands if not isinstance(word, Unknown)]
    return [name for name in found if "GITHUB_" not in name or "GITHUB_WORKSPACE" in name]


def told_by(command: Command) -> list[str]:
    """What is given to a command: its words, the text that follows it, and the commands that feed it by a pipe."""
    pipeline = command.shell.pipeline
    fed = pipeline.commands[: pipeline.commands.index(command.shell)] if pipeline is not None else []
    return [command.raw, *(str(feed.body) for feed in command.shell.feeds), *(str(each.text) for each in fed)]
