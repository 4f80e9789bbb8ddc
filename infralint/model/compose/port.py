"""Published ports of a compose service, short or long form."""

from __future__ import annotations

from infralint.model.compose.interpolation import InterpolationContext, TextOrUnknown
from infralint.model.element import UNKNOWN, Element, Unknown, fact
from infralint.syntax import yaml
from infralint.text.source import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from infralint.model.compose.service import Service


class Port(Element):
    """A published port, short or long form."""

    __slots__ = ("interpolation", "node", "service")
    service: Service
    """The service that it belongs to."""

    def __init__(self, node: yaml.Node, interpolation: InterpolationContext, service: Service) -> None:
        super().__init__(node.source, node.start, node.end)
        self.node = node
        self.interpolation = interpolation
        self.service = service

    @fact
    def is_long(self) -> bool:
        """Whether it is written as a mapping."""
        return isinstance(self.node, yaml.Mapping)

    @fact
    def text(self) -> TextOrUnknown:
        """The short form, as written."""
        return self.interpolation.text(self.node)

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
        if isinstance(self.node, yaml.Mapping):
            text = self.interpolation.text(self.node.get("protocol"))
            return UNKNOWN if isinstance(text, Unknown) else str(text or "tcp").lower()
        text = self.text
        if text is None or isinstance(text, Unknown):
            return UNKNOWN
        return text.partition("/")[2].lower() or "tcp"

    @fact
    def is_published(self) -> bool | Unknown:
        """Whether it is opened on the host; a long form without `published` gets a port by chance."""
        if self.is_long and isinstance(self.node, yaml.Mapping):
            return "published" in self.node
        return UNKNOWN if isinstance(self.text, Unknown) else True

    def _part(self, index: int) -> TextOrUnknown:
        if isinstance(self.node, yaml.Mapping):
            return self.interpolation.text(self.node.get(("host_ip", "published", "target")[index]))
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
        if isinstance(self.node, yaml.Mapping):
            return f"{self.published or ''}:{self.target}" if self.published is not None else str(self.target)
        return self.node.content if isinstance(self.node, yaml.Scalar) else self.raw
