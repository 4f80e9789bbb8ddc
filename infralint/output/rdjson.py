"""reviewdog's diagnostics with suggestions: fixes that a reviewer applies by a click."""

from __future__ import annotations

from infralint.engine.report import Report
from infralint.output.json import dumps, whole
from infralint.output.text import LEVELS
from infralint.text.edit import Fix, Safety
from infralint.text.finding import Finding, Place, place_at
from infralint.text.source import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SEVERITIES = {"error": "ERROR", "warning": "WARNING", "note": "INFO"}


def to_rdjson(report: Report) -> str:
    """Reviewdog's `DiagnosticResult`; columns are counted in UTF-8 bytes, as it does."""
    return dumps(
        {"source": {"name": "infralint"}, "diagnostics": [_diagnostic(report, one) for one in report.findings]}
    )


def _diagnostic(report: Report, finding: Finding) -> dict[str, Any]:
    page = report.page_of(finding.rule)
    found: dict[str, Any] = {
        "message": whole(finding.message),
        "location": {"path": whole(finding.path), "range": _range(report, finding.place)},
        "severity": SEVERITIES[LEVELS[finding.severity]],
        "code": {"value": finding.rule, **({"url": page} if page else {})},
    }
    suggestions = _suggestions(report, finding)
    if suggestions:
        found["suggestions"] = suggestions
    related = [
        {"message": whole(say), "location": {"path": whole(place.path), "range": _range(report, place)}}
        for place, say in finding.related
    ]
    if related:
        found["related_locations"] = related
    return found


def _suggestions(report: Report, finding: Finding) -> list[dict[str, Any]]:
    """The edits of a fix; none where it touches another file or makes one, or is only to be shown."""
    fix: Fix | None = finding.fix
    source = report.source(finding.path)
    if fix is None or fix.safety is Safety.MANUAL or source is None or not report.shows(fix):
        return []
    if any(edit.creates or edit.path != finding.path or edit.end > len(source.text) for edit in fix.edits):
        return []
    return [
        {"range": _range(report, place_at(source, edit.start, edit.end), source), "text": whole(edit.text)}
        for edit in fix.edits
    ]


def _range(report: Report, place: Place, source: Source | None = None) -> dict[str, Any]:
    source = source or report.source(place.path)
    if source is None or place.end > len(source.text):
        return {"start": {"line": place.line, "column": place.column}, "end": {"line": place.end_line, "column": place.end_column}}  # fmt: skip
    return {"start": _position(source, place.start), "end": _position(source, place.end)}


def _position(source: Source, offset: int) -> dict[str, int]:
    line, column = source.position(offset)
    before = source.text[offset - column + 1 : offset]
    return {"line": line, "column": len(before.encode("utf-8", "surrogatepass")) + 1}
