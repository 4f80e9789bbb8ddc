"""Packages as package managers are asked for them."""

from __future__ import annotations

from infralint.model.element import Element
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

    def __str__(self) -> str:
        return str(self.name)
