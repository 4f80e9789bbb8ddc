"""What a file's grammar, its structure and its expressions get wrong, as one list."""

from __future__ import annotations

from infralint.analysis.github.calls import call_problems
from infralint.analysis.github.dependabot_schema import dependabot_problems
from infralint.analysis.github.expression_problems import expression_problems, problems_in_action, syntax_problems
from infralint.analysis.github.schema import structure_problems
from infralint.model.element import noun_of
from infralint.model.github.action import ActionDocument
from infralint.model.github.dependabot import DependabotDocument
from infralint.model.github.document import WorkflowProblem
from infralint.model.github.workflow import WorkflowDocument


@noun_of(WorkflowDocument, "problem")
def workflow_problems(file: WorkflowDocument) -> list[WorkflowProblem]:
    """What GitHub refuses in a workflow, or what never does what it says."""
    return [*syntax_problems(file), *structure_problems(file), *call_problems(file), *expression_problems(file)]


@noun_of(ActionDocument, "problem")
def problems_of_action(file: ActionDocument) -> list[WorkflowProblem]:
    """What GitHub refuses in the metadata of an action."""
    return [*problems_in_action(file), *call_problems(file)]


@noun_of(DependabotDocument, "problem")
def problems_of_dependabot(file: DependabotDocument) -> list[WorkflowProblem]:
    """What Dependabot refuses in its configuration."""
    return [*syntax_problems(file), *([] if file.stream.partial else dependabot_problems(file.root))]
