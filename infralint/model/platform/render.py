"""render.yaml: the services, databases and variables of a blueprint."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from infralint.model.document import Noun
from infralint.model.element import Element
from infralint.model.platform.document import PlatformDocument
from infralint.model.platform.parts import (
    Command,
    Database,
    Header,
    PlatformVariable,
    Redirect,
    Service,
    ServiceParts,
)
from infralint.model.platform.reading import image_of, integer, listed_variables
from infralint.model.shared.value import get, mappings, text_of
from infralint.syntax.yaml import Mapping, Node, Scalar
from infralint.text.source import Located, Text

_ROLES = {"web": "web", "pserv": "private", "worker": "worker", "cron": "cron", "static": "static"}
_STORES = ("redis", "keyvalue")


class Reference(Element):
    """A value that a service takes from another part of the blueprint; it stands at the name."""

    __slots__ = ("form", "name")
    form: str
    """What it names: `fromDatabase`, `fromService`, `fromGroup`."""
    name: Text

    def __init__(self, form: str, name: Text) -> None:
        super().__init__(name.source, name.start, name.end)
        self.form = form
        self.name = name


class RenderDocument(PlatformDocument):
    """A `render.yaml`."""

    platform = "Render"

    def _scopes(self) -> Iterator[Mapping]:
        """The file, and each environment of its projects."""
        root = self.root
        if root is None:
            return
        yield root
        for project in mappings(root.get("projects")):
            yield from mappings(project.get("environments"))

    def listed(self) -> Iterator[Mapping]:
        """The services as they are written, key-value stores among them."""
        for scope in self._scopes():
            yield from mappings(scope.get("services"))

    def read_services(self) -> Iterable[Service]:
        for node in self.listed():
            kind, name = text_of(node.get("type")), text_of(node.get("name"))
            if kind is None or kind in _STORES:
                continue
            at: Located = name if name is not None else kind
            runtime = text_of(node.get("runtime")) or text_of(node.get("env"))
            role = "static" if runtime == "static" else _ROLES.get(kind, "worker")
            disk = text_of(get(node, "disk", "name"))
            command = text_of(node.get("startCommand")) or text_of(node.get("dockerCommand"))
            parts = ServiceParts(
                role,
                command,
                image_of(get(node, "image", "url")),
                text_of(node.get("healthCheckPath")),
                text_of(node.get("preDeployCommand")),
                integer(node.get("numInstances") or get(node, "scaling", "minInstances")),
                (disk,) if disk is not None else (),
            )
            yield Service(str(name or kind), at, node, parts)

    def read_scripts(self) -> Iterable[Command]:
        for node in self.listed():
            for key, when in (
                ("buildCommand", "build"),
                ("preDeployCommand", "release"),
                ("startCommand", "start"),
                ("dockerCommand", "start"),
            ):
                text = text_of(node.get(key))
                if text:
                    yield Command(text, when)

    def _variable_lists(self) -> Iterator[Node]:
        for node in self.listed():
            found = node.get("envVars")
            if found is not None:
                yield found
        for scope in self._scopes():
            for group in mappings(scope.get("envVarGroups")):
                found = group.get("envVars")
                if found is not None:
                    yield found

    def read_variables(self) -> Iterable[PlatformVariable]:
        for node in self._variable_lists():
            yield from listed_variables(node, "key", "value")

    @property
    def asked_for(self) -> list[Text]:
        """The names of the variables whose values people give in Render's settings: secrets, by its documentation."""
        found = []
        for node in self._variable_lists():
            for item in mappings(node):
                name, sync = text_of(item.get("key")), item.get("sync")
                if name is not None and isinstance(sync, Scalar) and sync.value is False:
                    found.append(name)
        return found

    def read_headers(self) -> Iterable[Header]:
        for node in self.listed():
            found = []
            for one in mappings(node.get("headers")):
                name, value = text_of(one.get("name")), text_of(one.get("value"))
                if name is not None and value is not None:
                    found.append((str(text_of(one.get("path")) or ""), name, value))
            for route, name, value in found:
                beside = {other.lower(): text for where, other, text in found if where == route}
                yield Header(name, value, route, beside)

    def read_redirects(self) -> Iterable[Redirect]:
        for node in self.listed():
            for one in mappings(node.get("routes")):
                origin, target = text_of(one.get("source")), text_of(one.get("destination"))
                if origin is not None and target is not None:
                    yield Redirect(origin, target, "301" if text_of(one.get("type")) == "redirect" else "200")

    def read_databases(self) -> Iterable[Database]:
        stores = [node for node in self.listed() if text_of(node.get("type")) in _STORES]
        for node in [*(one for scope in self._scopes() for one in mappings(scope.get("databases"))), *stores]:
            name = text_of(node.get("name"))
            if name is None:
                continue
            listed = node.get("ipAllowList")
            sources = [text for one in mappings(listed) if (text := text_of(one.get("source"))) is not None]
            yield Database(name, node, sources if listed is not None else None, text_of(node.get("plan")))

    @cached_property
    def references(self) -> list[Reference]:
        """The values that its services take from other parts of the blueprint."""
        found = []
        for node in self._variable_lists():
            for item in mappings(node):
                for form in ("fromDatabase", "fromService"):
                    name = text_of(get(item, form, "name"))
                    if name is not None:
                        found.append(Reference(form, name))
                group = text_of(item.get("fromGroup"))
                if group is not None:
                    found.append(Reference("fromGroup", group))
        return found

    def names(self, form: str) -> list[Text]:
        """What a form of reference may name."""
        if form == "fromGroup":
            nodes = [one for scope in self._scopes() for one in mappings(scope.get("envVarGroups"))]
        elif form == "fromDatabase":
            nodes = [one for scope in self._scopes() for one in mappings(scope.get("databases"))]
        else:
            nodes = list(self.listed())
        return [name for one in nodes if (name := text_of(one.get("name"))) is not None]

    nouns = {**PlatformDocument.nouns, "reference": Noun(Reference, lambda file: file.references)}
