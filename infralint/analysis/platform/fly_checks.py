"""What flyctl refuses in fly.toml beyond its shape: sizes of volumes, services without ports, strategies that volumes forbid."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.analysis.shared.fault import Fault
from infralint.model.element import Element, fact_of
from infralint.model.platform.fly import FlyDocument
from infralint.model.shared.value import get, mappings, text_of
from infralint.syntax.yaml import Mapping, Scalar
from infralint.text import regex as re

_SIZE = re.compile(r"(?i)(\d+(?:\.\d+)?)\s*([kmgt]?)i?b?")
_UNITS = {"": 1.0, "k": 1e3, "m": 1e6, "g": 1e9, "t": 1e12}
_LEAST_VOLUME = 1e9
_NOT_WITH_VOLUMES = ("canary", "bluegreen")


def fly_faults(file: FlyDocument) -> Iterator[Fault]:
    """The faults that the shape of the file does not show."""
    yield from _mounts(file)
    yield from _services(file)
    strategy = text_of(get(file.root, "deploy", "strategy"))
    if strategy is not None and strategy.lower() in _NOT_WITH_VOLUMES and file.mounts:
        message = f"strategy `{strategy}` cannot replace machines with volumes; flyctl refuses the deployment"
        yield Fault("strategy-with-volume", message, strategy)


def _mounts(file: FlyDocument) -> Iterator[Fault]:
    for mount in file.mounts:
        size = mount.node.get("initial_size")
        text = text_of(size)
        if text is None or not isinstance(size, Scalar) or not size.style:
            continue  # a bare number is read as gigabytes
        match = _SIZE.fullmatch(text.strip())
        if match is None:
            yield Fault("mount-initial-size", f"initial_size `{text}` is no size; flyctl refuses it", text)
        elif match[2] and float(match[1]) * _UNITS[match[2].lower()] < _LEAST_VOLUME:
            yield Fault("mount-initial-size", f"initial_size `{text}` is below 1 GB, the least that Fly.io makes", text)


def _services(file: FlyDocument) -> Iterator[Fault]:
    groups = file.process_names
    for node in mappings(get(file.root, "services")):
        if len(groups) > 1 and "processes" not in node and not mappings(node.get("ports")):
            at = _head(node)
            message = f"service has neither `processes` nor ports, but the app has {len(groups)} process groups"
            yield Fault("service-without-processes", message, at)


def _head(node: Mapping) -> Element:
    end = node.source.line_span(node.source.line_of(node.start)).end
    return Element(node.source, node.start, end)


@fact_of(Fault)
def is_known_key(fault: Fault) -> bool:
    """Whether a key that is not known is most likely another one that is."""
    return fault.nearest is not None
