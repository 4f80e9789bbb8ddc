"""Published ports of a compose service, short or long form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infralint.model.compose.interpolation import Scope
from infralint.model.element import UNKNOWN, Element, Unknown, askable, fact
from infralint.syntax import yaml, yaml_edit
from infralint.tables.compose import DATABASE_PORTS
from infralint.text.edit import Edit
from infralint.text.source import Text

if TYPE_CHECKING:
    from infralint.model.compose.service import Service

TextOrUnknown = Text | Unknown | None
EVERYWHERE = frozenset(("", "0.0.0.0", "::", "[::]"))


class Port(Element):
    """A published port, short or long form."""

    __slots__ = ("_node", "_owner", "_scope")

    def __init__(self, node: yaml.Node, scope: Scope, owner: Service) -> None:
        super().__init__(node.source, node.start, node.end)
        self._node = node
        self._scope = scope
        self._owner = owner

    @property
    def node(self) -> yaml.Node:
        return self._node

    @fact
    def service(self) -> Text:
        """The name of the service that publishes it."""
        return self._owner.name

    @fact
    def rival_range(self) -> Port | None:
        """The range of another service out of which Docker may take the same port of the host."""
        ports = self._owner.neighbours.ports
        if self.is_chosen_from_range or id(self._node) not in ports or self.earlier_twin is not None:
            return None
        return next((one for one in ports.values() if one.is_chosen_from_range and overlap(one, self)), None)

    @fact
    def earlier_twin(self) -> Port | None:
        """The port above that certainly wants the same port of the host; those of services with profiles may not run."""
        ports = self._owner.neighbours.ports
        if id(self._node) not in ports:
            return None
        for other in ports.values():
            if other.node is self._node:
                return None
            if collide(other, self):
                return other
        return None

    @fact
    def rank(self) -> int:
        """Its place among others: the host's port, the container's where none is written, -1 for a variable's."""
        if isinstance(self.published, Unknown) or isinstance(self.text, Unknown) or "$" in str(self):
            return -1
        span = self.published_range or self.target_range
        return span[0] if span is not None else -1

    @fact
    def is_long(self) -> bool:
        """Whether it is written as a mapping."""
        return isinstance(self._node, yaml.Mapping)

    @fact
    def place(self) -> Element:
        """Where it is written; where it is the only one of its list, the key with it."""
        tree = self._node.parent
        holder = tree.parent if isinstance(tree, yaml.Sequence) and len(tree.items) == 1 else None
        pairs = holder.pairs if isinstance(holder, yaml.Mapping) else []
        pair = next((pair for pair in pairs if pair.value is tree), None)
        return Element(pair.source, pair.start, pair.end) if pair is not None else self

    @fact
    def is_unquoted(self) -> bool:
        """Whether it is a plain scalar, whose type is left to the YAML reader."""
        return isinstance(self._node, yaml.Scalar) and not self._node.style and self._node.value is not None

    @fact
    def text(self) -> TextOrUnknown:
        """The short form, as written."""
        return self._scope.text(self._node)

    @fact
    def host_ip(self) -> TextOrUnknown:
        """The address it is bound to."""
        if self.is_long:
            published = self._part(1)
            if isinstance(published, Text) and "." in published and ":" in published:
                return published.slice(0, published.rfind(":"))
        return self._part(0)

    @fact
    def published(self) -> TextOrUnknown:
        """The port on the host."""
        return self._part(1)

    @fact
    def target(self) -> TextOrUnknown:
        """The port in the container."""
        return self._part(2)

    @fact
    def protocol(self) -> str | Unknown:
        """`tcp` or `udp`."""
        if isinstance(self._node, yaml.Mapping):
            text = self._scope.text(self._node.get("protocol"))
            return UNKNOWN if isinstance(text, Unknown) else str(text or "tcp").lower()
        text = self.text
        if text is None or isinstance(text, Unknown):
            return UNKNOWN
        return text.partition("/")[2].lower() or "tcp"

    @fact
    def is_published(self) -> bool | Unknown:
        """Whether it is opened on the host; a long form without `published` gets a port by chance."""
        if self.is_long and isinstance(self._node, yaml.Mapping):
            return "published" in self._node
        return UNKNOWN if isinstance(self.text, Unknown) else True

    @fact
    def is_on_every_interface(self) -> bool | Unknown:
        """Whether it listens on all addresses of the host, said or unsaid."""
        address = self.host_ip
        if isinstance(address, Unknown) or isinstance(self.text, Unknown):
            return UNKNOWN
        return str(address or "") in EVERYWHERE

    @fact
    def published_range(self) -> tuple[int, int] | None:
        """First and last port on the host; absent where none is fixed or it is unknown."""
        return span_of(self.published)

    @fact
    def target_range(self) -> tuple[int, int] | None:
        """First and last port in the container; absent where it is unknown."""
        return span_of(self.target)

    @fact
    def is_chosen_from_range(self) -> bool:
        """Whether the host's port is the first free one of a range."""
        host, inner = self.published_range, self.target_range
        return host is not None and inner is not None and host[1] > host[0] and inner[1] - inner[0] != host[1] - host[0]

    @fact
    def is_valid(self) -> bool | Unknown:
        """Whether Docker takes it: ports from 1 to 65535, ranges of one length, a protocol it knows."""
        if (
            isinstance(self.text, Unknown)
            or self.target is None
            or any(isinstance(one, Unknown) for one in (self.target, self.published))
        ):
            return (
                UNKNOWN if self.target is not None or isinstance(self.text, Unknown) else not self.text or self.is_long
            )
        inner, host = self.target_range, self.published_range
        if (
            inner is None
            or (self.published is not None and host is None)
            or self.protocol not in ("tcp", "udp", "sctp")
        ):
            return False
        if any(not 0 <= low <= high <= 65535 for low, high in (inner, host or inner)):
            return False
        return host is None or inner[0] == inner[1] or host[1] - host[0] == inner[1] - inner[0]

    @fact
    def is_privileged(self) -> bool | Unknown:
        """Whether the host's or the container's port is one below 1024, which ordinary users may not open."""
        spans = [one for one in (self.published_range, self.target_range) if one is not None]
        return any(low < 1024 for low, _ in spans) if spans else UNKNOWN

    @fact
    def database(self) -> str | None:
        """The database or cache that listens on the container's port by convention."""
        span = self.target_range
        return DATABASE_PORTS.get(span[0]) if span is not None and span[0] == span[1] else None

    @askable
    def bound_to(self, address: str) -> list[Edit] | None:
        """Edits that bind it to an address of the host."""
        node = self._node
        if isinstance(node, yaml.Mapping):
            pair = node.pair("host_ip")
            if pair is not None:
                value = pair.value
                return (
                    [Edit(self.source.path, value.start, value.end, address)]
                    if isinstance(value, yaml.Scalar)
                    else None
                )
            return yaml_edit.set_key(node, ["host_ip"], address)
        if not isinstance(node, yaml.Scalar) or node.style in ("|", ">"):
            return None
        written, rest = self.host_ip, node.content
        if node.text.style == "*" or isinstance(written, Unknown) or "$" in rest:
            return None
        if written:
            rest = rest[len(written) + 1 :]
        elif ":" not in rest:
            if "/" in rest or "-" in rest:
                return None
            rest = f":{rest}"
        quote = node.style or '"'
        return [Edit(self.source.path, node.start, node.end, f"{quote}{address}:{rest}{quote}")]

    @askable
    def quoted_in(self, quote: str) -> list[Edit] | None:
        """Edits that put it into quotes."""
        node = self._node
        if not isinstance(node, yaml.Scalar) or node.style or node.text.style == "*" or quote not in ("'", '"'):
            return None
        if any(sign in node.content for sign in "'\"\\\n"):
            return None
        return [Edit(self.source.path, node.start, node.end, f"{quote}{node.content}{quote}")]

    def _part(self, index: int) -> TextOrUnknown:
        if isinstance(self._node, yaml.Mapping):
            return self._scope.text(self._node.get(("host_ip", "published", "target")[index]))
        text = self.text
        if text is None or isinstance(text, Unknown):
            return text
        end = text.find("/") if "/" in text else len(text)
        cuts: list[tuple[int, int]] = []
        at = end
        for _ in range(2):
            colon = text.rfind(":", 0, at)
            if colon < 0:
                break
            cuts.append((colon + 1, at))
            at = colon
        cuts.append((0, at))
        parts: list[Text | None] = [text.slice(*cut) if cut[1] > cut[0] else None for cut in cuts]
        parts += [None] * (3 - len(parts))
        return parts[2 - index]

    def __str__(self) -> str:
        if isinstance(self._node, yaml.Mapping):
            return f"{self.published or ''}:{self.target}" if self.published is not None else str(self.target)
        return self._node.content if isinstance(self._node, yaml.Scalar) else self.raw


def span_of(text: TextOrUnknown) -> tuple[int, int] | None:
    """`80` or `80-90` as first and last port; None for anything else. An address before a colon does not count."""
    if text is None or isinstance(text, Unknown):
        return None
    low, dash, high = text.rpartition(":")[2].partition("-")
    if not (low.isdecimal() and low.isascii()) or (dash and not (high.isdecimal() and high.isascii())):
        return None
    if len(low) > 5 or len(high) > 5:
        return None
    return int(low), int(high) if dash else int(low)


def collide(one: Port, two: Port) -> bool:
    """Whether both certainly want the same port of the host."""
    if one.is_chosen_from_range or two.is_chosen_from_range:
        return False
    return overlap(one, two)


def overlap(one: Port, two: Port) -> bool:
    """Whether both can be given the same port of the host."""
    first, second = one.published_range, two.published_range
    if first is None or second is None or one.protocol != two.protocol:
        return False
    if first[0] > second[1] or second[0] > first[1]:
        return False
    hosts = (one.host_ip, two.host_ip)
    if any(isinstance(host, Unknown) for host in hosts):
        return False
    addresses = [str(host or "") for host in hosts]
    return addresses[0] == addresses[1] or any(address in EVERYWHERE for address in addresses)
