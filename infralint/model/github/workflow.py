"""GitHub Actions workflows: triggers, jobs, steps and every expression of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from infralint.model.document import Noun
from infralint.model.element import Unknown, askable, fact
from infralint.model.github.calls import problems_of as call_problems
from infralint.model.github.cycles import circles_of
from infralint.model.github.document import GithubDocument, WorkflowProblem
from infralint.model.github.environment_files import FileWrite, Injection, OldCommand, injections_of, old_commands_of
from infralint.model.github.expression import Condition, Expression
from infralint.model.github.job import ImageUse, Job, Need, Permission, Permissions
from infralint.model.github.run import Expansion, Gate
from infralint.model.github.schema import problems_of
from infralint.model.github.secret import SecretUse
from infralint.model.github.shell import Shell, shells_of
from infralint.model.github.step import Checkout, EnvEntry, Input, Run, Step, variables
from infralint.model.github.trigger import Trigger
from infralint.model.github.types import Types, matrix_values
from infralint.model.github.uses import Uses
from infralint.model.github.value import Part, Route, first_line, get, known, text_of, texts
from infralint.model.shared.command import Command
from infralint.model.shared.image import Image
from infralint.model.shared.secret import Secret, Url, secrets_of, urls_in
from infralint.syntax.yaml import Mapping, Sequence
from infralint.tables import github
from infralint.tables.expression_contexts import place_of
from infralint.text.edit import Edit
from infralint.text.source import Text

KIND = "workflow"


class Workflow(Part):
    """The workflow itself; it stands at its first line."""

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
    def has_trigger(self, name: str) -> bool:
        """Whether that event starts the workflow."""
        return self.trigger(name) is not None

    @fact
    def is_risky(self) -> bool:
        """Whether strangers start it while it runs with this repository's secrets and token."""
        return any(trigger.is_risky for trigger in self.triggers)

    @fact
    def is_release(self) -> bool:
        """Whether a release starts it: the event `release`, a pushed tag or release branch."""
        return any(trigger.is_release for trigger in self.triggers)

    @fact
    def is_dangerous(self) -> bool:
        """Whether strangers start it with this repository's secrets and token at hand."""
        return any(trigger.is_dangerous for trigger in self.triggers)

    @fact
    def waits_for_labels_alone(self) -> bool:
        """Whether of what happens to a pull request only a label that is put on starts it."""
        trigger = self.trigger("pull_request_target")
        return trigger is not None and [str(kind) for kind in trigger.types] == ["labeled"]

    @fact
    def only_labels(self) -> bool:
        """Whether every step of it only labels or greets, by actions that touch nothing of the pull request's code."""
        steps = [step for job in self.jobs for step in job.steps]
        return (
            bool(steps)
            and all(step.uses is not None and step.uses.action in github.LABELLERS for step in steps)
            and all(job.uses is None for job in self.jobs)
        )

    @fact
    def has_concurrency(self) -> bool:
        """Whether runs of it, or of all its jobs, are held apart by a concurrency group."""
        if get(self.node, "concurrency") is not None:
            return True
        return bool(self.jobs) and all(job.get("concurrency") is not None for job in self.jobs)

    @property
    def concurrency_word(self) -> Text | None:
        """A concurrency that is a bare group, so that nothing says whether a newer run cancels an older one."""
        return text_of(get(self.node, "concurrency"))

    @fact
    def signs(self) -> bool:
        """Whether something of it signs or attests what it builds."""
        return self._has(github.SIGNERS, ("cosign sign", "cosign attest", "notation sign"))

    @fact
    def lists_parts(self) -> bool:
        """Whether something of it makes a list of the parts (SBOM) of what it builds."""
        return self._has(github.LISTERS, ("syft", "--sbom", "cosign attest", "trivy image", "docker sbom"))

    @fact
    def runs_scanner(self) -> bool:
        """Whether it runs a scanner of code that takes a baseline from its branch."""
        return self._has(frozenset(("returntocorp/semgrep-action", "semgrep/semgrep-action")), ("semgrep ci",))

    def _has(self, actions: frozenset[str], words: tuple[str, ...]) -> bool:
        for job in self.jobs:
            if job.uses is not None and "slsa-framework/" in job.uses.text:
                return True
            for step in job.steps:
                if step.uses is not None and step.uses.action in actions:
                    return True
                if step.run is not None and any(word in step.run.text for word in words):
                    return True
        return False

    @fact
    def is_reusable_only(self) -> bool:
        """Whether only other workflows start it."""
        return [str(trigger.name) for trigger in self.triggers] == ["workflow_call"]

    @fact
    def jobs(self) -> list[Job]:
        """Its jobs."""
        node = get(self.node, "jobs")
        return [Job(self, name, value) for name, value in node.items()] if isinstance(node, Mapping) else []

    @fact
    def _jobs_by_id(self) -> dict[str, Job]:
        return {job.id.lower(): job for job in self.jobs}

    @fact
    def _circles(self) -> dict[int, int]:
        return circles_of(self.jobs)

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
    def default_token_jobs(self) -> list[Job]:
        """The jobs whose token has whatever rights the repository gives by default."""
        return [job for job in self.jobs if job.permissions.is_missing] if self.permissions.is_missing else []

    @fact
    def with_least_permissions(self) -> list[Edit] | None:
        """Edits after which the token may do what is known to be needed, each job by itself, and read the repository."""
        from infralint.model.github.scopes import least

        return least(self)

    @fact
    def written_at_jobs(self) -> list[Edit] | None:
        """Edits that take every right to write from the workflow and give it to the jobs in which something may use it."""
        from infralint.model.github.scopes import written_at_jobs

        return written_at_jobs(self)

    @fact
    def jobs_key(self) -> Text | None:
        """The word `jobs`, above which settings of the whole workflow are written."""
        key: Text | None = self.node.key("jobs")
        return key

    @fact
    def on_key(self) -> Text | None:
        """The word `on`, below which its events are written."""
        key: Text | None = self.node.key("on")
        return key

    @fact
    def variables(self) -> list[EnvEntry]:
        """Its `env:`."""
        return variables(self.file, get(self.node, "env"), ("env",), None, None)

    @fact
    def concurrency(self) -> Text | None:
        """The group in which only one run goes on at a time."""
        node = get(self.node, "concurrency")
        return text_of(node.get("group") if isinstance(node, Mapping) else node)


class WorkflowDocument(GithubDocument):
    """A workflow file."""

    what = "workflow"

    @fact
    def workflow(self) -> Workflow | None:
        """The workflow; None where the file cannot be read."""
        return Workflow(self, self.root) if self.root is not None else None

    @fact
    def types(self) -> Types:
        """The types of the contexts."""
        return Types(self)

    def place_name(self, route: Route) -> str:
        """The key that GitHub's documentation names."""
        return place_of(route)

    def matrix_values(self, job: Job, content: str) -> list[Text] | None:
        """Every value of a `${{ matrix.name }}`."""
        key = (str(job.id), content.strip())
        if key not in self._matrix_values:
            self._matrix_values[key] = matrix_values(job, content)
        return self._matrix_values[key]

    @fact
    def _matrix_values(self) -> dict[tuple[str, str], list[Text] | None]:
        return {}

    def job_at(self, route: Route) -> Job | None:
        """The job that a route leads into."""
        if self.workflow is None or len(route) < 2 or route[0] != "jobs":
            return None
        return self.workflow.job(str(route[1]))

    def step_at(self, route: Route) -> Step | None:
        """The step that a route leads into."""
        job = self.job_at(route)
        if job is None or len(route) < 4 or route[2] != "steps":
            return None
        return job.steps_by_route.get(route[: 6 if route[4:5] == ("parallel",) else 4])

    def variable_at(self, route: Route, name: str) -> EnvEntry | None:
        """The `env:` entry that `env.NAME` means at a route."""
        step, job = self.step_at(route), self.job_at(route)
        in_step = step is not None and len(route) > 4 and route[4] != "env"
        holders: list[Any] = [step if in_step else None, job, self.workflow]
        for holder in holders:
            for variable in reversed(holder.variables) if holder is not None else ():
                if variable.name.lower() == name:
                    return variable  # type: ignore[no-any-return]
        return None

    def input_type(self, name: str) -> str | None:
        """The kind of an input: "boolean", "number", "string"; None if it is not declared."""
        kind = self.types._base["inputs"].properties.get(name)
        return kind.kind if kind is not None else None

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
        holders: list[Any] = [*self.jobs, *self.steps]
        return [each.uses for each in holders if each.uses is not None]

    @fact
    def shells(self) -> list[Shell]:
        """Every shell that is named."""
        return shells_of(self, self.root, self.jobs, self.steps)

    @fact
    def images(self) -> list[Image]:
        """The images of containers, services and `docker://` actions."""
        found = [image for job in self.jobs for image in job.images]
        return found + [each.image for each in self.uses if each.image is not None]

    def structure(self) -> Iterator[WorkflowProblem]:
        """What its keys and values get wrong."""
        yield from problems_of(self)
        yield from call_problems(self)

    nouns: ClassVar[dict[str, Noun]] = {
        "workflow": Noun(Workflow, lambda file: [file.workflow] if file.workflow is not None else []),
        "trigger": Noun(Trigger, lambda file: file.workflow.triggers if file.workflow is not None else []),
        "job": Noun(Job, lambda file: file.jobs),
        "need": Noun(Need, lambda file: [need for job in file.jobs for need in job.needs]),
        "step": Noun(Step, lambda file: file.steps),
        "uses": Noun(Uses, lambda file: file.uses),
        "run": Noun(Run, lambda file: [step.run for step in file.steps if step.run is not None]),
        "expansion": Noun(
            Expansion, lambda file: [each for step in file.steps if step.run for each in step.run.expansions]
        ),
        "gate": Noun(Gate, lambda file: [each for step in file.steps for each in step.gates]),
        "input": Noun(Input, lambda file: [each for step in file.steps for each in step.inputs]),
        "checkout": Noun(Checkout, lambda file: [step.checkout for step in file.steps if step.checkout is not None]),
        "variable": Noun(EnvEntry, lambda file: [v for holder in _holders(file) for v in holder.variables]),
        "shell": Noun(Shell, lambda file: file.shells),
        "old_command": Noun(
            OldCommand, lambda file: [each for step in file.steps if step.run for each in old_commands_of(step.run)]
        ),
        "file_write": Noun(
            FileWrite, lambda file: [each for step in file.steps if step.run for each in step.run.writes]
        ),
        "injection": Noun(Injection, lambda file: [each for step in file.steps for each in injections_of(step)]),
        "image_use": Noun(ImageUse, lambda file: [use for job in file.jobs for use in job.image_uses]),
        "permissions": Noun(Permissions, lambda file: [holder.permissions for holder in (_top(file) + file.jobs)]),
        "permission": Noun(
            Permission,
            lambda file: [each for holder in (_top(file) + file.jobs) for each in holder.permissions.entries],
        ),
        "expression": Noun(Expression, lambda file: file.expressions),
        "condition": Noun(Condition, lambda file: file.conditions),
        "secret_use": Noun(
            SecretUse, lambda file: [SecretUse(each, name) for each in file.expressions for name in each.secret_names]
        ),
        "command": Noun(Command, lambda file: [each for step in file.steps if step.run for each in step.run.commands]),
        "image": Noun(Image, lambda file: file.images),
        "secret": Noun(Secret, secrets_of),
        "url": Noun(Url, lambda file: urls_in(file.source)),
        "problem": Noun(WorkflowProblem, lambda file: file.all_problems),
    }


def _top(file: WorkflowDocument) -> list[Any]:
    return [file.workflow] if file.workflow is not None else []


def _holders(file: WorkflowDocument) -> list[Any]:
    return [*_top(file), *file.jobs, *file.steps]


NOUNS = WorkflowDocument.nouns
__all__ = ["KIND", "NOUNS", "Trigger", "Workflow", "WorkflowDocument"]
