"""Which files compose loads together: overrides, includes, and the files that services extend.

Rules: https://docs.docker.com/compose/how-tos/multiple-compose-files/ (read 2026-11). What lies outside the root,
behind a URL or under a name that a variable hides is not read, and what depends on it is unknown.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from infralint.model.compose.interpolation import InterpolationContext, items
from infralint.model.compose.merge import merged
from infralint.model.element import Unknown
from infralint.model.index import Index
from infralint.syntax import yaml
from infralint.text.source import Text

BASES = ("compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml")
"""Names that compose looks for, in this order."""
OVERRIDES = (
    "compose.override.yml",
    "compose.override.yaml",
    "docker-compose.override.yml",
    "docker-compose.override.yaml",
)
MAX_FILES = 100
MAX_EXTENDS = 20


def stream_of(index: Index, path: str) -> yaml.Stream | None:
    """The parsed file, read once a run; None if it is none, is outside, or is broken."""

    def read() -> yaml.Stream | None:
        source = index.source(path)
        stream = yaml.parse(source, merge=True) if source is not None else None
        broken = stream is None or any(problem.name in ("syntax", "limit") for problem in stream.problems)
        return None if broken else stream

    return index.memo(("compose-stream", path), read)


def _root(stream: yaml.Stream | None) -> yaml.Mapping | None:
    root = stream.root if stream is not None else None
    return root if isinstance(root, yaml.Mapping) else None


def base_of(index: Index, folder: str) -> str | None:
    """The file that compose loads in a folder when none is named."""
    return index.memo(("compose-base", folder), lambda: _first(index, folder, BASES))


def override_of(index: Index, folder: str) -> str | None:
    """The file that compose lays over it of its own accord."""
    return index.memo(("compose-override", folder), lambda: _first(index, folder, OVERRIDES))


def _first(index: Index, folder: str, names: tuple[str, ...]) -> str | None:
    return next((path for name in names if index.is_file(path := posixpath.join(folder, name))), None)


class ComposeProject:
    """A compose file with the files that are always loaded with it, merged."""

    __slots__ = ("_included", "_index", "_views", "files", "interpolation", "is_base_elsewhere", "is_known", "root")

    def __init__(self, index: Index, stream: yaml.Stream) -> None:
        self._index = index
        self._views: dict[str, tuple[yaml.Mapping, bool]] = {}
        self._included: list[yaml.Mapping] | None = None
        path = stream.source.path
        folder = posixpath.dirname(path)
        self.interpolation = InterpolationContext(index, folder)
        base, override = base_of(index, folder), override_of(index, folder)
        self.files = [path]
        self.is_base_elsewhere = base is not None and path not in (base, override)
        """Whether it is a variant that is laid over another file by hand."""
        own = _root(stream)
        self.root = own
        self.is_known = True
        """Whether every file that belongs to it could be read."""
        if base is None or override is None or path not in (base, override):
            return
        other = stream_of(index, override if path == base else base)
        others = _root(other)
        if other is None or others is None or own is None:
            self.is_known = other is not None and others is not None
            return
        self.files = [base, override]
        lower, upper = (own, others) if path == base else (others, own)
        made = merged(lower, upper)
        self.root = made if isinstance(made, yaml.Mapping) else own

    def section(self, name: str) -> Iterator[tuple[Text, yaml.Node]]:
        """The entries of a top-level key, those of included files too."""
        for root in (self.root, *self.included):
            node = root.get(name) if root is not None else None
            if isinstance(node, yaml.Mapping):
                yield from node.items()

    @property
    def included(self) -> list[yaml.Mapping]:
        """The roots of included files; what cannot be read makes the project unknown."""
        if self._included is None:
            self._included = []
            if self.root is not None and "include" in self.root:
                self._include(self.root, {*self.files})
        return self._included

    def _include(self, root: yaml.Mapping, seen: set[str]) -> None:
        todo = [root]
        while todo:
            for item in items(todo.pop().get("include")):
                folder = posixpath.dirname(item.source.path)
                paths = items(item.get("path")) if isinstance(item, yaml.Mapping) else [item]
                layers: list[yaml.Mapping] = []
                for path in paths:
                    name = self._path(folder, path)
                    found = _root(stream_of(self._index, name)) if name is not None and len(seen) < MAX_FILES else None
                    if found is None or name is None:
                        self.is_known = False
                    elif name not in seen:
                        seen.add(name)
                        layers.append(found)
                if layers:
                    whole: yaml.Node = layers[0]
                    for layer in layers[1:]:
                        whole = merged(whole, layer)
                    if isinstance(whole, yaml.Mapping):
                        assert self._included is not None
                        self._included.append(whole)
                        todo.append(whole)

    def _path(self, folder: str, node: yaml.Node | None) -> str | None:
        """The path of the root that a file name stands for; None where it cannot be told."""
        text = self.interpolation.text(node)
        return None if text is None or isinstance(text, Unknown) else self._index.resolve(folder, str(text))

    def view(self, name: str) -> tuple[yaml.Mapping, bool] | None:
        """A service with what it extends, and whether all of that could be read."""
        if name not in self._views:
            for root in (self.root, *self.included):
                services = root.get("services") if root is not None else None
                node = services.get(name) if isinstance(services, yaml.Mapping) else None
                if isinstance(node, yaml.Mapping) and isinstance(services, yaml.Mapping):
                    self._views[name] = self._extended(node, services, {("", name)})
                    break
        return self._views.get(name)

    def _extended(
        self, node: yaml.Mapping, services: yaml.Mapping | None, seen: set[tuple[str, str]]
    ) -> tuple[yaml.Mapping, bool]:
        """A service laid over the one that it extends, and so on down."""
        chain = [node]
        known = True
        while "extends" in chain[-1]:
            extends = chain[-1].get("extends")
            key = self.interpolation.text(extends.get("service") if isinstance(extends, yaml.Mapping) else extends)
            file = extends.get("file") if isinstance(extends, yaml.Mapping) else None
            where = ""
            if file is not None:
                path = self._path(posixpath.dirname(file.source.path), file)
                root = _root(stream_of(self._index, path)) if path is not None else None
                found = root.get("services") if root is not None else None
                services = found if isinstance(found, yaml.Mapping) else None
                where = path or "?"
            base = services.get(key) if services is not None and isinstance(key, Text) else None
            if not isinstance(base, yaml.Mapping) or (where, str(key)) in seen or len(chain) > MAX_EXTENDS:
                known = False
                break
            seen.add((where, str(key)))
            chain.append(base)
        whole: yaml.Node = chain.pop()
        while chain:
            whole = merged(whole, chain.pop(), ("services", "*"))
        return (whole if isinstance(whole, yaml.Mapping) else node), known
