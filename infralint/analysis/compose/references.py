"""What services name of the rest of their project, and whether it is there."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.analysis.compose.graph import graph_of, profiles_of
from infralint.analysis.compose.loading import declared_elsewhere
from infralint.model.compose.document import ComposeDocument
from infralint.model.compose.interpolation import at_path, items
from infralint.model.compose.merge import split_fields
from infralint.model.element import UNKNOWN, Element, Unknown, fact_of, noun_of, remembered
from infralint.syntax import yaml
from infralint.text.similar import most_similar
from infralint.text.source import Text

MAX_NAMES = 300
SORTS = ("network", "volume", "secret", "config", "service", "model")


class Reference(Element):
    """A name that a service uses for something that the project declares."""

    __slots__ = ("document", "name", "pair", "profiles", "type")
    name: Text
    type: str
    """`network`, `volume`, `secret`, `config`, `service` or `model`."""

    def __init__(
        self, document: ComposeDocument, sort: str, name: Text, pair: yaml.Pair | None, profiles: frozenset[str]
    ) -> None:
        super().__init__(name.source, name.start, name.end)
        self.document = document
        self.pair = pair
        self.profiles = profiles
        self.type = sort
        self.name = name

    def __str__(self) -> str:
        return str(self.name)


def declared(document: ComposeDocument, sort: str) -> dict[str, None]:
    """The names of a sort (`network`, `volume`, ..., `service`) that the project declares."""
    return _declared(document)[sort]


@remembered
def _declared(document: ComposeDocument) -> dict[str, dict[str, None]]:
    """The declared names by sort."""
    return {sort: {str(key): None for key, _ in document.project.section(sort + "s")} for sort in SORTS}


def declares(document: ComposeDocument, sort: str, name: str) -> bool | Unknown:
    """Whether the project declares a name; unknown where not all of its files are known."""
    if name in declared(document, sort):
        return True
    if sort in ("secret", "config") and not declared(document, sort):
        return UNKNOWN  # a project of which each machine declares them in an override of its own
    known = document.project.is_known and not document.project.is_base_elsewhere and is_complete(document)
    return declared_elsewhere(document, sort, name) if known else UNKNOWN


@remembered
def is_complete(document: ComposeDocument) -> bool:
    """Whether each service says what it runs, as it must unless the file is laid over another."""
    keys = ("image", "build", "provider")
    return all(any(key in one.view for key in keys) for one in document.services)


@fact_of(Reference)
def is_declared(reference: Reference) -> bool | Unknown:
    """Whether the project has it; unknown where a file of the project could not be read."""
    return declares(reference.document, reference.type, str(reference.name))


@fact_of(Reference)
def needs_profile(reference: Reference) -> bool:
    """Whether it is a service that only a profile starts, named by one that runs without it."""
    needed = graph_of(reference.document).profiles.get(str(reference.name), frozenset())
    written = needed | reference.profiles
    return bool(needed) and needed.isdisjoint(reference.profiles) and not any("$" in one for one in written)


@remembered
def similar_name(reference: Reference) -> str | None:
    """The declared name that is most like it."""
    names = declared(reference.document, reference.type)
    return most_similar(str(reference.name), names, 0.75) if len(names) < MAX_NAMES else None


def _references_of(document: ComposeDocument, view: yaml.Mapping, profiles: frozenset[str]) -> list[Reference]:
    """What a service of some profiles names, in the order of its keys; names that hold a variable are left out."""
    found = []
    for sort, name in _names(view):
        if name and "$" not in name:
            holder = (
                view.get("networks" if sort == "network" else "depends_on") if sort in ("network", "service") else None
            )
            pair = holder.pair(str(name)) if isinstance(holder, yaml.Mapping) else None
            found.append(Reference(document, sort, name, pair, profiles))
    return found


def _names(view: yaml.Mapping) -> Iterator[tuple[str, Text]]:
    networks = view.get("networks")
    if isinstance(networks, yaml.Mapping):
        yield from (("network", key) for key, _ in networks.items() if key != "default")
    else:
        yield from (
            ("network", text) for item in items(networks) if (text := yaml.text(item)) is not None and text != "default"
        )
    for item in items(view.get("volumes")):
        name = _volume(item)
        if name is not None:
            yield "volume", name
    for sort in ("secret", "config"):
        for item in items(view.get(sort + "s")):
            text = yaml.text(item.get("source") if isinstance(item, yaml.Mapping) else item)
            if text is not None:
                yield sort, text
    depends = view.get("depends_on")
    if isinstance(depends, yaml.Mapping):
        for key, value in depends.items():
            required = yaml.text(at_path(value, "required"))
            if required is None or required == "true":
                yield "service", key
    else:
        yield from (("service", text) for item in items(depends) if (text := yaml.text(item)) is not None)
    for item in items(view.get("links")):
        text = yaml.text(item)
        if text is not None:
            yield "service", text.slice(0, len(text.partition(":")[0]))
    for item in items(view.get("volumes_from")):
        text = yaml.text(item)
        if text is not None and not text.startswith("container:"):
            yield "service", text.slice(0, len(text.partition(":")[0]))
    models = view.get("models")
    if isinstance(models, yaml.Mapping):
        yield from (("model", key) for key, _ in models.items())
    else:
        yield from (("model", text) for item in items(models) if (text := yaml.text(item)) is not None)
    contexts = at_path(view, "build.additional_contexts")
    for item in [value for _, value in contexts.items()] if isinstance(contexts, yaml.Mapping) else items(contexts):
        text = yaml.text(item)
        at = text.find("service:") if text is not None else -1
        if text is not None and (at == 0 or (at > 0 and text[at - 1] == "=")):
            yield "service", text.slice(at + len("service:"), len(text))
    for mode in ("network_mode", "pid", "ipc"):
        text = yaml.text(view.get(mode))
        if text is not None and text.startswith("service:"):
            yield "service", text.slice(len("service:"), len(text))


def _volume(item: yaml.Node) -> Text | None:
    """The volume's name; None for a path or an anonymous volume."""
    if isinstance(item, yaml.Mapping):
        if yaml.text(item.get("type")) != "volume":
            return None
        return yaml.text(item.get("source"))
    text = yaml.text(item)
    fields = split_fields(text) if text is not None else []
    if (
        text is None
        or len(fields) < 2
        or not fields[0]
        or fields[0][0] in "./~$"
        or "/" in fields[0]
        or "\\" in fields[0]
    ):
        return None
    return None if fields[0][1:2] == ":" else text.slice(0, len(fields[0]))


@noun_of(ComposeDocument, "reference")
def references(document: ComposeDocument) -> list[Reference]:
    """What its services name of the rest of the project: networks, volumes, secrets, configs and services."""
    return [one for each in document.judged for one in _references_of(document, each.view, profiles_of(each))]
