"""The noun `image`: a reference to a container image, wherever it is written."""

from __future__ import annotations

from infralint.model.element import UNKNOWN, Element, Truth, Unknown, fact
from infralint.tables.images import (
    ImageReference,
    Part,
    Resolve,
    full_name,
    host_of,
    parse_image,
)
from infralint.text.source import Text


class Image(Element):
    """A container image as FROM, compose or a CI job names it. `reference` is the whole text."""

    __slots__ = ("reference", "resolve")

    def __init__(self, reference: Text, resolve: Resolve | None = None) -> None:
        super().__init__(reference.source, reference.start, reference.end)
        self.reference = reference
        self.resolve = resolve

    @fact
    def parts(self) -> ImageReference:
        """The reference taken apart."""
        return parse_image(self.reference, self.resolve)

    @fact
    def name(self) -> Part:
        """Registry and repository as written, without tag and digest."""
        return self.parts.name

    @fact
    def full_name(self) -> str | Unknown:
        """The name in full: `docker.io/library/python` for `python`."""
        return full_name(self.parts)

    @fact
    def short_name(self) -> str | Unknown:
        """The last word of the repository: `python` for `docker.io/library/python`."""
        repository = self.parts.repository
        if isinstance(repository, Unknown) or repository is None:
            return UNKNOWN
        return str(repository).rpartition("/")[2]

    @fact
    def registry(self) -> Part:
        """The registry as written, None where it is left to the default."""
        return self.parts.registry

    @fact
    def host(self) -> str | Unknown:
        """The registry's host, `docker.io` where none is written."""
        return host_of(self.parts)

    @fact
    def repository(self) -> Part:
        """The path on the registry, as written."""
        return self.parts.repository

    @fact
    def tag(self) -> Part:
        """The tag, None where none is written."""
        return self.parts.tag

    @fact
    def digest(self) -> Part:
        """The digest, None where none is written."""
        return self.parts.digest

    @fact
    def is_scratch(self) -> bool:
        """Whether it is the empty image."""
        return str(self.reference) == "scratch"

    @fact
    def is_pinned(self) -> Truth:
        """Whether a digest says exactly which image."""
        digest = self.digest
        return UNKNOWN if isinstance(digest, Unknown) else digest is not None

    def __str__(self) -> str:
        return str(self.reference)
