"""Compose files of development beside those of production."""

from __future__ import annotations

import posixpath

from infralint.analysis.project.practices import is_production_form
from infralint.model.element import noun_of
from infralint.model.project.document import ProjectDocument
from infralint.model.project.evidence import ImageChoice
from infralint.model.project.services import text_of
from infralint.model.project.summary import ComposeSummary, ServiceSummary, element_at
from infralint.tables.trees import EXAMPLES, FIXTURES, TESTS, lies_in, variants_of


@noun_of(ProjectDocument, "image_choice")
def image_choices(document: ProjectDocument) -> list[ImageChoice]:
    """The images of databases and services in production whose version differs from that of the same service in development.

    Both tags are written out, and both files lie in the same folder.
    """
    composes = [one for _, one in sorted(document.summaries.items()) if isinstance(one, ComposeSummary)]
    found = []
    for production in composes:
        if not is_production_form(production.path) or lies_in(production.path, FIXTURES):
            continue
        for service in production.services:
            other = _differing(production, service, composes)
            if other is None or other.image_at is None or service.image_at is None:
                continue
            if service.image_at.path == other.image_at.path:
                continue
            at = element_at(service.image_at, text_of(document.index, service.image_at.path))
            there = element_at(other.image_at, text_of(document.index, other.image_at.path))
            found.append(ImageChoice(service.name, there, document.project, at.source, at.start, at.end))
    return found


def _differing(
    production: ComposeSummary, service: ServiceSummary, composes: list[ComposeSummary]
) -> ServiceSummary | None:
    """The service of the same name in a file of development that runs another version of the same image."""
    folder = posixpath.dirname(production.path)
    for other in composes:
        if other is production or posixpath.dirname(other.path) != folder or is_production_form(other.path):
            continue
        if variants_of(other.path) & {EXAMPLES, TESTS}:
            continue
        for one in other.services:
            if one.name == service.name and _differ(service.image, one.image):
                return one
    return None


def _differ(one: str | None, other: str | None) -> bool:
    """Whether two images are the same but for tags that are written out."""
    if one is None or other is None or "$" in one + other or "@" in one + other:
        return False
    name, _, tag = one.rpartition(":")
    other_name, _, other_tag = other.rpartition(":")
    moving = {"latest", "stable", "edge", "main", "master", "dev", "prod"}
    if not name or name != other_name or {tag, other_tag} & moving:
        return False
    return tag != other_tag and tag[:1].isdigit() and other_tag[:1].isdigit() and not _refines(tag, other_tag)


def _refines(tag: str, other: str) -> bool:
    """Whether one tag is the other, more exactly: `17` and `17.5`, `17` and `17-alpine`."""
    short, long = sorted((tag.partition("-")[0], other.partition("-")[0]), key=len)
    return long == short or long.startswith(f"{short}.")
