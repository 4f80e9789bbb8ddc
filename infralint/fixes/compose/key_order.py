"""Edits that put keys and items into an order."""

from __future__ import annotations

from infralint.analysis.compose.key_order import Keys, Order, Place, pairs_by_name, ranked_pairs
from infralint.model.element import fact_of
from infralint.syntax import yaml
from infralint.syntax.yaml_edit import column_of
from infralint.text import regex as re
from infralint.text.edit import Edit
from infralint.text.source import Source


@fact_of(Order, name="in_order")
def order_in_order(order: Order) -> list[Edit] | None:
    """Edits that put the entries in order, with their comments; blank lines stay where they are."""
    return reordered(order.tree, order.places)


@fact_of(Keys, name="in_alphabetical_order")
def keys_in_alphabetical_order(keys: Keys) -> list[Edit] | None:
    """Edits that put the keys into the order of the alphabet."""
    return reordered(keys.node, pairs_by_name(keys))


@fact_of(Keys)
def in_given_order(keys: Keys, order: list[str]) -> list[Edit] | None:
    """Edits that move the lines of each key, with their comments, into the order."""
    return reordered(keys.node, ranked_pairs(keys, order))


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


def _in_flow(source: Source, places: list[Place], order: list[int]) -> list[Edit]:
    """Edits of the items of a list on one line."""
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
        while first > 1 and starts[first - 2] >= floor and is_comment(source, first - 1, column, column):
            first -= 1
        if number == 0 and is_top and first == 1:
            first = line  # what heads the file stays there
        last = source.line_of(max(place.end - 1, place.start))
        while last < len(starts) and is_comment(source, last + 1, column + 1, 10_000):
            last += 1
        low = starts[first - 1]
        floor = starts[last] if last < len(starts) else len(text)
        bounds.append((low, floor))
    return bounds


def is_comment(source: Source, line: int, least: int, most: int) -> bool:
    """Whether a line is a comment that is indented by at least and at most so much."""
    body = source.line_text(line)
    indent = len(body) - len(body.lstrip(" "))
    return body[indent : indent + 1] == "#" and least <= indent <= most


def _keeps_anchors(bodies: list[str]) -> bool:
    """Whether each alias still stands behind its anchor, as far as both are among what is moved."""
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
