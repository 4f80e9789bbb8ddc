"""Findings as the protocol's diagnostics."""

from __future__ import annotations

import os
import pathlib

from lsprotocol import types

from infralint.lsp.buffers import Buffer
from infralint.lsp.positions import Positions
from infralint.lsp.roots import Root
from infralint.text.finding import Finding, Place, Severity
from infralint.text.source import Source

SOURCE = "infralint"
LEVELS = {
    Severity.CRITICAL: types.DiagnosticSeverity.Error,
    Severity.HIGH: types.DiagnosticSeverity.Error,
    Severity.MEDIUM: types.DiagnosticSeverity.Warning,
    Severity.LOW: types.DiagnosticSeverity.Information,
    Severity.INFO: types.DiagnosticSeverity.Hint,
}
MOST = 1000
"""So many findings of a file are shown, the gravest first."""


def diagnostics_of(root: Root, buffer: Buffer) -> list[types.Diagnostic]:
    """All that is said of an open document."""
    if (root.error and root.session is None) or (root.error and root.error.startswith(buffer.path)):
        return [_remark(root.error, _line_in(root.error))]
    if buffer.trouble:
        return [_remark(f"the document {buffer.trouble}", 0)]
    shown = sorted(buffer.findings, key=lambda one: -one.severity)[:MOST]
    shown.sort(key=lambda one: (one.place.start, one.rule))
    return [_diagnostic(root, buffer, one) for one in shown]


def _remark(message: str, line: int) -> types.Diagnostic:
    place = types.Position(line, 0)
    return types.Diagnostic(
        types.Range(place, place), message, severity=types.DiagnosticSeverity.Warning, source=SOURCE
    )


def _line_in(message: str) -> int:
    """The line, from 0, that an error about settings names behind the file's name."""
    parts = message.split(":", 2)
    return max(int(parts[1]) - 1, 0) if len(parts) > 2 and parts[1].isdecimal() else 0


def _diagnostic(root: Root, buffer: Buffer, one: Finding) -> types.Diagnostic:
    related = [
        types.DiagnosticRelatedInformation(types.Location(uri_of(root, place.path), area), say)
        for place, say in one.related
        if (area := area_of(root, place)) is not None
    ]
    page = f"{root.page.rstrip('/')}/rules/{one.rule}/" if root.page else ""
    return types.Diagnostic(
        range_of(buffer.positions, one.place.start, one.place.end),
        one.message,
        severity=LEVELS[one.severity],
        code=one.rule,
        code_description=types.CodeDescription(page) if page else None,
        source=SOURCE,
        related_information=related or None,
    )


def range_of(positions: Positions, start: int, end: int) -> types.Range:
    """A span as a range."""
    return types.Range(types.Position(*positions.at(start)), types.Position(*positions.at(end)))


def uri_of(root: Root, path: str) -> str:
    """The URI of a path below the root: that of the open document, if it is one."""
    buffer = root.buffers.get(path)
    return buffer.uri if buffer is not None else pathlib.Path(os.path.join(root.folder, path)).as_uri()


def positions_of(root: Root, path: str, encoding: str) -> Positions | None:
    """The positions of a file, open or not; None for one that cannot be read."""
    buffer = root.buffers.get(path)
    if buffer is not None:
        return buffer.positions
    source: Source | None = root.session.index.source(path) if root.session is not None else None
    return Positions(source, encoding) if source is not None else None


def area_of(root: Root, place: Place) -> types.Range | None:
    """The range of a place in any file; None for a file that cannot be read."""
    encoding = next((one.encoding for one in root.buffers.values()), "utf-16")
    positions = positions_of(root, place.path, encoding)
    return range_of(positions, place.start, place.end) if positions is not None else None
