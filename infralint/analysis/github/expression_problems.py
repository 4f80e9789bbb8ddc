"""What expressions and grammar get wrong, as problems of their file."""

from __future__ import annotations

from infralint.analysis.github.action_schema import action_problems
from infralint.analysis.github.expression_types import faults_of
from infralint.analysis.github.placement import job_of
from infralint.model.github.action import ActionDocument
from infralint.model.github.document import GithubDocument, WorkflowProblem
from infralint.model.github.expression import Expression, expressions_of
from infralint.model.github.step import StepsDocument
from infralint.syntax.expression import Fault
from infralint.text import regex as re


def syntax_problems(file: GithubDocument) -> list[WorkflowProblem]:
    """What the grammar of a file gets wrong."""
    return [WorkflowProblem(p.name, p.message, file.source, p.start, p.end) for p in file.problems]


def expression_problems(file: StepsDocument) -> list[WorkflowProblem]:
    """What the expressions of a file get wrong."""
    return [
        WorkflowProblem(
            fault.name, fault.message, file.source, fault.start, fault.end, fault.nearest, _cause_of(expression, fault)
        )
        for expression in expressions_of(file)
        for fault in faults_of(expression)
    ]


def _cause_of(expression: Expression, fault: Fault) -> str | None:
    """A key that the matrix of a job lacks is one fault, wherever the job reads it; None for a fault of its own."""
    job = job_of(expression) if re.match(r"(?:matrix of this|this job has no matrix)", fault.message) else None
    return f"{job.id} {fault.message}" if job is not None else None


def problems_in_action(file: ActionDocument) -> list[WorkflowProblem]:
    """What GitHub refuses in the metadata of an action."""
    return [*syntax_problems(file), *action_problems(file), *expression_problems(file)]
