"""The noun `image`: a reference to a container image, wherever it is written."""

from __future__ import annotations

from infralint.model.element import UNKNOWN, Element, Unknown, askable, fact
from infralint.tables.images import (
    DEFAULT_REGISTRY,
    WITHOUT_APT,
    ImageReference,
    Part,
    Resolve,
    full_name,
    host_of,
    parse_image,
    says_rootless,
    writes_tag,
)
from infralint.text.source import Text

Truth = bool | Unknown


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
    def is_official(self) -> Truth:
        """Whether it is one of Docker's official images."""
        name = self.full_name
        if isinstance(name, Unknown):
            return UNKNOWN
        return name.startswith(f"{DEFAULT_REGISTRY}/library/") and not self.is_scratch

    @fact
    def has_tag(self) -> Truth:
        """Whether a tag is written; a variable in its place counts."""
        tag = self.tag
        if isinstance(tag, Unknown):
            return True if writes_tag(self.reference) else UNKNOWN
        return tag is not None

    @fact
    def is_pinned(self) -> Truth:
        """Whether a digest says exactly which image."""
        digest = self.digest
        return UNKNOWN if isinstance(digest, Unknown) else digest is not None

    @fact
    def is_untagged(self) -> Truth:
        """Whether neither tag nor digest is written, so that `latest` is meant."""
        if self.is_scratch or self.has_tag is True or self.is_pinned is True:
            return False
        return UNKNOWN if isinstance(self.has_tag, Unknown) or isinstance(self.is_pinned, Unknown) else True

    @fact
    def is_latest(self) -> Truth:
        """Whether the tag is `latest` and no digest holds it."""
        tag, digest = self.tag, self.digest
        if tag is None or (not isinstance(tag, Unknown) and str(tag) != "latest"):
            return False
        if isinstance(tag, Unknown) or isinstance(digest, Unknown):
            return UNKNOWN
        return digest is None

    @fact
    def ended(self) -> str | Unknown | None:
        """What in it gets no security updates any more, by name and tag: "Debian buster", "Python 3.8"."""
        from infralint.tables.images_ended import ended

        name, tag = self.full_name, self.tag
        if isinstance(name, Unknown) or isinstance(tag, Unknown):
            return UNKNOWN
        return ended(name, None if tag is None else str(tag))

    @fact
    def is_rootless(self) -> Truth:
        """Whether name or tag say that it runs as a user of its own: nonroot, rootless, unprivileged."""
        unknown = False
        for part in (self.name, self.tag):
            if isinstance(part, Unknown):
                unknown = True
            elif part is not None and says_rootless(str(part)):
                return True
        return UNKNOWN if unknown and self.name is UNKNOWN else False

    @fact
    def is_alpine(self) -> Truth:
        """Whether name or tag say Alpine, whose sh is BusyBox's."""
        parts = [self.name, self.tag]
        if any(part is not None and not isinstance(part, Unknown) and "alpine" in part.lower() for part in parts):
            return True
        return UNKNOWN if any(isinstance(part, Unknown) for part in parts) else False

    @fact
    def brings_docker_clean(self) -> Truth:
        """Whether it is known to delete what apt downloads: the official images that are built on Debian or Ubuntu."""
        if self.is_official is not True:
            return self.is_official
        return str(self.short_name) not in WITHOUT_APT and self.is_alpine is not True

    @askable
    def is_from(self, hosts: list[str]) -> Truth:
        """Whether the registry is one of these; an entry may also name a host with a path."""
        name = self.full_name
        if isinstance(name, Unknown):
            host = self.host
            return UNKNOWN if isinstance(host, Unknown) else True if host in hosts else UNKNOWN
        return any(name == entry or name.startswith(entry.rstrip("/") + "/") for entry in hosts)

    def __str__(self) -> str:
        return str(self.reference)
