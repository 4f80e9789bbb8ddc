"""Where an expression stands: its job, its step, its script, and the key that GitHub's documentation names."""

from __future__ import annotations

from infralint.analysis.expressions.contexts import place_in_action
from infralint.analysis.expressions.contexts import place_of as documented_place
from infralint.model.element import fact_of, remembered
from infralint.model.github.action import ActionDocument
from infralint.model.github.document import GithubDocument, Route
from infralint.model.github.expression import Condition, Expression
from infralint.model.github.job import Job
from infralint.model.github.step import Input, Run, Step, StepsDocument
from infralint.model.github.workflow import WorkflowDocument
from infralint.tables.actions import words_of


def job_at(file: GithubDocument, route: Route) -> Job | None:
    """The job that a route leads into."""
    if not isinstance(file, WorkflowDocument) or file.workflow is None or len(route) < 2 or route[0] != "jobs":
        return None
    return file.workflow.job(str(route[1]))


def step_at(file: GithubDocument, route: Route) -> Step | None:
    """The step that a route leads into."""
    if isinstance(file, ActionDocument):
        is_step = len(route) > 2 and route[:2] == ("runs", "steps")
        return _steps_by_route(file).get(route[:3]) if is_step else None
    if not isinstance(file, WorkflowDocument) or len(route) < 4 or route[2] != "steps" or job_at(file, route) is None:
        return None
    return _steps_by_route(file).get(route[: 6 if route[4:5] == ("parallel",) else 4])


@remembered
def _steps_by_route(file: StepsDocument) -> dict[Route, Step]:
    return {step.route: step for step in file.steps}


@fact_of(Expression, Condition, name="job")
def job_of(part: Expression | Condition) -> Job | None:
    """The job that it belongs to."""
    return job_at(part.file, part.route)


@remembered
def step_of(part: Expression | Condition) -> Step | None:
    """The step that it belongs to."""
    return step_at(part.file, part.route)


@fact_of(Expression, name="run")
def run_of(expression: Expression) -> Run | None:
    """The script that it stands in."""
    step = step_of(expression)
    return step.run if step is not None and expression.route == (*step.route, "run") else None


@fact_of(Expression)
def is_in_script(expression: Expression) -> bool:
    """Whether its value becomes a part of a program: a `run:`, its `shell:`, or an input that an action runs."""
    step = step_of(expression)
    if step is None:
        return False
    depth = len(step.route)
    if run_of(expression) is not None or expression.route[depth:] == ("shell",):
        return True
    if expression.route[depth : depth + 1] != ("with",) or len(expression.route) != depth + 2:
        return False
    found = step.input_named(str(expression.route[-1]).lower())
    return found is not None and is_script_input(found)


def is_script_input(given: Input) -> bool:
    """Whether the action runs it as code."""
    uses = given.step.uses
    return uses is not None and given.name.lower() in words_of(uses.action, "scripts")


@remembered
def place_of(expression: Expression) -> str:
    """The key that it stands at, as GitHub's documentation names it: `jobs.<job_id>.steps.run`; "" where none is named."""
    if isinstance(expression.file, ActionDocument):
        return place_in_action(expression.route)
    return documented_place(expression.route) if isinstance(expression.file, WorkflowDocument) else ""


def steps_beside(expression: Expression) -> list[Step]:
    """The steps of the job, or of the action, that an expression stands in."""
    job = job_of(expression)
    if job is not None:
        return job.steps
    return expression.file.steps if isinstance(expression.file, ActionDocument) else []


def steps_around(step: Step) -> list[Step]:
    """The steps of its job, or of its action."""
    return step.job.steps if step.job is not None else step.file.steps
