"""Commands of a RUN or a stage by what they do."""

from __future__ import annotations

from infralint.analysis.shared.packages import manager_doing
from infralint.model.dockerfile.run import Run
from infralint.model.dockerfile.stage import Stage
from infralint.model.element import Element, fact_of, span_union
from infralint.model.shared.command import Command


def _first_call(run: Run, *names: str) -> Command | None:
    """The first command whose program is one of these."""
    return next((command for command in run.commands if command.name in names), None)


@fact_of(Run)
def command_doing(run: Run, action: str, *managers: str) -> Command | None:
    """The first command that asks one of these package managers to install, update, upgrade or clean."""
    return next((command for command in run.commands if manager_doing(command, action) in managers), None)


@fact_of(Stage)
def calls(stage: Stage, *names: str) -> Command | None:
    """The first command of its RUNs whose program is one of these."""
    return next((found for run in stage.runs if (found := _first_call(run, *names)) is not None), None)


@fact_of(Stage)
def span_over(stage: Stage, first: Command | None, second: Command | None) -> Element | None:
    """Both commands, where their instructions are one or follow each other; else the second alone."""
    if first is None or second is None:
        return second
    at = [own.index for own in stage.runs for command in (first, second) if own.start <= command.start < own.end]
    return span_union(first, second) if at and max(at) - min(at) < 2 else second
