"""What a script writes into the files by which steps speak to the runner: variables, the path, outputs."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.analysis.github.scripts import script_of
from infralint.analysis.github.shells import is_posix, shell_of
from infralint.model.element import Element, Unknown, noun_of, remembered
from infralint.model.github.step import Run, Step, StepsDocument
from infralint.syntax.shell import Command
from infralint.text import regex as re

FILES = ("GITHUB_ENV", "GITHUB_PATH", "GITHUB_OUTPUT")


_NAMED = re.compile(r"\$\{?(GITHUB_(?:ENV|PATH|OUTPUT))\b")


class FileWrite(Element):
    """One command that writes into such a file; it stands at the command."""

    __slots__ = ("is_fixed", "run", "target")

    run: Run
    target: str
    is_fixed: bool

    def __init__(self, run: Run, target: str, is_fixed: bool, start: int, end: int) -> None:
        super().__init__(run.source, start, end)
        self.run = run
        self.target = target
        self.is_fixed = is_fixed

    @property
    def step(self) -> Step:
        """The step whose script it is."""
        return self.run.step


@noun_of(StepsDocument, "file_write")
def file_writes_in(file: StepsDocument) -> list[FileWrite]:
    """Every write of a script into the runner's files."""
    return [each for step in file.steps if step.run is not None for each in file_writes(step.run)]


@remembered
def file_writes(run: Run) -> list[FileWrite]:
    """The writes of one script."""
    return list(_writes_of(run))


def _writes_of(run: Run) -> Iterator[FileWrite]:
    """Every write of a script into the runner's files, those of shells that are not read by their lines."""
    if "github_" not in run.text.lower():
        return
    if script_of(run) is not None and is_posix(run) is not False:
        yield from _posix(run)
    elif shell_of(run) in ("pwsh", "powershell"):
        yield from _lines(run, _powershell())
    elif shell_of(run) == "cmd":
        yield from _lines(run, _cmd())


def _posix(run: Run) -> Iterator[FileWrite]:
    script = script_of(run)
    for command in script.commands if script is not None else ():
        found = _target_of(command)
        if found is not None:
            target, end = found
            end = max(end, command.end)
            yield FileWrite(run, target, _is_fixed(run, command, end), command.start, end)


def _target_of(command: Command) -> tuple[str, int] | None:
    for redirection in command.redirections:
        if ">" in redirection.operator and redirection.target is not None:
            match = _NAMED.search(redirection.target.raw)
            if match:
                return match[1], redirection.target.raw.end
    if command.argv and str(command.argv[0].value) == "tee":
        for word in command.argv[1:]:
            match = _NAMED.search(word.raw)
            if match:
                return match[1], command.end
    return None


def _is_fixed(run: Run, command: Command, end: int) -> bool:
    """Whether what is written is wholly written out: an `echo` of literals, a here-document without variables."""
    name = command.name
    if isinstance(name, Unknown) or name is None or str(name) not in ("echo", "printf", "cat", ":"):
        return False
    if str(name) == "cat":
        return bool(command.feeds) and not any(
            "${{" in str(feed.body) or (feed.expands and re.search(r"[$`]", str(feed.body))) for feed in command.feeds
        )
    text = run.source.text
    group = text[command.end : end]
    if re.search(r"[})]|\bdone\b", group) and not all(
        re.match(r"\s*(?:(?:echo|printf)\b[^$`]*)?$", line) for line in group.split("\n")[:-1]
    ):
        return False
    return (
        all(not isinstance(word.value, Unknown) for word in command.argv[1:]) and "${{" not in text[command.start : end]
    )


def _powershell() -> re.Pattern[str]:
    name = r"[\"']?\$\{?env:(GITHUB_(?:ENV|PATH|OUTPUT))\}?[\"']?"
    return re.compile(
        rf"(?:>>?\s*{name})|(?:\b(?:out-file|add-content|set-content|tee-object)\b[^|;\n]*?{name})", re.IGNORECASE
    )


def _cmd() -> re.Pattern[str]:
    return re.compile(r">>?\s*\"?%(GITHUB_(?:ENV|PATH|OUTPUT))%\"?", re.IGNORECASE)


def _lines(run: Run, pattern: re.Pattern[str]) -> Iterator[FileWrite]:
    at = 0
    for line in str(run.text).split("\n"):
        body = line.split("#", 1)[0] if shell_of(run) != "cmd" else line
        match = pattern.search(body)
        if match:
            left = len(line) - len(line.lstrip())
            piece = run.text.slice(at + left, at + len(body.rstrip()))
            target = next(group for group in match.groups() if group).upper()
            is_fixed = not re.search(r"[$%]", body[: match.start()] + body[match.end() :]) and re.match(
                r"\s*(?:echo\b|write-output\b)", body, re.IGNORECASE
            )
            fixed = bool(is_fixed) and shell_of(run) == "cmd"
            yield FileWrite(run, target, fixed, piece.start, piece.end)
        at += len(line) + 1
