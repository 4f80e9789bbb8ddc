"""The metadata of actions: their inputs and outputs, and the steps of composite ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from infralint.model.document import Noun
from infralint.model.element import Unknown, fact
from infralint.model.github.document import GithubDocument, WorkflowProblem
from infralint.model.github.environment_files import FileWrite, OldCommand, old_commands_of
from infralint.model.github.expression import Condition, Expression
from infralint.model.github.run import Expansion
from infralint.model.github.step import Checkout, EnvEntry, Input, Run, Step
from infralint.model.github.types import StepTypes
from infralint.model.github.uses import Uses
from infralint.model.github.value import Part, Route, first_line, get, known
from infralint.model.shared.command import Command
from infralint.model.shared.image import Image
from infralint.model.shared.secret import Secret, Url, secrets_of, urls_in
from infralint.syntax.yaml import Mapping, Node, Sequence
from infralint.tables.expression_contexts import base_contexts, environment_at, place_in_action
from infralint.tables.expression_kinds import STRING, closed
from infralint.tables.expression_types import Environment
from infralint.text.source import Text

KIND = "action"


class Declared(Part):
    """An input or output that the action declares; it stands at its name."""

    name: Text

    def __init__(self, file: GithubDocument, name: Text, node: Node, route: Route) -> None:
        super().__init__(file, node, route, name.start, name.end)
        self.name = name

    @fact
    def description(self) -> Text | Unknown | None:
        """What it is for."""
        return known(get(self.node, "description"))

    @property
    def is_deprecated(self) -> bool:
        """Whether a message says that it is not to be used any more, be it an empty one."""
        return get(self.node, "deprecationMessage") is not None

    @fact
    def default(self) -> Text | Unknown | None:
        """Its value where none is given."""
        return known(get(self.node, "default"))

    @fact
    def is_required(self) -> bool:
        """Whether it must be given."""
        return known(get(self.node, "required")) == "true"


class Action(Part):
    """The action itself; it stands at its first line."""

    def __init__(self, file: ActionDocument, root: Mapping) -> None:
        super().__init__(file, root, (), *first_line(root))

    @fact
    def name(self) -> Text | Unknown | None:
        """The name that is shown."""
        return known(get(self.node, "name"))

    @fact
    def description(self) -> Text | Unknown | None:
        """What it does."""
        return known(get(self.node, "description"))

    @fact
    def using(self) -> Text | Unknown | None:
        """What runs it: `composite`, `docker`, `node20`."""
        return known(get(self.node, "runs", "using"))

    @fact
    def is_composite(self) -> bool:
        """Whether it is made of steps."""
        return self.using == "composite"

    @fact
    def is_docker(self) -> bool:
        """Whether it is an image."""
        return self.using == "docker"

    @fact
    def image(self) -> Text | Unknown | None:
        """The Dockerfile, or the image behind `docker://`."""
        return known(get(self.node, "runs", "image"))

    @fact
    def registry_image(self) -> Image | None:
        """The image that it runs in, where that comes from a registry."""
        text = self.image
        if not isinstance(text, Text) or not text.lower().startswith("docker://"):
            return None
        return Image(text.slice(len("docker://"), len(text)))

    @fact
    def main(self) -> Text | Unknown | None:
        """The program of a JavaScript action."""
        return known(get(self.node, "runs", "main"))

    @fact
    def inputs(self) -> list[Declared]:
        """The inputs that it declares."""
        return self._declared("inputs")

    @fact
    def outputs(self) -> list[Declared]:
        """The outputs that it declares."""
        return self._declared("outputs")

    def _declared(self, what: str) -> list[Declared]:
        node = get(self.node, what)
        if not isinstance(node, Mapping):
            return []
        return [Declared(self.file, name, value, (what, str(name))) for name, value in node.items()]

    @fact
    def steps(self) -> list[Step]:
        """The steps of a composite action."""
        node = get(self.node, "runs", "steps")
        if not isinstance(node, Sequence) or self.using in ("docker", "node16", "node20", "node24"):
            return []
        return [
            Step(self.file, item, ("runs", "steps", at), None, at)
            for at, item in enumerate(node.values())
            if isinstance(item, Mapping)
        ]

    @fact
    def unpinned_part(self) -> Part | Image | None:
        """What of it may change under the same name, so that pinning the action itself pins nothing."""
        image = self.registry_image
        if image is not None and image.is_pinned is False:
            return image
        for step in self.steps:
            uses = step.uses
            if uses is not None and uses.ref is not None and not uses.ref.is_commit:
                return uses.ref
            if uses is not None and uses.image is not None and uses.image.is_pinned is False:
                return uses.image
        return None


class _Types:
    """The environments of the expressions of an action."""

    def __init__(self, file: ActionDocument) -> None:
        self.file = file
        inputs = file.action.inputs if file.action is not None else []
        declared = closed({str(each.name): STRING for each in inputs}, "this action declares no input `{name}`")
        self._base = {**base_contexts(), "inputs": declared}
        self._before: StepTypes | None = None

    def at(self, expression: Expression) -> Environment:
        """What the expression may use."""
        steps = self.file.steps
        before = expression.step.position if expression.step is not None else len(steps)
        if self._before is None:
            self._before = StepTypes(steps)
        return environment_at(expression.place, {**self._base, "steps": self._before.at(before)})


class ActionDocument(GithubDocument):
    """An `action.yml`."""

    what = "action"

    @fact
    def action(self) -> Action | None:
        """The action; None where the file cannot be read."""
        return Action(self, self.root) if self.root is not None else None

    @fact
    def steps(self) -> list[Step]:
        """The steps of a composite action."""
        return self.action.steps if self.action is not None else []

    @fact
    def types(self) -> _Types:
        """The types of the contexts."""
        return _Types(self)

    def place_name(self, route: Route) -> str:
        """The key that an action's schema names."""
        return place_in_action(route)

    def step_at(self, route: Route) -> Step | None:
        """The step that a route leads into."""
        if route[:2] != ("runs", "steps") or len(route) < 3:
            return None
        return self._steps_by_position.get(route[2]) if isinstance(route[2], int) else None

    @fact
    def _steps_by_position(self) -> dict[int, Step]:
        return {step.position: step for step in self.steps}

    def variable_at(self, route: Route, name: str) -> EnvEntry | None:
        """The `env:` entry that `env.NAME` means at a route."""
        step = self.step_at(route)
        if step is None or route[3:4] == ("env",):
            return None
        return next((each for each in reversed(step.variables) if each.name.lower() == name), None)

    def input_type(self, name: str) -> str | None:
        """Every input of an action is text."""
        return "string"

    @fact
    def images(self) -> list[Image]:
        """The image of a Docker action, and those of `docker://` steps."""
        own = self.action.registry_image if self.action is not None else None
        used = [step.uses.image for step in self.steps if step.uses is not None and step.uses.image is not None]
        return [own, *used] if own is not None else used

    def structure(self) -> Iterator[WorkflowProblem]:
        """What its keys and values get wrong."""
        from infralint.model.github.action_schema import problems_of

        return problems_of(self)

    nouns: ClassVar[dict[str, Noun]] = {
        "action": Noun(Action, lambda file: [file.action] if file.action is not None else []),
        "step": Noun(Step, lambda file: file.steps),
        "uses": Noun(Uses, lambda file: [step.uses for step in file.steps if step.uses is not None]),
        "run": Noun(Run, lambda file: [step.run for step in file.steps if step.run is not None]),
        "expansion": Noun(
            Expansion, lambda file: [each for step in file.steps if step.run for each in step.run.expansions]
        ),
        "input": Noun(Input, lambda file: [each for step in file.steps for each in step.inputs]),
        "checkout": Noun(Checkout, lambda file: [step.checkout for step in file.steps if step.checkout is not None]),
        "variable": Noun(EnvEntry, lambda file: [each for step in file.steps for each in step.variables]),
        "old_command": Noun(
            OldCommand, lambda file: [each for step in file.steps if step.run for each in old_commands_of(step.run)]
        ),
        "file_write": Noun(
            FileWrite, lambda file: [each for step in file.steps if step.run for each in step.run.writes]
        ),
        "declared": Noun(Declared, lambda file: [*file.action.inputs, *file.action.outputs] if file.action else []),
        "expression": Noun(Expression, lambda file: file.expressions),
        "condition": Noun(Condition, lambda file: file.conditions),
        "command": Noun(Command, lambda file: [each for step in file.steps if step.run for each in step.run.commands]),
        "image": Noun(Image, lambda file: file.images),
        "secret": Noun(Secret, secrets_of),
        "url": Noun(Url, lambda file: urls_in(file.source)),
        "problem": Noun(WorkflowProblem, lambda file: file.all_problems),
    }


NOUNS = ActionDocument.nouns
