"""Versions of a language that a repository pins in several places, one unlike the other."""

from __future__ import annotations

import posixpath

from infralint.model.element import Element, fact, noun_of
from infralint.model.project.document import ProjectDocument
from infralint.model.project.services import text_of
from infralint.model.project.summary import (
    DockerfileSummary,
    PlatformSummary,
    RuntimeSummary,
    WorkflowSummary,
    element_at,
)
from infralint.tables.trees import DEVELOPMENT, EXAMPLES, TESTS, variants_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_PARTS = {"node": 1, "java": 1, "bun": 1, "deno": 1}
"""How many parts of a version tell releases of a language apart; two for the others."""
_PLACES = {"image": "the image", "ci": "CI", "build": "the build"}


class RuntimeConflict(Element):
    """A version of a language unlike the one that the repository pins for development; it stands at the version."""

    __slots__ = ("other", "own")

    def __init__(self, own: RuntimeSummary, at: Element, other: PinnedRuntime) -> None:
        super().__init__(at.source, at.start, at.end)
        self.own = own
        self.other = other

    @fact
    def language(self) -> str:
        """The language."""
        return self.own.language

    @fact
    def version(self) -> str:
        """The version here."""
        return self.own.version

    @fact
    def place(self) -> str:
        """What runs it: `the image`, `CI`, `the build`."""
        return _PLACES[self.own.role]

    @fact
    def pinned(self) -> PinnedRuntime:
        """The pin that it disagrees with."""
        return self.other

    @property
    def key(self) -> str:
        return f"runtime.{self.own.language}"


class PinnedRuntime(Element):
    """The version that the repository pins for development."""

    __slots__ = ("path", "version")
    path: str
    version: str

    def __init__(self, own: RuntimeSummary, at: Element) -> None:
        super().__init__(at.source, at.start, at.end)
        self.path = own.at.path
        self.version = own.version


def differ(language: str, one: str, other: str) -> bool:
    """Whether two versions are of different releases, as far as both are written."""
    most = _PARTS.get(language, 2)
    first, second = one.split(".")[:most], other.split(".")[:most]
    return any(a != b for a, b in zip(first, second, strict=False))


@noun_of(ProjectDocument, "runtime_conflict")
def runtime_conflicts(document: ProjectDocument) -> list[RuntimeConflict]:
    """The places of which none agrees with the version file or development container of its folder."""
    found = []
    for pin in _pins(document):
        for roles in (("image", "build"), ("ci",)):
            others = [one for one in _of_roles(document, roles) if _is_beside(pin, one, document)]
            wrong = [one for one in others if differ(pin.language, one.version, pin.version)]
            if others and len(wrong) == len(others):
                first = next((one for one in wrong if one.role == "image"), wrong[0])
                pinned = PinnedRuntime(pin, element_at(pin.at, text_of(document.index, pin.at.path)))
                found.append(
                    RuntimeConflict(first, element_at(first.at, text_of(document.index, first.at.path)), pinned)
                )
    return found


def _all(document: ProjectDocument) -> list[tuple[str, Any]]:
    kinds = (DockerfileSummary, PlatformSummary, WorkflowSummary)
    return [(path, one) for path, one in sorted(document.summaries.items()) if isinstance(one, kinds)]


def _pins(document: ProjectDocument) -> list[RuntimeSummary]:
    """The pins for development, one for each language and folder: a version file before a development container."""
    found: dict[tuple[str, str], RuntimeSummary] = {}
    for _, summary in sorted(_all(document), key=lambda each: "devcontainer" in each[0]):
        for one in summary.runtimes:
            if one.role == "development":
                found.setdefault((one.language, _folder(one)), one)
    return list(found.values())


def _folder(one: RuntimeSummary) -> str:
    folder = posixpath.dirname(one.at.path)
    return posixpath.dirname(folder) if posixpath.basename(folder) == ".devcontainer" else folder


def _of_roles(document: ProjectDocument, roles: tuple[str, ...]) -> list[RuntimeSummary]:
    return [
        one
        for path, summary in _all(document)
        if "ci" in roles or variants_of(path).isdisjoint((TESTS, DEVELOPMENT, EXAMPLES))
        for one in summary.runtimes
        if one.role in roles
    ]


def _is_beside(pin: RuntimeSummary, other: RuntimeSummary, document: ProjectDocument) -> bool:
    """Whether a pin counts for another place: of the same folder, or of the root for CI."""
    if pin.language != other.language:
        return False
    if other.role == "ci":
        return _folder(pin) == ""
    return posixpath.dirname(other.at.path) == _folder(pin)
