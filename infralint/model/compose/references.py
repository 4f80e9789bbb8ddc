"""What services name of the rest of their project, and whether it is there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from infralint.model.compose.interpolation import at_path, items
from infralint.model.compose.merge import split_fields
from infralint.model.element import Element, Unknown, fact
from infralint.syntax import yaml
from infralint.text.edit import Edit
from infralint.text.source import Text

if TYPE_CHECKING:
    from infralint.model.compose.document import ComposeDocument

MAX_NAMES = 300


class Reference(Element):
    """A name that a service uses for something that the project declares."""

    __slots__ = ("_always", "_document", "_pair", "name", "sort")
    name: Text
    sort: str
    """`network`, `volume`, `secret`, `config` or `service`."""

    def __init__(self, document: ComposeDocument, sort: str, name: Text, pair: yaml.Pair | None, always: bool) -> None:
        super().__init__(name.source, name.start, name.end)
        self._document = document
        self._pair = pair
        self._always = always
        self.sort = sort
        self.name = name

    @fact
    def is_declared(self) -> bool | Unknown:
        """Whether the project has it; unknown where a file of the project could not be read."""
        return self._document.declares(self.sort, str(self.name))

    @fact
    def needs_profile(self) -> bool:
        """Whether it is a service that only a profile starts, named by one that always runs."""
        return self._always and str(self.name) in self._document.neighbours.optional

    @fact
    def nearest(self) -> str | None:
        """The declared name that is most like it."""
        import difflib

        names = self._document.declared(self.sort)
        close = difflib.get_close_matches(str(self.name), names, 1, 0.75) if len(names) < MAX_NAMES else []
        return close[0] if close else None

    @fact
    def corrected(self) -> list[Edit] | None:
        """Edits that write the declared name that is most like it."""
        if self.nearest is None or self.name.style == "*" or self.name.pieces is None:
            return None
        end = self._pair.end if self._pair is not None else self.end  # a key changes where its value belongs
        if self._pair is not None and self._pair.key.parent is None:
            return None
        return [Edit(self.source.path, self.start, end, self.nearest + self.source.text[self.end : end])]

    def __str__(self) -> str:
        return str(self.name)


def references(document: ComposeDocument, view: yaml.Mapping, always: bool) -> list[Reference]:
    """What a service names, in the order of its keys; names that hold a variable are left out.

    `always`: it runs without a profile.
    """
    found = []
    for sort, name in _names(view):
        if name and "$" not in name:
            holder = (
                view.get("networks" if sort == "network" else "depends_on") if sort in ("network", "service") else None
            )
            pair = holder.pair(str(name)) if isinstance(holder, yaml.Mapping) else None
            found.append(Reference(document, sort, name, pair, always))
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
