"""fly.toml: the services of an app, their checks, and what an app sets for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from infralint.model.document import Noun
from infralint.model.element import Element, fact
from infralint.model.platform.document import PlatformDocument
from infralint.model.platform.parts import Command, Header, PlatformVariable, Service, ServiceParts
from infralint.model.platform.reading import headers_of, image_of, integer, variables_of
from infralint.model.shared.image import Image
from infralint.model.shared.keyed import Block
from infralint.model.shared.value import get, mappings, scalars, text_of
from infralint.syntax.yaml import Mapping, Node, Pair, Scalar
from infralint.text.source import Located, Text


class Mount(Block):
    """A volume of an app; it stands at its source."""

    __slots__ = ()

    @fact
    def snapshot_retention(self) -> Text | None:
        """For how many days its snapshots are kept; five where it is not written."""
        return text_of(self.node.get("snapshot_retention"))

    @fact
    def has_snapshots_off(self) -> bool:
        """Whether its daily snapshots are switched off."""
        node = self.node.get("scheduled_snapshots")
        return isinstance(node, Scalar) and node.value is False


class FlyDocument(PlatformDocument):
    """A `fly.toml`."""

    platform = "Fly.io"
    is_lenient = True

    def _serving(self) -> Iterator[tuple[str, Mapping, Located]]:
        """The tables that take requests, each with its name and where it begins."""
        root = self.root
        if root is None:
            return
        single = root.get("http_service")
        if isinstance(single, Mapping):
            yield "http_service", single, _head(root.pair("http_service"), single)
        for node in mappings(root.get("services")):
            port = text_of(node.get("internal_port"))
            yield f"services {port}" if port is not None else "services", node, _head(None, node)

    def read_services(self) -> Iterable[Service]:
        root = self.root
        release = _located(get(root, "deploy", "release_command"))
        volumes = tuple(mount.name for mount in self.mounts)
        top = _located(get(root, "checks"))
        for name, node, head in self._serving():
            checks = next(
                (
                    found
                    for key in ("checks", "http_checks", "tcp_checks", "machine_checks", "script_checks")
                    if (found := _located(node.get(key))) is not None
                ),
                top,
            )
            least = integer(node.get("min_machines_running"))
            yield Service(name, head, node, ServiceParts("web", None, None, checks, release, least, volumes))
        for pair in _pairs(get(root, "processes")):
            text = text_of(pair.value)
            if text and isinstance(pair.key, Scalar):
                yield Service(
                    str(pair.name),
                    pair.key.text,
                    None,
                    ServiceParts("worker", text, None, None, release, None, volumes),
                )

    @property
    def mounts(self) -> list[Mount]:
        """The volumes of the app."""
        found = []
        for key in ("mounts", "mount"):
            for node in mappings(get(self.root, key)):
                name = text_of(node.get("source"))
                if name is not None:
                    found.append(Mount(name, node))
        return found

    @property
    def images(self) -> list[Image]:
        image = image_of(get(self.root, "build", "image"))
        return [image] if image is not None else []

    def read_variables(self) -> Iterable[PlatformVariable]:
        yield from variables_of(get(self.root, "env"))
        yield from variables_of(get(self.root, "build", "args"))

    def read_scripts(self) -> Iterable[Command]:
        for one in self.services:
            if one.command is not None:
                yield Command(one.command, "start")
        for keys, when in ((("deploy", "release_command"), "release"), (("deploy", "seed_command"), "release")):
            text = text_of(get(self.root, *keys))
            if text:
                yield Command(text, when)

    def read_headers(self) -> Iterable[Header]:
        for _, node, _ in self._serving():
            for holder in (node, *mappings(node.get("ports"))):
                yield from headers_of(get(holder, "http_options", "response", "headers"), "/*")

    @property
    def process_names(self) -> list[Text]:
        """The names of the app's process groups."""
        return [pair.key.text for pair in _pairs(get(self.root, "processes")) if isinstance(pair.key, Scalar)]

    nouns = {
        **PlatformDocument.nouns,
        "mount": Noun(Mount, lambda file: file.mounts),
    }


def _pairs(node: Node | None) -> list[Pair]:
    return list(node.effective().values()) if isinstance(node, Mapping) else []


def _located(node: Node | None) -> Located | None:
    """Where a value stands that is not empty."""
    if isinstance(node, Scalar):
        return node.text if text_of(node) else None
    if isinstance(node, Mapping):
        return Element(node.source, node.start, node.end) if node.pairs else None
    if node is None or not (mappings(node) or scalars(node)):
        return None
    return Element(node.source, node.start, node.end)


def _head(pair: Pair | None, node: Mapping) -> Located:
    """The word of a table's header, or its `[[...]]`."""
    if pair is not None and isinstance(pair.key, Scalar):
        return pair.key.text
    _start, end = node.source.line_span(node.source.line_of(node.start))
    text = node.source.text[node.start : end]
    close = text.find("]]")
    return Element(node.source, node.start, node.start + close + 2 if close >= 0 else end)
