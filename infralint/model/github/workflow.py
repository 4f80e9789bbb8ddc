"""GitHub Actions workflows: their triggers and jobs."""

from __future__ import annotations

from functools import cached_property

from infralint.model.document import Noun
from infralint.model.element import Unknown, askable, fact
from infralint.model.github.document import Part, Route
from infralint.model.github.expression import Condition, Expression, conditions_of, expressions_of
from infralint.model.github.job import Job, Need
from infralint.model.github.permissions import Permission, Permissions
from infralint.model.github.secret import SecretUse
from infralint.model.github.step import EnvEntry, Input, Run, Step, StepsDocument, variables_of
from infralint.model.github.uses import Uses
from infralint.model.github.value import first_line, get, known, text_of, texts
from infralint.model.shared.secret import Secret, Url, secrets_of, urls_in
from infralint.syntax.yaml import Mapping, Node, Sequence
from infralint.tables.trees import TESTS
from infralint.text.source import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import ClassVar

KIND = "workflow"


class Trigger(Part):
    """One event that starts the workflow; it stands at the event's name."""

    name: Text
    workflow: Workflow

    def __init__(self, workflow: Workflow, name: Text, node: Node | None, route: Route) -> None:
        super().__init__(workflow.file, node, route, name.start, name.end)
        self.name = name
        self.workflow = workflow

    @fact
    def types(self) -> list[Text]:
        """The activities it is narrowed to."""
        return texts(get(self.node, "types"))

    @fact
    def branches(self) -> list[Text]:
        """The branches it is narrowed to."""
        return texts(get(self.node, "branches"))

    @fact
    def ignored_branches(self) -> list[Text]:
        """The branches that do not cause it."""
        return texts(get(self.node, "branches-ignore"))

    @fact
    def tags(self) -> list[Text]:
        """The tags it is narrowed to."""
        return texts(get(self.node, "tags"))

    @fact
    def paths(self) -> list[Text]:
        """The paths it is narrowed to."""
        return texts(get(self.node, "paths"))

    @fact
    def workflows(self) -> list[Text]:
        """The workflows whose runs cause it, by name."""
        return texts(get(self.node, "workflows"))

    @fact
    def inputs(self) -> list[Text]:
        """The names of the inputs it declares."""
        node = get(self.node, "inputs")
        return [name for name, _ in node.items()] if isinstance(node, Mapping) else []


class Workflow(Part):
    """The workflow itself; it stands at its first line."""

    file: WorkflowDocument

    def __init__(self, file: WorkflowDocument, root: Mapping) -> None:
        super().__init__(file, root, (), *first_line(root))

    @fact
    def name(self) -> Text | Unknown | None:
        """The name that is shown."""
        return known(get(self.node, "name"))

    @fact
    def triggers(self) -> list[Trigger]:
        """The events that start it."""
        node = get(self.node, "on")
        if isinstance(node, Mapping):
            return [Trigger(self, name, value, ("on", str(name))) for name, value in node.items()]
        if isinstance(node, Sequence):
            return [Trigger(self, text, None, ("on", at)) for at, text in enumerate(texts(node))]
        return [Trigger(self, text, None, ("on",)) for text in texts(node)]

    @askable
    def trigger(self, name: str) -> Trigger | None:
        """The event of that name; None if it does not start the workflow."""
        return next((trigger for trigger in self.triggers if trigger.name == name), None)

    @askable
    def has_trigger(self, *names: str) -> bool:
        """Whether one of these events starts the workflow."""
        return any(trigger.name in names for trigger in self.triggers)

    @fact
    def jobs(self) -> list[Job]:
        """Its jobs."""
        node = get(self.node, "jobs")
        return [Job(self, name, value) for name, value in node.items()] if isinstance(node, Mapping) else []

    @cached_property
    def _jobs_by_id(self) -> dict[str, Job]:
        return {job.id.lower(): job for job in self.jobs}

    @askable
    def job(self, name: str) -> Job | None:
        """The job of that id."""
        return self._jobs_by_id.get(name.lower())

    @fact
    def permissions(self) -> Permissions:
        """What the token may do in all jobs that do not say otherwise."""
        node = get(self.node, "permissions")
        start, end = (node.start, node.end) if node is not None and node.end > node.start else (self.start, self.end)
        return Permissions(self.file, node, ("permissions",), start, end)

    @fact
    def variables(self) -> list[EnvEntry]:
        """Its `env:`."""
        return variables_of(self.file, get(self.node, "env"), ("env",), None, None)

    @property
    def concurrency_shorthand(self) -> Text | None:
        """A `concurrency:` that is a bare group, so that nothing says whether a newer run cancels an older one."""
        return text_of(get(self.node, "concurrency"))

    @fact
    def concurrency(self) -> Text | None:
        """The group in which only one run goes on at a time."""
        node = get(self.node, "concurrency")
        return text_of(node.get("group") if isinstance(node, Mapping) else node)


def _permissions(file: WorkflowDocument) -> list[Permissions]:
    top = [file.workflow.permissions] if file.workflow is not None else []
    return [*top, *(job.permissions for job in file.jobs)]


def _variables(file: WorkflowDocument) -> list[EnvEntry]:
    holders: list[Workflow | Job | Step] = [*file.jobs, *file.steps]
    if file.workflow is not None:
        holders.insert(0, file.workflow)
    return [variable for holder in holders for variable in holder.variables]


class WorkflowDocument(StepsDocument):
    """A workflow file."""

    what = "workflow"

    @fact
    def workflow(self) -> Workflow | None:
        """The workflow; None where the file cannot be read."""
        return Workflow(self, self.root) if self.root is not None else None

    @property
    def variants(self) -> frozenset[str]:
        """Tests where pull requests start it: what it holds, pull requests of forks are given too."""
        runs = self.workflow is not None and self.workflow.has_trigger("pull_request")
        return super().variants | frozenset((TESTS,)) if runs else super().variants

    @fact
    def jobs(self) -> list[Job]:
        """Every job."""
        return self.workflow.jobs if self.workflow is not None else []

    @fact
    def steps(self) -> list[Step]:
        """Every step of every job."""
        return [step for job in self.jobs for step in job.steps]

    @fact
    def uses(self) -> list[Uses]:
        """Every `uses:`, of jobs and of steps."""
        holders: list[Job | Step] = [*self.jobs, *self.steps]
        return [each.uses for each in holders if each.uses is not None]

    nouns: ClassVar[dict[str, Noun]] = {
        "workflow": Noun(Workflow, lambda file: [file.workflow] if file.workflow is not None else []),
        "trigger": Noun(Trigger, lambda file: file.workflow.triggers if file.workflow is not None else []),
        "job": Noun(Job, lambda file: file.jobs),
        "need": Noun(Need, lambda file: [need for job in file.jobs for need in job.needs]),
        "step": Noun(Step, lambda file: file.steps),
        "uses": Noun(Uses, lambda file: file.uses),
        "run": Noun(Run, lambda file: [step.run for step in file.steps if step.run is not None]),
        "input": Noun(Input, lambda file: [each for step in file.steps for each in step.inputs]),
        "variable": Noun(EnvEntry, _variables),
        "permissions": Noun(Permissions, _permissions),
        "permission": Noun(Permission, lambda file: [each for held in _permissions(file) for each in held.entries]),
        "expression": Noun(Expression, expressions_of),
        "condition": Noun(Condition, conditions_of),
        "secret_use": Noun(
            SecretUse,
            lambda file: [SecretUse(each, name) for each in expressions_of(file) for name in each.secret_names],
        ),
        "secret": Noun(Secret, secrets_of),
        "url": Noun(Url, lambda file: urls_in(file.source)),
    }


NOUNS = WorkflowDocument.nouns
