"""Edits of commands in scripts: locked installs, quotes around variables, TLS for package sources."""

from __future__ import annotations

from infralint.analysis.pipelines.untrusted import OutsiderUse
from infralint.analysis.shared.command_risks import insecure_source, unlocked_install
from infralint.model.element import fact_of
from infralint.model.shared.command import Command
from infralint.text import regex as re
from infralint.text.edit import Edit

_LOCKED = {
    "yarn": " --immutable",
    "pnpm": " --frozen-lockfile",
    "bun": " --frozen-lockfile",
    "bundle": " --frozen",
    "cargo": " --locked",
}


@fact_of(Command)
def locked_install(command: Command) -> list[Edit] | None:
    """Edits that make it install what the lock file says; None where no option does that alone."""
    if unlocked_install(command) is None or not isinstance(command.name, str):
        return None
    words = command.shell.argv
    if any(word.raw.raw != str(word.raw) for word in words):
        return None  # put together from the items of a list
    if command.name == "npm":
        word = next((each for each in words if str(each.raw) in ("install", "i")), None)
        return [Edit(command.source.path, word.raw.start, word.raw.end, "ci")] if word is not None else None
    option = _LOCKED.get(command.name)
    if option is None or not words:
        return None
    if command.name == "yarn" and len(words) == command.resolved_program[1] + 1:
        option = f" install{option}"
    end = words[-1].raw.end
    return [Edit(command.source.path, end, end, option)]


@fact_of(Command)
def authenticated_source(command: Command) -> list[Edit] | None:
    """Edits that take packages over HTTPS where an address says plain HTTP; None where the host is trusted by an option."""
    word = insecure_source(command)
    if word is None or word.startswith("--trusted-host"):
        return None
    text = command.source.text
    at = text.find("http://", word.start, command.end)
    return [Edit(command.source.path, at, at + 7, "https://")] if at >= 0 else None


@fact_of(OutsiderUse)
def quoted(outsider_use: OutsiderUse) -> list[Edit] | None:
    """Edits that put the word that the variable stands in into double quotes; None where it holds quotes or substitutions already."""
    if outsider_use.is_quoted:
        return None
    word = next(
        (one.raw for one in outsider_use.command.shell.argv if one.raw.start <= outsider_use.start < one.raw.end), None
    )
    if word is None or word.end - word.start != len(word) or not re.fullmatch(r"[\w${}./:@=+,-]+", word):
        return None
    if word.source.text[word.start : word.end] != str(word) or word.source.text[
        max(word.start - 2, 0) : word.start
    ].endswith("- "):
        return None  # at the head of a plain scalar of YAML a quote would begin a quoted one
    name, equals, _ = word.partition("=")
    start = word.start + len(name) + 1 if equals and name.startswith("-") else word.start
    return [Edit(word.source.path, start, start, '"'), Edit(word.source.path, word.end, word.end, '"')]
