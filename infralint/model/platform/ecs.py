"""Task definitions of Amazon ECS: their containers, in JSON files and in templates."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from infralint.model.document import Noun
from infralint.model.element import askable, fact
from infralint.model.platform.document import PlatformDocument
from infralint.model.platform.parts import PlatformVariable, Service, ServiceParts
from infralint.model.platform.reading import image_of, listed_variables
from infralint.model.shared.image import Image
from infralint.model.shared.keyed import Keyed
from infralint.model.shared.value import mappings, scalars, text_of
from infralint.syntax.yaml import Mapping, Node, Pair, Scalar
from infralint.text.source import Located, Text


def entry(node: Node | None, key: str) -> Pair | None:
    """The pair of a key, which templates write with a capital."""
    if not isinstance(node, Mapping):
        return None
    return node.pair(key) or node.pair(key[:1].upper() + key[1:])


def lookup(node: Node | None, *keys: str) -> Node | None:
    """The value below a mapping by keys, which templates write with a capital."""
    for key in keys:
        pair = entry(node, key)
        node = pair.key.stream.resolve(pair.value) if pair is not None else None
    return node


class Task(Keyed):
    """A task definition; it stands at its family, or at the key of its containers."""

    __slots__ = ("node",)

    def __init__(self, node: Mapping) -> None:
        pair = entry(node, "family") or entry(node, "containerDefinitions")
        at: Located = node
        if pair is not None:
            is_named = pair.name.lower() == "family" and isinstance(pair.value, Scalar)
            at = pair.value.text if is_named else pair.key  # type: ignore[attr-defined]
        super().__init__(at.source, at.start, at.end)
        self.node = node

    def at_key(self, key: str) -> Node | None:
        return lookup(self.node, *key.split("."))

    @fact
    def containers(self) -> list[Container]:
        """Its containers."""
        return [Container(one, self) for one in mappings(lookup(self.node, "containerDefinitions"))]


class Container(Keyed):
    """A container of a task definition; it stands at its name."""

    __slots__ = ("node", "task")

    def __init__(self, node: Mapping, task: Task) -> None:
        pair = entry(node, "name") or entry(node, "image")
        at: Located = pair.value.text if pair is not None and isinstance(pair.value, Scalar) else node
        super().__init__(at.source, at.start, at.end)
        self.node = node
        self.task = task

    @fact
    def name(self) -> str:
        """Its name; "container" where none is written plainly."""
        return str(text_of(lookup(self.node, "name")) or "container")

    def at_key(self, key: str) -> Node | None:
        return lookup(self.node, *key.split("."))

    @askable
    def is_true(self, key: str) -> bool:
        """Whether the boolean true, or the text `true` of a template, stands at a key of it."""
        text = self.value(key)
        return text is not None and text.lower() == "true"

    @askable
    def values(self, key: str) -> list[Text]:
        """The texts of a list at a key of it (dotted for nested ones)."""
        return scalars(self.at_key(key))

    @fact
    def image(self) -> Image | None:
        """The image that it runs."""
        return image_of(lookup(self.node, "image"))

    @fact
    def is_essential(self) -> bool:
        """Whether the task ends with it; it does unless the file says otherwise."""
        text = text_of(lookup(self.node, "essential"))
        return text is None or text.lower() != "false"


def variables_of_container(container: Container) -> Iterable[PlatformVariable]:
    """The variables that a container is given in plain text."""
    node = lookup(container.node, "environment")
    yield from listed_variables(node, "name", "value")
    yield from listed_variables(node, "Name", "Value")


class EcsDocument(PlatformDocument):
    """A task definition in JSON."""

    platform = "Amazon ECS"

    @cached_property
    def tasks(self) -> list[Task]:
        """The task definitions of the file."""
        found = []
        for node in self.stream.walk():
            if isinstance(node, Mapping) and mappings(node.get("containerDefinitions")):
                found.append(Task(node))
        return found

    @property
    def containers(self) -> list[Container]:
        """The containers of its tasks."""
        return [container for task in self.tasks for container in task.containers]

    def read_services(self) -> Iterable[Service]:
        for task in self.tasks:
            for container in task.containers:
                health = entry(container.node, "healthCheck")
                role = "web" if container.has("portMappings") else "worker"
                at = health.key.text if health is not None and isinstance(health.key, Scalar) else None
                yield Service(
                    container.name, container, container.node, ServiceParts(role, None, container.image, at, None, None)
                )

    def read_variables(self) -> Iterable[PlatformVariable]:
        for container in self.containers:
            yield from variables_of_container(container)

    nouns = {
        **PlatformDocument.nouns,
        "task": Noun(Task, lambda file: file.tasks),
        "container": Noun(Container, lambda file: file.containers),
    }
