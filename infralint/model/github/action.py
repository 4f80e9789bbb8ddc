"""The metadata of actions: their inputs and outputs, and the steps of composite ones."""

from __future__ import annotations

from infralint.model.document import Noun
from infralint.model.element import Unknown, fact
from infralint.model.github.document import GithubDocument, Part, Route
from infralint.model.github.expression import Condition, Expression, conditions_of, expressions_of
from infralint.model.github.step import EnvEntry, Input, Run, Step, StepsDocument
from infralint.model.github.uses import Uses
from infralint.model.github.value import first_line, get, known
from infralint.model.shared.image import Image
from infralint.model.shared.secret import Secret, Url, secrets_of, urls_in
from infralint.syntax.yaml import Mapping, Node, Sequence
from infralint.text.source import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import ClassVar

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

    file: ActionDocument

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


class ActionDocument(StepsDocument):
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
    def images(self) -> list[Image]:
        """The image of a Docker action, and those of `docker://` steps."""
        own = self.action.registry_image if self.action is not None else None
        used = [step.uses.image for step in self.steps if step.uses is not None and step.uses.image is not None]
        return [own, *used] if own is not None else used

    nouns: ClassVar[dict[str, Noun]] = {
        "action": Noun(Action, lambda file: [file.action] if file.action is not None else []),
        "step": Noun(Step, lambda file: file.steps),
        "uses": Noun(Uses, lambda file: [step.uses for step in file.steps if step.uses is not None]),
        "run": Noun(Run, lambda file: [step.run for step in file.steps if step.run is not None]),
        "input": Noun(Input, lambda file: [each for step in file.steps for each in step.inputs]),
        "variable": Noun(EnvEntry, lambda file: [each for step in file.steps for each in step.variables]),
        "declared": Noun(Declared, lambda file: [*file.action.inputs, *file.action.outputs] if file.action else []),
        "expression": Noun(Expression, expressions_of),
        "condition": Noun(Condition, conditions_of),
        "image": Noun(Image, lambda file: file.images),
        "secret": Noun(Secret, secrets_of),
        "url": Noun(Url, lambda file: urls_in(file.source)),
    }


NOUNS = ActionDocument.nouns
