"""Whether all that is said of a service is known, over overrides, includes and `extends`."""

from __future__ import annotations

import posixpath

from infralint.model.compose.document import ComposeDocument
from infralint.model.compose.project import base_of, stream_of
from infralint.model.compose.service import Service
from infralint.model.element import fact_of
from infralint.syntax import yaml


def may_be_partial(document: ComposeDocument, name: str) -> bool:
    """Whether this file is, or may be, laid over another that describes the service too."""
    if not document.project.is_base_elsewhere and document.source.path == document.project.files[0]:
        return False
    base = base_of(document.index, posixpath.dirname(document.source.path))
    stream = stream_of(document.index, base) if base is not None else None
    root = stream.root if stream is not None else None
    services = root.get("services") if isinstance(root, yaml.Mapping) else None
    return not isinstance(services, yaml.Mapping) or name in services


@fact_of(Service)
def is_fully_resolved(service: Service) -> bool:
    """Whether it is a container of which all is known: no file adds to it that could not be read, or may be laid over it."""
    view = service.view
    described = ("image" in view or "build" in view) and "provider" not in view
    return described and service.merged[1] and not may_be_partial(service.document, str(service.name))
