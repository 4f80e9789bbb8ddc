"""serverless.yml: functions, what they are given and granted, and the CloudFormation resources beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from infralint.model.platform.cloudformation import CloudFormationDocument, Function, Resource, resources_below
from infralint.model.platform.parts import PlatformVariable, Service, ServiceParts
from infralint.model.platform.reading import is_tagged, variables_of
from infralint.model.shared.value import get, mappings, pairs_of, text_of
from infralint.syntax.yaml import Mapping, Node


class ServerlessDocument(CloudFormationDocument):
    """A `serverless.yml`."""

    platform = "Serverless Framework"

    def _functions(self) -> Iterator[tuple[object, Node]]:
        node = get(self.root, "functions")
        for holder in mappings(node):
            yield from pairs_of(holder)

    @property
    def template(self) -> Mapping | None:
        found = get(self.root, "resources")
        return next(iter(mappings(found)), None)

    @property
    def resources(self) -> list[Resource]:
        """The CloudFormation resources beside its functions."""
        found = get(self.root, "resources")
        return [one for holder in mappings(found) for one in resources_below(get(holder, "Resources"))]

    @property
    def functions(self) -> list[Function]:
        """Its functions on AWS."""
        provider = text_of(get(self.root, "provider", "name")) or text_of(get(self.root, "provider"))
        if provider is not None and provider != "aws":
            return []
        default = get(self.root, "provider", "runtime")
        found = []
        for holder in mappings(get(self.root, "functions")):
            for name, node in pairs_of(holder):
                runtime = get(node, "runtime")
                runtime = runtime if runtime is not None else default
                text = text_of(runtime)
                found.append(Function(name, text if not is_tagged(runtime) and text and "${" not in text else None))
        return found

    def read_services(self) -> Iterable[Service]:
        for one in self.functions:
            yield Service(str(one.name), one, None, ServiceParts("function"))

    def read_variables(self) -> Iterable[PlatformVariable]:
        yield from variables_of(get(self.root, "provider", "environment"))
        for _, node in self._functions():
            yield from variables_of(get(node, "environment"))
        yield from super().read_variables()
