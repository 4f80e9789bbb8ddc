"""What Render refuses in render.yaml beyond its shape, and what Railway passes over: keys at another place, words of other tools."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.analysis.shared.fault import Fault
from infralint.model.element import Element
from infralint.model.platform.railway import RailwayDocument
from infralint.model.platform.render import RenderDocument
from infralint.model.shared.value import get, pairs_of, text_of
from infralint.syntax.yaml import Mapping, Node, Scalar
from infralint.tables.platform_railway import SECTIONS, VARIABLES
from infralint.tables.platform_render import OTHER_TYPES
from infralint.text.source import Text


def render_faults(file: RenderDocument) -> Iterator[Fault]:
    """The faults that the shape of the file does not show."""
    for node in file.listed():
        kind = text_of(node.get("type"))
        if kind is None:
            continue
        meant = OTHER_TYPES.get(kind.lower())
        if meant == "databases":
            message = f"service type is `{kind}`; Render takes databases under `databases`, not under `services`"
            yield Fault("database-as-service", message, kind)
        elif meant is not None:
            yield Fault("service-type", f"service type is `{kind}`; Render calls it `{meant}`", kind, meant)
        name = text_of(node.get("name"))
        at: Text = name if name is not None else kind
        if kind == "cron" and "schedule" not in node:
            yield Fault("missing-schedule", f"cron job `{at}` has no `schedule`; Render refuses it", at)
        yield from _instances(node, at)


def _instances(node: Mapping, name: Text) -> Iterator[Fault]:
    """A disk, which one instance alone can have, beside more than one instance."""
    if not isinstance(node.get("disk"), Mapping):
        return
    count = node.get("numInstances")
    if isinstance(count, Scalar) and isinstance(count.value, int) and count.value > 1:
        message = f"service `{name}` has a disk and {count.value} instances; Render runs one instance of a service with a disk"
        yield Fault("disk-with-instances", message, count)
    key = node.key("scaling")
    if key is not None and isinstance(node.get("scaling"), Mapping):
        message = f"service `{name}` has a disk and scales; Render runs one instance of a service with a disk"
        yield Fault("disk-with-instances", message, key)


def railway_faults(file: RailwayDocument) -> Iterator[Fault]:
    """Keys that stand in another section than Railway reads them from, and variables, which it reads from nowhere here."""
    root = file.root
    if root is None:
        return
    for scope in (root, *(node for _, node in pairs_of(root.get("environments")))):
        yield from _misplaced(scope, scope, "")
        for section in SECTIONS:
            node = get(scope, section)
            if isinstance(node, Mapping):
                yield from _misplaced(scope, node, section)


def _misplaced(scope: Node, node: Node, section: str) -> Iterator[Fault]:
    known = SECTIONS.get(section, ("$schema", "build", "deploy", "environments"))
    for key, value in pairs_of(node):
        if key in known:
            continue
        other = next((name for name, keys in SECTIONS.items() if key in keys and name != section), None)
        if other is not None:
            message = f"`{key}` stands {f'in `{section}`' if section else 'outside of its section'}; Railway reads it in `{other}`"
            yield Fault("misplaced-key", message, key)
        elif key in VARIABLES and isinstance(value, Mapping):
            message = f"Railway reads no variables from this file; `{key}` has no effect"
            yield Fault("variables", message, Element(key.source, key.start, key.end))
