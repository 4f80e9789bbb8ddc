"""Packages as package managers are asked for them."""

from __future__ import annotations

from infralint.model.element import Element, fact
from infralint.tables.commands import Package
from infralint.text.source import Text


class InstalledPackage(Element):
    """A package that a command installs by name."""

    __slots__ = ("name", "version")
    name: Text
    version: Text | None

    def __init__(self, package: Package) -> None:
        word = package.word
        super().__init__(word.source, word.start, word.end)
        self.name = package.name
        self.version = package.version

    @fact
    def is_pinned(self) -> bool:
        """Whether a version is asked for."""
        return self.version is not None and self.version != "latest"

    @fact
    def takes_any_version(self) -> bool:
        """Whether nothing says which version: neither a number nor a range; `latest` says nothing."""
        if self.version is not None:
            return self.version == "latest"
        if self.raw.strip("'\"").startswith("git"):
            return "://" in self.raw or not any(sign in self.raw for sign in "<>=~!")
        return not any(sign in self.raw for sign in "<>=~!")

    def __str__(self) -> str:
        return str(self.name)
