"""Environment variables of workflows and actions: valid names, and which entry is in effect at a place."""

from __future__ import annotations

from infralint.analysis.github.placement import job_at, step_at
from infralint.model.github.action import ActionDocument
from infralint.model.github.document import GithubDocument, Route
from infralint.model.github.step import EnvEntry
from infralint.model.github.workflow import WorkflowDocument


def variable_at(file: GithubDocument, route: Route, name: str) -> EnvEntry | None:
    """The `env:` entry that `env.NAME` (in lower case) means at a route."""
    step, job = step_at(file, route), job_at(file, route)
    if isinstance(file, ActionDocument):
        holders = [step.variables] if step is not None and route[3:4] != ("env",) else []
    else:
        is_in_step = step is not None and len(route) > 4 and route[4] != "env"
        workflow = file.workflow if isinstance(file, WorkflowDocument) else None
        holders = [each.variables for each in (step if is_in_step else None, job, workflow) if each is not None]
    for variables in holders:
        for variable in reversed(variables):
            if variable.name.lower() == name:
                return variable
    return None
