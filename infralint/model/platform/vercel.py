"""vercel.json: the build, variables, response headers, redirects, rewrites and scheduled calls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from infralint.model.platform.document import PlatformDocument
from infralint.model.platform.parts import Command, Header, PlatformVariable, Redirect, Service, ServiceParts, head_of
from infralint.model.platform.reading import headers_of, variables_of
from infralint.model.shared.value import get, mappings, pairs_of, text_of
from infralint.syntax.yaml import Mapping, Scalar

_COMMANDS = ("buildCommand", "installCommand", "ignoreCommand")


class VercelDocument(PlatformDocument):
    """A `vercel.json`, or a `now.json` as it was called before."""

    platform = "Vercel"
    is_lenient = True

    def _projects(self) -> Iterator[Mapping]:
        """The mappings that hold settings of a project: the file, and each of its services."""
        root = self.root
        if root is None:
            return
        yield root
        for key in ("services", "experimentalServices", "experimentalServicesV2"):
            for _, service in pairs_of(root.get(key)):
                if isinstance(service, Mapping):
                    yield service

    def read_services(self) -> Iterable[Service]:
        if self.root is not None:
            yield Service("site", head_of(self.source), self.root, ServiceParts("static"))

    def read_variables(self) -> Iterable[PlatformVariable]:
        for project in self._projects():
            yield from variables_of(project.get("env"))
            yield from variables_of(get(project, "build", "env"))

    def read_scripts(self) -> Iterable[Command]:
        for project in self._projects():
            for key in _COMMANDS:
                text = text_of(project.get(key))
                if text:
                    yield Command(text, "build")

    def read_headers(self) -> Iterable[Header]:
        for project in self._projects():
            for item in mappings(project.get("headers")):
                route = str(text_of(item.get("source")) or "")
                found = []
                for one in mappings(item.get("headers")):
                    name, value = text_of(one.get("key")), one.get("value")
                    if name is not None and isinstance(value, Scalar):
                        found.append((name, value.text))
                siblings = {name.lower(): value for name, value in found}
                for name, text in found:
                    yield Header(name, text, route, siblings)
            for item in mappings(project.get("routes")):
                yield from headers_of(item.get("headers"), str(text_of(item.get("src")) or ""))

    def read_redirects(self) -> Iterable[Redirect]:
        for project in self._projects():
            for key, status in (("redirects", "308"), ("rewrites", "200")):
                for item in mappings(project.get(key)):
                    origin, target = text_of(item.get("source")), text_of(item.get("destination"))
                    if origin is not None and target is not None:
                        yield Redirect(origin, target, str(text_of(item.get("statusCode")) or status))
            for item in mappings(project.get("routes")):
                origin, target = text_of(item.get("src")), text_of(item.get("dest"))
                location = text_of(get(item, "headers", "Location"))
                if origin is not None and location is not None:
                    yield Redirect(origin, location, str(text_of(item.get("status")) or ""))
                elif origin is not None and target is not None:
                    yield Redirect(origin, target, "200")
