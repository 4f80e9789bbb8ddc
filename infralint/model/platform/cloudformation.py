"""Templates of CloudFormation and SAM, as far as they deploy and grant: resources, parameters, statements, containers."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from infralint.model.document import Noun
from infralint.model.element import Element, askable, fact
from infralint.model.platform.document import PlatformDocument
from infralint.model.platform.ecs import Container, Task, lookup, variables_of_container
from infralint.model.platform.iam import ManagedPolicy, Statement, managed_policies_in, statements_in
from infralint.model.platform.parts import PlatformVariable, Service, ServiceParts
from infralint.model.platform.reading import image_of, is_tagged, variables_of
from infralint.model.shared.image import Image
from infralint.model.shared.keyed import Block
from infralint.model.shared.value import get, pairs_of, scalars, text_of
from infralint.syntax.yaml import Mapping, Node
from infralint.text.source import Text


class Resource(Block):
    """A resource of a template; it stands at its name."""

    __slots__ = ()

    @fact
    def type(self) -> str:
        """Its type: `AWS::RDS::DBInstance`."""
        return str(text_of(self.node.get("Type")) or "")

    def at_key(self, key: str) -> Node | None:
        return get(self.node, "Properties", *key.split("."))

    @askable
    def value(self, key: str) -> Text | None:
        """The text of a property (dotted for nested ones); None where no scalar stands there."""
        node = self.at_key(key)
        return text_of(node) if not is_tagged(node) else None

    @askable
    def values(self, key: str) -> list[Text]:
        """The texts of a list that is a property."""
        node = self.at_key(key)
        return list(scalars(node)) if not is_tagged(node) else []

    @askable
    def is_set(self, key: str, value: str) -> bool:
        """Whether a property is exactly this text, capitals aside."""
        text = self.value(key)
        return text is not None and text.lower() == value.lower()

    @askable
    def has_attribute(self, name: str) -> bool:
        """Whether an attribute stands beside its properties: `DeletionPolicy`, `Condition`."""
        return name in self.node


class Parameter(Block):
    """A parameter of a template; it stands at its name."""

    __slots__ = ()

    @fact
    def type(self) -> str:
        """Its type: `String`, `AWS::SSM::Parameter::Value<String>`."""
        return str(text_of(self.node.get("Type")) or "")

    @fact
    def default(self) -> Text | None:
        """Its value where none is given."""
        return text_of(self.node.get("Default"))

    @fact
    def is_hidden(self) -> bool:
        """Whether `NoEcho` keeps its value out of the console and of what the API answers."""
        text = text_of(self.node.get("NoEcho"))
        return text is not None and text.lower() != "false"


class Function(Element):
    """A Lambda function; it stands at its name. `runtime` is what runs it, absent for an image."""

    __slots__ = ("name", "runtime")
    name: Text
    runtime: Text | None

    def __init__(self, name: Text, runtime: Text | None) -> None:
        super().__init__(name.source, name.start, name.end)
        self.name = name
        self.runtime = runtime


_FUNCTIONS = ("AWS::Lambda::Function", "AWS::Serverless::Function")


def resources_below(node: Node | None) -> list[Resource]:
    """The resources of a mapping of them."""
    return [
        Resource(name, one) for name, one in pairs_of(node) if isinstance(one, Mapping) and text_of(one.get("Type"))
    ]


class CloudFormationDocument(PlatformDocument):
    """A template of CloudFormation or SAM, in YAML or JSON."""

    platform = "AWS CloudFormation"

    @property
    def template(self) -> Mapping | None:
        """The mapping that holds `Resources`."""
        return self.root

    @cached_property
    def resources(self) -> list[Resource]:
        """Its resources."""
        return resources_below(get(self.template, "Resources"))

    @property
    def parameters(self) -> list[Parameter]:
        """Its parameters."""
        found = pairs_of(get(self.template, "Parameters"))
        return [Parameter(name, node) for name, node in found if isinstance(node, Mapping)]

    @cached_property
    def statements(self) -> list[Statement]:
        """The statements of the policies that it grants."""
        return statements_in(self.stream)

    @cached_property
    def tasks(self) -> list[Task]:
        """Its task definitions."""
        nodes = [get(one.node, "Properties") for one in self.resources if one.type == "AWS::ECS::TaskDefinition"]
        return [Task(node) for node in nodes if isinstance(node, Mapping) and lookup(node, "containerDefinitions")]

    @property
    def containers(self) -> list[Container]:
        """The containers of its tasks."""
        return [container for task in self.tasks for container in task.containers]

    @property
    def functions(self) -> list[Function]:
        """Its Lambda functions."""
        default = get(self.template, "Globals", "Function", "Runtime")
        found = []
        for one in self.resources:
            if one.type in _FUNCTIONS:
                written = get(one.node, "Properties", "Runtime")
                node = written if written is not None else default if one.type.startswith("AWS::Serverless") else None
                found.append(Function(one.name, text_of(node) if not is_tagged(node) else None))
        return found

    def read_services(self) -> Iterable[Service]:
        for container in self.containers:
            yield Service(container.name, container, container.node, ServiceParts("worker", None, container.image))
        for one in self.resources:
            if one.type in _FUNCTIONS:
                yield Service(str(one.name), one, one.node, ServiceParts("function"))

    def read_variables(self) -> Iterable[PlatformVariable]:
        for container in self.containers:
            yield from variables_of_container(container)
        for one in self.resources:
            yield from variables_of(get(one.node, "Properties", "Environment", "Variables"))
        yield from variables_of(get(self.template, "Globals", "Function", "Environment", "Variables"))

    @property
    def images(self) -> list[Image]:
        found = [container.image for container in self.containers]
        for one in self.resources:
            if one.type == "AWS::CodeBuild::Project":
                found.append(image_of(get(one.node, "Properties", "Environment", "Image")))
        return [image for image in found if image is not None]

    nouns = {
        **PlatformDocument.nouns,
        "resource": Noun(Resource, lambda file: file.resources),
        "parameter": Noun(Parameter, lambda file: file.parameters),
        "statement": Noun(Statement, lambda file: file.statements),
        "managed_policy": Noun(ManagedPolicy, lambda file: managed_policies_in(file.stream)),
        "task": Noun(Task, lambda file: file.tasks),
        "container": Noun(Container, lambda file: file.containers),
        "function": Noun(Function, lambda file: file.functions),
    }
