"""netlify.toml: the build, its variables by context, response headers and redirects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from infralint.model.platform.document import PlatformDocument
from infralint.model.platform.parts import Command, Header, PlatformVariable, Redirect, Service, ServiceParts
from infralint.model.platform.reading import headers_of, variables_of
from infralint.model.shared.value import get, mappings, pairs_of, text_of
from infralint.syntax.yaml import Mapping, Node


class NetlifyDocument(PlatformDocument):
    """A `netlify.toml`."""

    platform = "Netlify"
    is_lenient = True

    def _builds(self) -> Iterator[Node]:
        """The tables that hold settings of the build: of all contexts, and of each."""
        build = get(self.root, "build")
        if build is not None:
            yield build
        for _, context in pairs_of(get(self.root, "context")):
            yield context
            inner = get(context, "build")
            if inner is not None:
                yield inner

    def read_services(self) -> Iterable[Service]:
        root = self.root
        key = root.key("build") if root is not None else None
        if key is not None:
            yield Service("site", key, get(root, "build"), ServiceParts("static"))

    def read_variables(self) -> Iterable[PlatformVariable]:
        for build in self._builds():
            yield from variables_of(get(build, "environment"))
        for name in ("template",):
            yield from variables_of(get(self.root, name, "environment"))

    def read_scripts(self) -> Iterable[Command]:
        for build in self._builds():
            for key in ("command", "ignore"):
                text = text_of(get(build, key))
                if text:
                    yield Command(text, "build")

    def read_headers(self) -> Iterable[Header]:
        for item in mappings(get(self.root, "headers")):
            route = text_of(item.get("for"))
            yield from headers_of(item.get("values"), str(route) if route is not None else "")

    def read_redirects(self) -> Iterable[Redirect]:
        for item in mappings(get(self.root, "redirects")):
            origin, target = text_of(item.get("from")), text_of(item.get("to"))
            if origin is not None and target is not None:
                yield Redirect(origin, target, str(text_of(item.get("status")) or ""))

    @property
    def plugins(self) -> list[Mapping]:
        """The build plugins of the site."""
        return mappings(get(self.root, "plugins"))
