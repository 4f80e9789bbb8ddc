"""The shell that runs a script, and shells that a runner does not have."""

from __future__ import annotations

from infralint.analysis.github.runners import is_windows, runner_group, runs_on, self_hosted_label
from infralint.model.element import UNKNOWN, Unknown, fact_of, noun_of, remembered
from infralint.model.github.document import Route
from infralint.model.github.job import Job
from infralint.model.github.shell import Shell
from infralint.model.github.step import Run, Step, StepsDocument
from infralint.model.github.value import get, known
from infralint.model.github.workflow import WorkflowDocument
from infralint.syntax.yaml import Node
from infralint.text.source import Text


@remembered
def shell_of(run: Run) -> str | Unknown:
    """The shell that runs it: `bash`, `sh`, `pwsh`, `powershell`, `cmd`, `python` or another program."""
    for node in _named_shells(run.step):
        value = known(node)
        if value is UNKNOWN:
            return UNKNOWN
        if isinstance(value, Text):
            words = value.split()
            return words[0].replace("\\", "/").rsplit("/", 1)[-1].removesuffix(".exe").lower() if words else UNKNOWN
    job = run.step.job
    if job is None:
        return "bash"
    windows = is_windows(job)
    return "pwsh" if windows is True else "bash" if windows is False or job.has("strategy.matrix") else UNKNOWN


@remembered
def is_posix(run: Run) -> bool | Unknown:
    """Whether bash or sh runs it."""
    return UNKNOWN if shell_of(run) is UNKNOWN else shell_of(run) in ("bash", "sh", "dash", "zsh")


def _named_shells(step: Step) -> list[Node | None]:
    """Where its shell may be named, the closest first."""
    found = [step.get("shell")]
    if step.job is not None:
        found += [step.job.get("defaults", "run", "shell"), get(step.file.root, "defaults", "run", "shell")]
    return found


@fact_of(Shell)
def is_unavailable_on_runner(shell: Shell) -> bool | Unknown:
    """Whether the job's runner has no such shell: `powershell` and `cmd` off Windows, `sh` on it."""
    if shell.job is None or is_windows(shell.job) is UNKNOWN or not shell.is_name or runs_on(shell.job) is None:
        return UNKNOWN
    windows = is_windows(shell.job)
    if self_hosted_label(shell.job) is not None or runner_group(shell.job) is not None:
        return UNKNOWN
    return shell.program in (("sh",) if windows else ("powershell", "cmd"))


@noun_of(StepsDocument, "shell_use")
def shells_in(file: StepsDocument) -> list[Shell]:
    """Every shell that is named: of the whole file, of its jobs, of their steps."""
    named: list[tuple[Node | None, Route, Job | None]] = []
    if isinstance(file, WorkflowDocument):
        named.append((get(file.root, *_DEFAULT), _DEFAULT, None))
        named += [(job.get(*_DEFAULT), (*job.route, *_DEFAULT), job) for job in file.jobs]
    named += [(step.get("shell"), (*step.route, "shell"), step.job) for step in file.steps]
    texts = ((known(node), route, job) for node, route, job in named)
    return [Shell(file, text, route, job) for text, route, job in texts if isinstance(text, Text) and text.strip()]


_DEFAULT = ("defaults", "run", "shell")
