"""Keys and items in the order of the file, and whether that is the order they should have."""

from __future__ import annotations

from itertools import pairwise

from infralint.analysis.compose.ports import rank_of
from infralint.model.compose.document import File
from infralint.model.compose.port import Port
from infralint.model.compose.service import Service
from infralint.model.element import Element, fact_of, remembered
from infralint.syntax import yaml
from infralint.text.record import NamedTuple
from infralint.text.source import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Place(NamedTuple):
    """An entry: what it is sorted by, where it stands, and what it is called."""

    rank: Any
    start: int
    end: int
    label: Text | None


class Order(Element):
    """Entries in the order of the file, each with what it is sorted by."""

    __slots__ = ("places", "tree")

    def __init__(self, at: Text | None, tree: yaml.Mapping | yaml.Sequence, places: list[Place]) -> None:
        source = tree.source
        super().__init__(source, at.start if at is not None else tree.start, at.end if at is not None else tree.end)
        self.tree = tree
        self.places = places


class Keys(Element):
    """The keys of a mapping in the order of the file; `fragments` is the name that `x-` keys share, if they do."""

    __slots__ = ("fragments", "node")

    def __init__(self, node: yaml.Mapping, fragments: str = "") -> None:
        super().__init__(node.source, node.start, node.end)
        self.node = node
        self.fragments = fragments


@fact_of(File, name="keys")
def file_keys(file: File) -> Keys:
    """Its keys in order; those that begin with `x-` count as one, `x-properties`."""
    return Keys(file.root, "x-properties")


@fact_of(File)
def service_names(file: File) -> Keys | None:
    """The names of its services in order."""
    node = file.root.get("services")
    return Keys(node) if isinstance(node, yaml.Mapping) else None


@fact_of(Order)
def is_out_of_order(order: Order) -> bool:
    """Whether an entry stands below one that belongs behind it."""
    ranks = [place.rank for place in order.places]
    return any(one > two for one, two in pairwise(ranks))


def ranked_pairs(keys: Keys, order: list[str]) -> list[Place]:
    """The pairs with their places in the order: unknown keys have that of the known one above them."""
    rank = {name: at for at, name in enumerate(order)}
    placed: list[Place] = []
    last = -1
    for pair in keys.node.pairs:
        name = keys.fragments if keys.fragments and pair.name.startswith("x-") else pair.name
        last = rank.get(name, last)
        placed.append(_place(last, pair))
    return placed


@fact_of(Keys, name="is_out_of_order")
def keys_are_out_of_order(keys: Keys, order: list[str]) -> bool:
    """Whether a key stands below one that the order puts under it."""
    return first_misplaced_key(keys, order) is not None


@fact_of(Keys, name="first_misplaced")
def first_misplaced_key(keys: Keys, order: list[str]) -> Text | None:
    """The first key that stands below one that the order puts under it."""
    return first_misplaced(ranked_pairs(keys, order))


@remembered
def pairs_by_name(keys: Keys) -> list[Place]:
    """The pairs, each ranked by its name."""
    return [_place(pair.name, pair) for pair in keys.node.pairs]


@fact_of(Keys)
def first_out_of_alphabet(keys: Keys) -> Text | None:
    """The first key that stands below one that the alphabet puts behind it."""
    return first_misplaced(pairs_by_name(keys))


def _place(rank: Any, pair: yaml.Pair) -> Place:
    """A pair as an entry of a rank."""
    return Place(rank, pair.start, pair.end, pair.key.text if isinstance(pair.key, yaml.Scalar) else None)


def _of_names(at: Text | None, node: yaml.Node | None) -> Order | None:
    """The pairs of a mapping, or the items of a list of texts, by their names; absent for anything else."""
    if isinstance(node, yaml.Mapping):
        return Order(at, node, [_place(pair.name, pair) for pair in node.pairs])
    if isinstance(node, yaml.Sequence) and all(isinstance(item, yaml.Scalar) for item in node.items):
        return _of_list(at, node, [item.content for item in node.items if isinstance(item, yaml.Scalar)])
    return None


def _of_list(at: Text | None, node: yaml.Sequence, ranks: list[Any]) -> Order:
    """The items of a list by the given ranks."""
    places = [
        Place(rank, item.start, item.end, item.text if isinstance(item, yaml.Scalar) else None)
        for rank, item in zip(ranks, node.items, strict=True)
    ]
    return Order(at, node, places)


def first_misplaced(places: list[Place]) -> Text | None:
    """The label of the first entry that stands below one of a higher rank."""
    highest: Any = None
    for place in places:
        if highest is not None and place.rank < highest:
            return place.label
        highest = place.rank
    return None


@fact_of(Service, name="keys")
def service_keys(service: Service) -> Keys:
    """Its keys in the order of the file."""
    return Keys(service.node)


@fact_of(Service)
def port_order(service: Service) -> Order | None:
    """`ports` by the host's ports; those of variables come first."""
    node = service.node.get("ports")
    if not isinstance(node, yaml.Sequence) or node is not service.view.get("ports"):
        return None
    ranks = [rank_of(Port(item, service.interpolation, service)) for item in node.items]
    return _of_list(service.node.key("ports"), node, ranks)


@fact_of(Service)
def dependency_order(service: Service) -> Order | None:
    """`depends_on` by name."""
    return _of_names(service.node.key("depends_on"), service.node.get("depends_on"))
