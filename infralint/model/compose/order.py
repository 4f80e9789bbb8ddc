"""Entries of a mapping or list in the order of the file, and edits that put them in another."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, NamedTuple

from infralint.model.element import Element, askable, fact
from infralint.syntax import yaml
from infralint.syntax.yaml_edit import column_of, set_key, step_of
from infralint.text.edit import Edit
from infralint.text.source import Source, Text


class Place(NamedTuple):
    """An entry: what it is sorted by, where it stands, and what it is called."""

    rank: Any
    start: int
    end: int
    label: Text | None


class Order(Element):
    """Entries in the order of the file, each with what it is sorted by."""

    __slots__ = ("_places", "_tree")

    def __init__(self, at: Text | None, tree: yaml.Mapping | yaml.Sequence, places: list[Place]) -> None:
        source = tree.source
        super().__init__(source, at.start if at is not None else tree.start, at.end if at is not None else tree.end)
        self._tree = tree
        self._places = places

    @fact
    def is_out_of_order(self) -> bool:
        """Whether an entry stands below one that belongs behind it."""
        ranks = [place.rank for place in self._places]
        return any(one > two for one, two in pairwise(ranks))

    @fact
    def into_alphabet(self) -> list[Edit] | None:
        """Edits that put the entries in order, with their comments; blank lines stay where they are."""
        return reordered(self._tree, self._places)


class Keys(Element):
    """The keys of a mapping in the order of the file; `fragments` is the name that `x-` keys share, if they do."""

    __slots__ = ("_fragments", "_node")

    def __init__(self, node: yaml.Mapping, fragments: str = "") -> None:
        super().__init__(node.source, node.start, node.end)
        self._node = node
        self._fragments = fragments

    def _ranked(self, order: list[str]) -> list[Place]:
        """The pairs with their places in the order: unknown keys have that of the known one above them."""
        rank = {name: at for at, name in enumerate(order)}
        placed: list[Place] = []
        last = -1
        for pair in self._node.pairs:
            name = self._fragments if self._fragments and pair.name.startswith("x-") else pair.name
            last = rank.get(name, last)
            placed.append(_place(last, pair))
        return placed

    @askable
    def are_out_of(self, order: list[str]) -> bool:
        """Whether a key stands below one that the order puts under it."""
        return self.misplaced(order) is not None

    @askable
    def misplaced(self, order: list[str]) -> Text | None:
        """The first key that stands below one that the order puts under it."""
        return first_down(self._ranked(order))

    @askable
    def put_in(self, order: list[str]) -> list[Edit] | None:
        """Edits that move the lines of each key, with their comments, into the order."""
        return reordered(self._node, self._ranked(order))

    @fact
    def _by_name(self) -> list[Place]:
        return [_place(pair.name, pair) for pair in self._node.pairs]

    @fact
    def first_out_of_alphabet(self) -> Text | None:
        """The first key that stands below one that the alphabet puts behind it."""
        return first_down(self._by_name)

    @fact
    def into_alphabet(self) -> list[Edit] | None:
        """Edits that put the keys into the order of the alphabet."""
        return reordered(self._node, self._by_name)


def _place(rank: Any, pair: yaml.Pair) -> Place:
    return Place(rank, pair.start, pair.end, pair.key.text if isinstance(pair.key, yaml.Scalar) else None)


def of_names(at: Text | None, node: yaml.Node | None) -> Order | None:
    """The pairs of a mapping, or the items of a list of texts, by their names; absent for anything else."""
    if isinstance(node, yaml.Mapping):
        return Order(at, node, [_place(pair.name, pair) for pair in node.pairs])
    if isinstance(node, yaml.Sequence) and all(isinstance(item, yaml.Scalar) for item in node.items):
        return of_list(at, node, [item.content for item in node.items if isinstance(item, yaml.Scalar)])
    return None


def of_list(at: Text | None, node: yaml.Sequence, ranks: list[Any]) -> Order:
    """The items of a list by the given ranks."""
    places = [
        Place(rank, item.start, item.end, item.text if isinstance(item, yaml.Scalar) else None)
        for rank, item in zip(ranks, node.items, strict=True)
    ]
    return Order(at, node, places)


def first_down(places: list[Place]) -> Text | None:
    """The label of the first entry that stands below one of a higher rank."""
    highest: Any = None
    for place in places:
        if highest is not None and place.rank < highest:
            return place.label
        highest = place.rank
    return None


def reordered(tree: yaml.Mapping | yaml.Sequence, places: list[Place]) -> list[Edit] | None:
    """Edits that put the lines of each entry in order of rank.

    Comments move with the entry that they stand right above, beside or in; blank lines and comments that stand
    for themselves stay. None where entries share a line, or an alias would come before its anchor.
    """
    source = tree.source
    order = sorted(range(len(places)), key=lambda at: (places[at].rank, at))
    if order == list(range(len(places))):
        return None
    if tree.is_flow:
        return _in_flow(source, places, order) if isinstance(tree, yaml.Sequence) else None
    bounds = _bounds(source, places, tree.parent is None)
    if bounds is None:
        return None
    bodies = [source.text[low:high] for low, high in bounds]
    if not _keeps_anchors([bodies[at] for at in order]):
        return None
    edits = []
    for (low, high), was, at in zip(bounds, bodies, order, strict=True):
        body = bodies[at]
        if not body.endswith(("\n", "\r")):
            body += source.newline
        if not was.endswith(("\n", "\r")):
            body = body.rstrip("\r\n")
        if body != was:
            edits.append(Edit(source.path, low, high, body))
    return edits


def append_item(tree: yaml.Sequence, item: str) -> list[Edit] | None:
    """Edits that put a plain item behind the last one, in the list's own style."""
    source = tree.source
    if not tree.items:
        return [Edit(source.path, tree.start, tree.end, f"[{item}]")] if tree.is_flow else None
    last = tree.items[-1]
    if tree.is_flow:
        return [Edit(source.path, last.end, last.end, f", {item}")]
    line = source.line_of(max(last.end - 1, last.start))
    first = source.line_of(tree.items[0].start)
    lead = source.text[source.line_starts[first - 1] : tree.items[0].start]
    if lead.strip(" ") != "-":
        return None
    if line < len(source.line_starts):
        return [Edit(source.path, source.line_starts[line], source.line_starts[line], f"{lead}{item}{source.newline}")]
    return [Edit(source.path, len(source.text), len(source.text), f"{source.newline}{lead}{item}")]


def with_key(tree: yaml.Mapping, key: str, value: str) -> list[Edit] | None:
    """Edits that give a mapping a key behind its last one and that one's comments; absent where it has the key."""
    return None if key in tree else _behind_comments(tree, set_key(tree, [key], value))


def _behind_comments(tree: yaml.Mapping, made: list[Edit] | None) -> list[Edit] | None:
    """The edit of new lines, put below the comments that stand deeper than the keys of the mapping."""
    if made is None or len(made) != 1 or tree.is_flow or not tree.pairs:
        return made
    source, edit = tree.source, made[0]
    column = column_of(source, tree.pairs[0].start)
    line = source.line_of(edit.start)
    if edit.start != edit.end or source.line_starts[line - 1] != edit.start:
        return made
    first = line
    while line <= len(source.line_starts) and _is_comment(source, line, column + 1, 10_000):
        line += 1
    if line == first:
        return made
    if line <= len(source.line_starts):
        at = source.line_starts[line - 1]
        return [Edit(edit.path, at, at, edit.text)]
    at, text = len(source.text), edit.text
    return [Edit(edit.path, at, at, source.newline + text.removesuffix(source.newline))]


def set_keys(tree: yaml.Mapping, key: str, values: dict[str, str]) -> list[Edit] | None:
    """Edits that give a mapping a key with several values below it; absent where it has the key."""
    if key in tree:
        return None
    if tree.is_flow:
        return set_key(tree, [key], "{" + ", ".join(f"{name}: {value}" for name, value in values.items()) + "}")
    (first, value), *rest = values.items()
    made = _behind_comments(tree, set_key(tree, [key, first], value))
    if made is None or len(made) != 1 or not tree.pairs:
        return None
    source, edit = tree.source, made[0]
    pad = " " * (column_of(source, tree.pairs[0].start) + step_of(tree))
    more = "".join(f"{source.newline}{pad}{name}: {value}" for name, value in rest)
    ends = edit.text.endswith(source.newline)
    text = edit.text[: -len(source.newline)] + more + source.newline if ends else edit.text + more
    return [Edit(edit.path, edit.start, edit.end, text)]


def _in_flow(source: Source, places: list[Place], order: list[int]) -> list[Edit]:
    texts = [source.text[place.start : place.end] for place in places]
    return [
        Edit(source.path, place.start, place.end, texts[at])
        for place, was, at in zip(places, texts, order, strict=True)
        if texts[at] != was
    ]


def _bounds(source: Source, places: list[Place], is_top: bool) -> list[tuple[int, int]] | None:
    """The lines of each entry, with the comments that belong to it."""
    text, starts = source.text, source.line_starts
    bounds: list[tuple[int, int]] = []
    floor = 0
    for number, place in enumerate(places):
        line = source.line_of(place.start)
        lead = text[starts[line - 1] : place.start]
        if lead.strip(" \t") not in ("", "-") or starts[line - 1] < floor:
            return None
        column = len(lead) - len(lead.lstrip(" "))
        if "-" not in lead:
            column = column_of(source, place.start)
        first = line
        while first > 1 and starts[first - 2] >= floor and _is_comment(source, first - 1, column, column):
            first -= 1
        if number == 0 and is_top and first == 1:
            first = line  # what heads the file stays there
        last = source.line_of(max(place.end - 1, place.start))
        while last < len(starts) and _is_comment(source, last + 1, column + 1, 10_000):
            last += 1
        low = starts[first - 1]
        floor = starts[last] if last < len(starts) else len(text)
        bounds.append((low, floor))
    return bounds


def _is_comment(source: Source, line: int, least: int, most: int) -> bool:
    body = source.line_text(line)
    indent = len(body) - len(body.lstrip(" "))
    return body[indent : indent + 1] == "#" and least <= indent <= most


def _keeps_anchors(bodies: list[str]) -> bool:
    """Whether each alias still stands behind its anchor, as far as both are among what is moved."""
    import re

    if not any("&" in body for body in bodies):
        return True
    home: dict[str, int] = {}
    for number, body in enumerate(bodies):
        for name in re.findall(r"(?:^|\s)&([^\s,\[\]{}]+)", body):
            home.setdefault(name, number)
    for number, body in enumerate(bodies):
        for name in re.findall(r"(?:^|[\s\[,:])\*([^\s,\[\]{}]+)", body):
            if home.get(name, -1) > number:
                return False
    return True
