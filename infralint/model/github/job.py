"""The jobs of a workflow: what they wait for, where they run, what they may do, what they deploy."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from infralint.model.element import UNKNOWN, Element, Flag, Number, Unknown, askable, fact
from infralint.model.github.expression import Condition, Expression
from infralint.model.github.permissions import Permission, Permissions, ScopeNeed
from infralint.model.github.step import EnvEntry, Step, Uses, variables
from infralint.model.github.value import Part, Route, first_line, flag, get, known, text_of, texts, whole_number
from infralint.model.shared.image import Image
from infralint.syntax.yaml import Mapping, Node, Scalar, Sequence
from infralint.tables.expression_types import nearest
from infralint.text.source import Text

__all__ = ["ImageUse", "Job", "Need", "Permission", "Permissions"]

if TYPE_CHECKING:
    from infralint.model.github.workflow import Workflow


class Need(Part):
    """One job that another waits for."""

    name: Text
    owner: Job

    def __init__(self, owner: Job, text: Text, route: Route) -> None:
        super().__init__(owner.file, None, route, text.start, text.end)
        self.name = text
        self.owner = owner

    @fact
    def job(self) -> Job | None:
        """The job that is meant; None if the workflow has none of that name."""
        return self.owner.workflow.job(str(self.name))

    @fact
    def nearest(self) -> str | None:
        """The id of the job that was most likely meant."""
        others = [str(job.id) for job in self.owner.workflow.jobs if job is not self.owner]
        return nearest(str(self.name), others)

    @fact
    def is_circular(self) -> bool:
        """Whether the job that is waited for waits, through others or not, for this one."""
        job = self.job
        circles = self.owner.workflow._circles
        return job is not None and circles.get(id(job), -1) == circles.get(id(self.owner), -2)


class ImageUse(Part):
    """A place where a job names an image; it stands there, also where a matrix gives the image."""

    job: Job
    image: Image

    def __init__(self, job: Job, text: Text, image: Image) -> None:
        super().__init__(job.file, None, job.route, text.start, text.end)
        self.job = job
        self.image = image


class Job(Part):
    """A job; it stands at its id."""

    id: Text
    workflow: Workflow

    def __init__(self, workflow: Workflow, key: Text, node: Node) -> None:
        super().__init__(workflow.file, node, ("jobs", str(key)), key.start, key.end)
        self.id = key
        self.workflow = workflow

    def get(self, *keys: str) -> Node | None:
        return get(self.node, *keys)

    def __str__(self) -> str:
        return str(self.id)

    @fact
    def head(self) -> Element:
        """Its id and the line below: where it begins, and where a key that it lacks would stand."""
        return Element(self.source, self.start, max(self.end, first_line(self.node)[1]))

    @fact
    def name(self) -> Text | Unknown | None:
        """The name that is shown."""
        return known(self.get("name"))

    @fact
    def needs(self) -> list[Need]:
        """The jobs it waits for."""
        node = self.get("needs")
        if isinstance(node, Sequence):
            return [
                Need(self, text, (*self.route, "needs", at))
                for at, item in enumerate(node.values())
                if isinstance(text := known(item), Text)
            ]
        return [Need(self, text, (*self.route, "needs")) for text in texts(node)]

    @fact
    def condition(self) -> Condition | None:
        """Its `if:`."""
        return self.file.condition_at((*self.route, "if"))

    @fact
    def runs_on(self) -> list[Text] | Unknown | None:
        """The labels of its runner, those of a matrix included; UNKNOWN where they cannot be known."""
        node = self.get("runs-on")
        if isinstance(node, Mapping):
            node = node.get("labels")
        if node is None:
            return None
        found: list[Text] = []
        for item in list(node.values()) if isinstance(node, Sequence) else [node]:
            value = known(item)
            if isinstance(value, Text):
                found.append(value)
            elif value is UNKNOWN and isinstance(item, Scalar):
                resolved = self.file.matrix_values(self, item.content)
                if resolved is None:
                    return UNKNOWN
                found += resolved
        return found

    @fact
    def runner_group(self) -> Text | Unknown | None:
        """The group of its runner."""
        return known(self.get("runs-on", "group"))

    @fact
    def self_hosted_label(self) -> Element | Text | None:
        """What says that it runs on a machine of one's own: the label `self-hosted`, or a runner group."""
        labels = self.runs_on
        if isinstance(labels, list):
            label = next((text for text in labels if text.lower() == "self-hosted"), None)
            if label is not None:
                return label
        return self.runner_group if isinstance(self.runner_group, Text) else None

    @fact
    def runs_on_key(self) -> Text | None:
        """The word `runs-on`, behind which its runner is named."""
        key: Text | None = self.node.key("runs-on") if isinstance(self.node, Mapping) else None
        return key

    @fact
    def is_windows(self) -> bool | Unknown:
        """Whether it runs on Windows; UNKNOWN if it may, or may not."""
        labels = self.runs_on
        if not isinstance(labels, list):
            return UNKNOWN
        windows = ["windows" in label.lower() for label in labels]
        return True if windows and all(windows) else UNKNOWN if any(windows) else False

    @fact
    def permissions(self) -> Permissions:
        """Its own permissions."""
        node = self.get("permissions")
        start, end = (node.start, node.end) if node is not None and node.end > node.start else (self.start, self.end)
        return Permissions(self.file, node, (*self.route, "permissions"), start, end)

    @fact
    def effective_permissions(self) -> Permissions:
        """What its token may do: its own permissions, or those of the workflow."""
        return self.workflow.permissions if self.permissions.is_missing else self.permissions

    @fact
    def scope_needs(self) -> list[ScopeNeed]:
        """What in it surely fails where its token lacks a scope."""
        from infralint.model.github.scopes import needs_of

        return needs_of(self)

    @fact
    def timeout(self) -> Number | Unknown | None:
        """The minutes after which it is cancelled; None where nothing is written and six hours hold."""
        return whole_number(self.get("timeout-minutes"))

    @fact
    def continues_on_error(self) -> Flag | Unknown | None:
        """`continue-on-error`."""
        return flag(self.get("continue-on-error"))

    @fact
    def environment(self) -> Text | Unknown | None:
        """The deployment environment it runs in."""
        node = self.get("environment")
        return known(node.get("name") if isinstance(node, Mapping) else node)

    @fact
    def uses(self) -> Uses | None:
        """The reusable workflow that it calls."""
        text = text_of(self.get("uses"))
        return None if text is None else Uses(self.file, text, (*self.route, "uses"), self, None)

    @fact
    def inherits_secrets(self) -> Text | None:
        """The `inherit` that hands every secret to the workflow it calls."""
        text = known(self.get("secrets"))
        return text if isinstance(text, Text) and text == "inherit" else None

    @fact
    def variables(self) -> list[EnvEntry]:
        """Its `env:`."""
        return variables(self.file, self.get("env"), (*self.route, "env"), self, None)

    @fact
    def steps(self) -> list[Step]:
        """Its steps."""
        node = self.get("steps")
        if not isinstance(node, Sequence):
            return []
        found = []
        for at, item in enumerate(node.values()):
            route = (*self.route, "steps", at)
            inner = item.get("parallel") if isinstance(item, Mapping) else None
            if isinstance(inner, Sequence):  # steps that run side by side: none is before another
                found += [
                    Step(self.file, each, (*route, "parallel", number), self, at)
                    for number, each in enumerate(inner.values())
                    if isinstance(each, Mapping)
                ]
            elif isinstance(item, Mapping):
                found.append(Step(self.file, item, route, self, at))
        return found

    @cached_property
    def steps_by_route(self) -> dict[Route, Step]:
        return {step.route: step for step in self.steps}

    @fact
    def expressions(self) -> list[Expression]:
        """Every expression of the job."""
        return self.file.expressions_below(self.route)

    @fact
    def has_matrix(self) -> bool:
        """Whether it runs once for each cell of a matrix."""
        return self.get("strategy", "matrix") is not None

    @fact
    def concurrency(self) -> Text | None:
        """The group in which only one run goes on at a time."""
        node = self.get("concurrency")
        return text_of(node.get("group") if isinstance(node, Mapping) else node)

    def _containers(self) -> list[Node]:
        services = self.get("services")
        held = [value for _, value in services.items()] if isinstance(services, Mapping) else []
        own = self.get("container")
        return [own, *held] if own is not None else held

    @fact
    def _events(self) -> set[str]:
        from infralint.model.github.guards import job_events

        return job_events(self)

    @askable
    def runs_on_event(self, *names: str) -> bool:
        """Whether one of these events starts it, by way of a workflow that calls it too."""
        return not self._events.isdisjoint(names)

    @fact
    def meets_heads(self) -> bool:
        """Whether strangers start it with a pull request's code within reach and this repository's token at hand."""
        from infralint.tables.taint_sources import HEAD_EVENTS

        return not self._events.isdisjoint(HEAD_EVENTS)

    @fact
    def is_started_by_strangers(self) -> bool:
        """Whether an event that anyone can cause starts it with this repository's token at hand."""
        from infralint.tables.taint_sources import STRANGERS_EVENTS

        return not self._events.isdisjoint(STRANGERS_EVENTS)

    @fact
    def is_read_only(self) -> bool:
        """Whether what is written lets its token write nothing."""
        from infralint.model.github.guards import is_read_only

        return is_read_only(self)

    @fact
    def shares_default_cache(self) -> bool:
        """Whether strangers start it where what it caches is read by every branch."""
        from infralint.model.github.guards import has_default_branch

        return has_default_branch(self.workflow)

    @fact
    def image_uses(self) -> list[ImageUse]:
        """Where its container and services name an image, with each image that may be meant."""
        found = []
        for node in self._containers():
            text = text_of(get(node, "image") if isinstance(node, Mapping) else node)
            if text is None or not text:
                continue
            values = self.file.matrix_values(self, str(text)) if "${{" in text else None
            for value in values or [text]:
                found.append(ImageUse(self, text, Image(value, _resolve)))
        return found

    @fact
    def pushes_image(self) -> Element | Text | None:
        """The action or command that pushes a container image to a registry."""
        for step in self.steps:
            uses = step.uses
            if uses is not None and uses.action in ("docker/build-push-action", "docker/bake-action"):
                given = step.input("push")
                if given is UNKNOWN or (isinstance(given, str) and given.lower() == "true"):
                    return uses
            for command in step.run.commands if step.run is not None else ():
                if command.name in ("docker", "podman") and "push" in command.operands[:2]:
                    return command
        return None

    @fact
    def images(self) -> list[Image]:
        """The images of its container and services; those that an expression decides have an unknown name."""
        found = [text_of(get(node, "image") if isinstance(node, Mapping) else node) for node in self._containers()]
        return [Image(text, _resolve) for text in found if text is not None]

    @fact
    def container(self) -> Image | None:
        """The image of the container that its steps run in."""
        node = self.get("container")
        text = text_of(get(node, "image") if isinstance(node, Mapping) else node)
        return Image(text, _resolve) if text is not None else None

    @fact
    def written_passwords(self) -> list[Text]:
        """Registry passwords of its container and services that are written out."""
        found = [known(get(node, "credentials", "password")) for node in self._containers()]
        return [text for text in found if isinstance(text, Text) and text]

    @fact
    def publishes(self) -> Element | Text | None:
        """The step's action or command that publishes something; None if none does."""
        return next((found for step in self.steps if (found := step.publishes) is not None), None)

    @fact
    def publishes_release(self) -> bool:
        """Whether what it builds reaches others: a release or a tag starts the workflow, or a step publishes."""
        return self.workflow.is_release or self.publishes is not None

    @fact
    def deploys(self) -> Element | Text | None:
        """The action or command that deploys; None if none does."""
        return next((found for step in self.steps if (found := step.deploys) is not None), None)

    @fact
    def deploys_to(self) -> str | None:
        """What it deploys to, in words: "Kubernetes", "Amazon ECS"."""
        return next((step.deploys_to for step in self.steps if step.deploys is not None), None)

    @fact
    def is_looked_at(self) -> bool:
        """Whether it is seen how its deployment went: by the command itself, a later step, or a job that waits for it."""
        from infralint.model.github.checks import is_looked_at

        return is_looked_at(self)

    @fact
    def goes_back(self) -> Element | Text | None:
        """The command that brings an earlier version back."""
        return next((found for step in self.steps if (found := step.goes_back) is not None), None)


def _resolve(text: str) -> str | Unknown:
    return UNKNOWN if "${{" in text else text
