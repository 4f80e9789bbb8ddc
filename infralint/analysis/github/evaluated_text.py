"""Commands and calls that run text as code, with text in it that an attacker may write."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from infralint.analysis.github.placement import is_script_input
from infralint.analysis.github.scripts import commands_of
from infralint.analysis.github.shells import shell_of
from infralint.analysis.github.taint import taint_in
from infralint.analysis.github.taint_path import MAX_DEPTH, TaintPath
from infralint.analysis.github.triggers import may_run
from infralint.model.element import Element, Unknown, fact_of, noun_of
from infralint.model.github.step import Step, StepsDocument
from infralint.model.shared.command import Command
from infralint.text import regex as re
from infralint.text.source import Text

_CODE_FLAGS = {
    "python": ("-c",), "python3": ("-c",), "node": ("-e", "--eval", "-p", "--print"), "ruby": ("-e",),
    "perl": ("-e", "-ne", "-pe"), "php": ("-r",), "su": ("-c", "--command"), "pwsh": ("-c", "-Command", "-command"),
}  # fmt: skip
"""Programs with the flags whose value they run as code."""
_SHELLS = frozenset("sh bash dash zsh ksh ash".split())  # noqa: SIM905
_STARTERS = frozenset("docker podman kubectl oc nerdctl docker-compose ssh su sudo xargs env flatpak toolbox".split())  # noqa: SIM905


class Evaluation(Element):
    """A command or call that runs untrusted text as code; it stands at the text that is run."""

    __slots__ = ("by", "step", "taint")

    step: Step
    by: str

    def __init__(self, at: Element | Text, step: Step, by: str, taint: TaintPath) -> None:
        super().__init__(at.source, at.start, at.end)
        self.step = step
        self.by = by
        self.taint = taint


@noun_of(StepsDocument, "evaluation")
def evaluations_in(file: StepsDocument) -> list[Evaluation]:
    """The commands and calls that run untrusted text as code, of steps that may run."""
    return [each for step in file.steps if may_run(step) for each in _evaluations_of(step)]


@fact_of(Evaluation)
def evaluated_source(evaluation: Evaluation) -> str:
    """Where the untrusted text comes from: a context, or a description."""
    return evaluation.taint.what


@fact_of(Evaluation)
def evaluated_path(evaluation: Evaluation) -> list[Element]:
    """The path of the untrusted text to here: where it comes in, and each step, job, entry and file it passes."""
    return evaluation.taint.to(evaluation)


def _evaluations_of(step: Step) -> Iterator[Evaluation]:
    if step.run is not None:
        shell = shell_of(step.run)
        if shell in ("pwsh", "powershell", "python", "python3"):
            yield from _by_lines(step, _calls()["python" if str(shell).startswith("python") else "pwsh"])
            return
        for command in commands_of(step.run):
            for text, by in (*_code_of(command), *_read_code(command)):
                found = _taint_of(step, str(text))
                if found is not None:
                    yield Evaluation(text, step, by, found)
        return
    held = step.input_named("script") if step.uses is not None else None
    if held is not None and held.text is not None and is_script_input(held):
        yield from _by_javascript(step, held.text)


def _code_of(command: Command) -> Iterator[tuple[Text, str]]:
    """The words of a command that are run as code, with what runs them."""
    name, argv = command.name, command.shell.argv
    at = command.resolved_program[1]
    words = ["" if isinstance(word, Unknown) else str(word) for word in command.words]
    if name == "eval":
        yield from ((word.raw, "eval") for word in argv[at + 1 :])
    elif name == "ssh":
        yield from ((word.raw, "ssh") for word in argv[_remote_command(words, at + 1) :])
    elif isinstance(name, Unknown) and re.fullmatch(r"\$\{?\w+\}?", argv[at].raw):
        yield argv[at].raw, "shell"
    for number, word in enumerate(words[:-1]):
        program = "su" if name == "su" else words[number - 1].rsplit("/", 1)[-1] if number else ""
        if number - 1 != at and name not in _STARTERS:
            continue
        if (program in _SHELLS and re.fullmatch(r"-[a-z]*c", word)) or word in _CODE_FLAGS.get(program, ()):
            yield argv[number + 1].raw, program


def _read_code(command: Command) -> Iterator[tuple[Text, str]]:
    """What a shell, here or on another host, is given to read as its script: by a pipe, a here-string, a here-document."""
    name, shell = str(command.name), command.shell
    operands = [str(word) for word in command.operands if str(word) != "-"]
    if not (name in _SHELLS and not operands and "-c" not in command.flags) and not (
        name == "ssh" and len(operands) == 1
    ):
        return
    yield from ((feed.body, name) for feed in shell.feeds if feed.expands)
    yield from (
        (each.target.raw, name) for each in shell.redirections if each.operator == "<<<" and each.target is not None
    )
    stages = shell.pipeline.commands if shell.pipeline is not None else []
    before = stages[: stages.index(shell)] if shell in stages else []
    if len(before) == 1 and str(before[0].name) in ("echo", "printf"):
        yield from ((word.raw, name) for word in before[0].argv[1:])


def _remote_command(words: list[str], at: int) -> int:
    """Which word behind `ssh` begins the command for the other host."""
    while at < len(words):
        word = words[at]
        if word in ("-i", "-p", "-o", "-l", "-F", "-J", "-L", "-R", "-D", "-E", "-W", "-b", "-c", "-m", "-e"):
            at += 2
        elif word.startswith("-"):
            at += 1
        else:
            return at + 1
    return at


def _taint_of(step: Step, text: str) -> TaintPath | None:
    """What the variables carry that the shell expands in a word; expressions are the fault of the injection itself."""
    shown = re.sub(r"\$\{\{.{0,500}?\}\}", "", text, flags=re.DOTALL)
    shown = re.sub(r"\\\$\{?\w+", "", _without_single_quotes(shown))
    shown = re.sub(r"\$\{\w+@Q\}", "", shown)
    if "$" not in shown and "`" not in shown:
        return None
    return taint_in(step.file).script(step, MAX_DEPTH).of_code(shown)


def _without_single_quotes(text: str) -> str:
    """A word without what stands in single quotes of its own, which the shell does not expand."""
    found, quote = [], ""
    for char in text:
        if char == "'" and quote != '"':
            quote = "" if quote else "'"
        elif char == '"' and quote != "'":
            quote = "" if quote else '"'
        elif quote != "'":
            found.append(char)
    return "".join(found)


@cache
def _calls() -> dict[str, re.Pattern[str]]:
    return {
        "pwsh": re.compile(r"(?i)\b(?P<by>iex|Invoke-Expression)\b(?P<code>[^\n|;]*)|(?P<piped>[^\n|;]{0,500})\|\s{0,20}(?:iex|Invoke-Expression)\b"),
        "python": re.compile(r"\b(?P<by>eval|exec|os\.system|os\.popen)\((?P<code>[^\n]{0,500})\)|\bsubprocess\.\w{1,40}\((?P<piped>[^\n]{0,500}),\s{0,20}shell\s{0,20}=\s{0,20}True"),
        "javascript": re.compile(r"(?:(?<![\w.$])|(?<=\)\.))(?P<by>eval|execSync|new Function|(?:\w+\.)?execSync|(?:child_process|cp)\.exec)\((?P<code>[^\n]*)"),
    }  # fmt: skip


def _by_lines(step: Step, pattern: re.Pattern[str]) -> Iterator[Evaluation]:
    """The calls of a script that is read by its lines."""
    run = step.run
    assert run is not None
    for match in pattern.finditer(run.text):
        group = "code" if match["code"] is not None else "piped"
        found = taint_in(step.file).script(step, MAX_DEPTH).of_line(re.sub(r"\$\{\{.{0,500}?\}\}", "", match[group]))
        if found is not None:
            yield Evaluation(run.text.slice(*match.span(group)), step, match["by"] or match[0].split("(")[0], found)


def _by_javascript(step: Step, text: Text) -> Iterator[Evaluation]:
    """The calls of a script of `actions/github-script` that start a shell or run code."""
    for match in _calls()["javascript"].finditer(text):
        found = taint_in(step.file).inline_script(step, MAX_DEPTH).of_code(match["code"])
        if found is not None:
            yield Evaluation(text.slice(match.start("by"), match.end("by")), step, match["by"], found)
