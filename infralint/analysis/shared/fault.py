"""The noun `fault`: a place where a file is not what the system that reads it accepts."""

from __future__ import annotations

from infralint.model.element import Element
from infralint.text.source import Located


class Fault(Element):
    """A place where a file is not what the system that reads it accepts: a CI system, a deployment platform."""

    __slots__ = ("is_certain", "message", "name", "nearest", "restates_schema", "route_of")
    name: str
    """`unknown-key`, `missing-key`, `wrong-type`, `bad-value`, `duplicate-key`, `alias`, or a name of the system's own checks."""
    message: str
    nearest: str | None
    """The key that was probably meant."""

    restates_schema: bool
    """Whether it says better what the published schema says of the same line."""
    is_certain: bool
    """Whether the system refuses it; not where only the published schema is narrower than the system may be."""

    def __init__(
        self, name: str, message: str, at: Located, nearest: str | None = None, is_certain: bool = True
    ) -> None:
        super().__init__(at.source, at.start, at.end)
        self.name = name
        self.message = message
        self.nearest = nearest
        self.is_certain = is_certain
        self.restates_schema = False
        self.route_of: tuple[str, ...] = ()
        """The keys that lead to it, `*` for a place in a list; where a schema found it."""

    @property
    def is_of_schema(self) -> bool:
        """Whether the published schema says so, and not a check of our own."""
        return self.restates_schema or self.name in ("unknown-key", "missing-key", "wrong-type", "bad-value")
