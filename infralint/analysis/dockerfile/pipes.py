"""Pipelines in RUN, and whether a failure inside one fails the build."""

from __future__ import annotations

from infralint.model.dockerfile.run import Run
from infralint.model.element import UNKNOWN, Truth, Unknown, fact_of, remembered
from infralint.model.shared.command import Command
from infralint.tables.commands import UNFAILING


@fact_of(Run)
def fragile_pipes(run: Run) -> list[Command]:
    """The first command of each pipeline in which something that can fail feeds another."""
    heads = []
    for command in pipeline_heads(run):
        pipeline = command.shell.pipeline
        if pipeline is None or command.shell.in_condition:
            continue
        if command.name in ("pwsh", "powershell"):  # whose pipes the shell does not see
            continue
        if any(Command(c).name not in UNFAILING for stage in pipeline.stages[:-1] for c in stage if c.argv):
            heads.append(command)
    return heads


@remembered
def pipeline_heads(run: Run) -> list[Command]:
    """The first command of each pipeline of its own shell."""
    found = {id(p.stages[0][0]): p.stages[0][0] for p in run.script.pipelines if p.stages and p.stages[0]}
    return [command for command in run.commands if id(command.shell) in found]


@fact_of(Run)
def has_pipefail(run: Run) -> Truth:
    """Whether a failure inside a pipe fails it: by SHELL, or by `set -o pipefail`."""
    if run.stage is not None and not run.is_exec_form:
        words = run.stage.shell_at(run.index)[1]
        if any(word == "pipefail" or word.endswith("o pipefail") for word in words):
            base = run.stage.image  # Debian's sh refuses the option, Alpine's knows it
            return run.shell != "sh" or (base is not None and "alpine" in str(base.reference))
    for command in run.commands:
        if command.name == "set" or (command.name in ("bash", "sh", "ash", "zsh") and command.has_flag("-c") is True):
            words = [word for word in command.arguments if not isinstance(word, Unknown)]
            if "pipefail" in words:
                return True
    return UNKNOWN if run.script.partial else False
