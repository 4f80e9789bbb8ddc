"""Where keys of a service are written."""

from __future__ import annotations

from infralint.model.compose.service import Service
from infralint.model.element import Element, fact_of
from infralint.syntax import yaml
from infralint.text.source import Text


class Setting(Element):
    """A key with its value."""

    __slots__ = ("name",)
    name: str

    def __init__(self, pair: yaml.Pair) -> None:
        super().__init__(pair.source, pair.start, pair.end)
        self.name = pair.name

    def __str__(self) -> str:
        return self.name


@fact_of(Service)
def nearest_key(service: Service, key: str) -> Text:
    """The last key that is written on a dotted way, where the rest is missing; the service's name at least."""
    found, node = service.name, service.view
    for part in key.split("."):
        name = node.key(part)
        value = node.get(part)
        if name is None or name.source is not service.source:
            break
        found = name
        if not isinstance(value, yaml.Mapping):
            break
        node = value
    return found


@fact_of(Service)
def setting(service: Service, key: str) -> Setting | None:
    """A key with its value, in whatever file or fragment it is written."""
    pair = service.view.pair(key)
    return Setting(pair) if pair is not None else None


@fact_of(Service)
def own_setting(service: Service, key: str) -> yaml.Pair | None:
    """A key of this file with its value, to be changed or removed as one; absent where another file's wins."""
    pair = service.node.pair(key)
    if pair is None or pair.key.parent is not service.node:
        return None
    winner = service.view.pair(key)
    return pair if winner is not None and winner.value.source is service.source else None
