"""What a script writes into the files by which steps speak to the runner: variables, the path, outputs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from infralint.model.element import Element, fact
from infralint.text.edit import Edit
from infralint.text.unknown import Unknown

if TYPE_CHECKING:
    from infralint.model.github.step import Run, Step
    from infralint.model.github.taint import Flow
    from infralint.syntax.shell import Command

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

    @fact
    def sets_environment(self) -> bool:
        """Whether what it writes decides how later steps run: their variables or their path."""
        return self.target in ("GITHUB_ENV", "GITHUB_PATH")


def writes_of(run: Run) -> Iterator[FileWrite]:
    """Every write of a script into the runner's files, those of shells that are not read by their lines."""
    if "github_" not in run.text.lower():
        return
    if run.script is not None and run.is_posix is not False:
        yield from _posix(run)
    elif run.shell in ("pwsh", "powershell"):
        yield from _lines(run, _powershell())
    elif run.shell == "cmd":
        yield from _lines(run, _cmd())


def _posix(run: Run) -> Iterator[FileWrite]:
    assert run.script is not None
    for command in run.script.commands:
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
        body = line.split("#", 1)[0] if run.shell != "cmd" else line
        match = pattern.search(body)
        if match:
            left = len(line) - len(line.lstrip())
            piece = run.text.slice(at + left, at + len(body.rstrip()))
            target = next(group for group in match.groups() if group).upper()
            is_fixed = not re.search(r"[$%]", body[: match.start()] + body[match.end() :]) and re.match(
                r"\s*(?:echo\b|write-output\b)", body, re.IGNORECASE
            )
            fixed = bool(is_fixed) and run.shell == "cmd"
            yield FileWrite(run, target, fixed, piece.start, piece.end)
        at += len(line) + 1


class Injection(Element):
    """A write into the runner's files that carries a stranger's text; it stands at the command."""

    __slots__ = ("flow", "is_direct", "name", "step", "target")

    def __init__(self, at: Element, step: Step, target: str, name: str, flow: Flow, *, is_direct: bool) -> None:
        super().__init__(at.source, at.start, at.end)
        self.step = step
        self.target = target
        self.name = name
        self.flow = flow
        self.is_direct = is_direct

    step: Step
    target: str

    @property
    def what(self) -> str:
        """What the stranger wrote: a context, or where the text comes from, in words."""
        return self.flow.what

    @property
    def way(self) -> list[Element]:
        """The way of the stranger's text to here: where it comes in, and each step, job, entry and file it passes."""
        return self.flow.way_to(self)

    @property
    def can_add_variables(self) -> bool:
        """Whether the text may hold a line end, and so set further variables than the one that is meant."""
        return self.target == "GITHUB_ENV" and not self.flow.is_line and not self.is_direct

    @property
    def chooses_path(self) -> bool:
        """Whether it puts a folder of the stranger's choice in front of the path."""
        return self.target == "GITHUB_PATH"


def injections_of(step: Step) -> Iterator[Injection]:
    """The writes of a step that carry a stranger's text."""
    run = step.run
    if run is None or not any(name in run.text for name in ("GITHUB_ENV", "GITHUB_PATH", "add-path", "set-env")):
        return
    written = run.writes
    seen = set()
    for write in step.file.flows.script(step, 20).writes:
        if write.flow.kind != "text" or write.target == "GITHUB_OUTPUT":
            continue
        same = [each for each in written if each.target == write.target and not each.is_fixed]
        at: Element = next((each for each in same if write.name in each.raw), same[0] if same else run)
        if (at.start, write.target) not in seen:
            seen.add((at.start, write.target))
            yield Injection(at, step, write.target, write.name, write.flow, is_direct=write.is_direct)


class OldCommand(Element):
    """A line in the log by which a script speaks to the runner in the old way; it stands at the command's word."""

    __slots__ = ("_inner", "name", "run")

    name: str
    run: Run

    def __init__(self, run: Run, name: str, start: int, end: int, inner: tuple[int, int] | None) -> None:
        super().__init__(run.source, start, end)
        self.run = run
        self.name = name
        self._inner = inner

    @fact
    def through_file(self) -> list[Edit] | None:
        """Edits that write the same into the runner's file; None where the line is not a plain `echo`."""
        text = self.source.text
        if self._inner is None:
            return None
        start, end = self._inner
        line = text[start:end]
        match = re.fullmatch(
            r"echo (?P<q>[\"']?)::(?P<name>set-output|save-state|set-env) name=(?P<key>[\w.-]+)::(?P<value>[^\"'`\n]*)(?P=q)"
            r"|echo (?P<p>[\"']?)::add-path::(?P<path>[^\"'`\n]*)(?P=p)",
            line,
        )
        if match is None or (
            not match["q"] and not match["p"] and re.search(r"[\s|;&<>()]", match["value"] or match["path"] or "")
        ):
            return None
        quote = match["q"] or match["p"] or '"'
        if match["path"] is not None:
            return [Edit(self.source.path, start, end, f'echo {quote}{match["path"]}{quote} >> "$GITHUB_PATH"')]
        target = {"set-output": "GITHUB_OUTPUT", "save-state": "GITHUB_STATE", "set-env": "GITHUB_ENV"}[match["name"]]
        return [
            Edit(self.source.path, start, end, f'echo {quote}{match["key"]}={match["value"]}{quote} >> "${target}"')
        ]


def old_commands_of(run: Run) -> Iterator[OldCommand]:
    """The deprecated commands in a script."""
    found = (
        list(re.finditer(r"::(set-output|save-state|set-env|add-path)\b(?=\s+name=|::)", run.text))
        if "::" in run.text
        else []
    )
    commands = run.script.commands if found and run.script is not None and run.is_posix is True else []
    for match in found:
        place = run.text.slice(*match.span())
        inner = next(
            (
                c
                for c in commands
                if c.start <= place.start and place.end <= c.end and str(c.name) == "echo" and not c.redirections
            ),
            None,
        )
        yield OldCommand(run, match[1], place.start, place.end, (inner.start, inner.end) if inner is not None else None)
