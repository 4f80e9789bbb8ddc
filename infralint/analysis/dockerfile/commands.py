"""Commands of a RUN or a stage by what they do."""

from __future__ import annotations

from infralint.analysis.shared.packages import cleans, updates
from infralint.model.dockerfile.run import Run
from infralint.model.dockerfile.stage import Stage
from infralint.model.element import Element, fact_of, together
from infralint.model.shared.command import Command


@fact_of(Run, name="calls")
def run_calls(run: Run, *names: str) -> Command | None:
    """The first command whose program is one of these."""
    return next((command for command in run.commands if command.name in names), None)


@fact_of(Run)
def updates_with(run: Run, *names: str) -> Command | None:
    """The first command that refreshes the index of one of these package managers."""
    return next((command for command in run.commands if updates(command) in names), None)


@fact_of(Run)
def cleans_with(run: Run, *names: str) -> Command | None:
    """The first command that empties the cache of one of these package managers."""
    return next((command for command in run.commands if cleans(command) in names), None)


@fact_of(Stage, name="calls")
def stage_calls(stage: Stage, *names: str) -> Command | None:
    """The first command of its RUNs whose program is one of these."""
    return next((found for run in stage.runs if (found := run_calls(run, *names)) is not None), None)


@fact_of(Stage)
def span_over(stage: Stage, first: Command | None, second: Command | None) -> Element | None:
    """Both commands, where their instructions are one or follow each other; else the second alone."""
    if first is None or second is None:
        return second
    at = [own.index for own in stage.runs for command in (first, second) if own.start <= command.start < own.end]
    return together(first, second) if at and max(at) - min(at) < 2 else second
