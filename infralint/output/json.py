"""JSON for programs: the names of the Python API."""

from __future__ import annotations

from infralint import __version__
from infralint.engine.report import Report
from infralint.text.edit import Edit
from infralint.text.finding import Finding, Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SCHEMA = 1
"""Raised when a field changes its meaning or goes; new fields do not raise it."""


LINES = frozenset({"findings", "suppressed", "notices", "results", "rules", "artifacts"})
"""Lists with one item a line, which keeps them quick to write, to grep and to compare."""


def to_json(report: Report) -> str:
    """The whole report, suppressed findings included; ASCII only, so that nothing in it can harm a terminal."""
    data = _data(report)
    text = dumps(data)
    return dumps(_cleaned(data)) if "\\ud" in text else text


def whole(text: str) -> str:
    """The text with U+FFFD for half characters, which stand for bytes that are not UTF-8 and no JSON reader takes."""
    return text if text.isascii() else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return whole(value)
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    if isinstance(value, dict):
        return {key: _cleaned(item) for key, item in value.items()}
    return value


def _data(report: Report) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "version": __version__,
        "summary": {
            "files": report.files,
            "kinds": dict(sorted(report.kinds.items())),
            "findings": len(report.findings),
            "suppressed": len(report.suppressed),
            "severities": {severity.label: count for severity, count in report.counts.items()},
            "fixable": report.fixable,
            "fixable_unsafe": report.fixable_unsafe,
        },
        "findings": [_finding(report, one) for one in report.findings],
        "suppressed": [_finding(report, one) for one in report.suppressed],
        "notices": [notice._asdict() for notice in report.notices],
    }


def dumps(value: Any) -> str:
    """JSON with one line for each item of the long lists, pure ASCII, in which no CI log finds a command of its own."""
    text = _laid_out(value, "", "\n")
    if "##" in text:
        from re import sub

        text = sub(r"##(?=\w*\[)", r"#\\u0023", text)
    return text + "\n"


def _laid_out(value: Any, name: str, margin: str) -> str:
    """The value over several lines, as deep as its objects go; the items of a long list stay compact."""
    from json import dumps

    inner = margin + " "
    if isinstance(value, dict) and value:
        items = [f"{dumps(key)}: {_laid_out(item, key, inner)}" for key, item in value.items()]
        return "{" + inner + ("," + inner).join(items) + margin + "}"
    if isinstance(value, list) and value:
        items = [dumps(item) if name in LINES else _laid_out(item, "", inner) for item in value]
        return "[" + inner + ("," + inner).join(items) + margin + "]"
    return dumps(value)


def _place(place: Place) -> dict[str, Any]:
    return {
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }


def _finding(report: Report, finding: Finding) -> dict[str, Any]:
    fix = finding.fix
    return {
        "rule": finding.rule,
        "kind": finding.kind,
        "severity": finding.severity.label,
        "confidence": finding.confidence.label,
        "profile": finding.profile,
        "title": finding.title,
        "message": finding.message,
        **_place(finding.place),
        "key": finding.key,
        "same_as": list(finding.same_as),
        "part_of": list(finding.part_of),
        "also_reported_by": list(finding.also_reported_by),
        "related": [{**_place(place), "message": say} for place, say in finding.related],
        "fix": fix
        and {
            "title": fix.title,
            "safety": fix.safety.name.lower(),
            "edits": [_edit(report, edit) for edit in fix.edits] if report.shows(fix) else None,
        },
        "fingerprint": report.fingerprint(finding),
        "suppressed": finding.suppressed,
        "required_by": finding.required_by or None,
    }


def _edit(report: Report, edit: Edit) -> dict[str, Any]:
    """The edit with its offsets in code points; `creates` where it makes a new file."""
    source = None if edit.creates else report.source(edit.path)
    if source is None or edit.end > len(source.text):
        return {"path": edit.path, "start": edit.start, "end": edit.end, "text": edit.text, "creates": edit.creates}
    line, column = source.position(edit.start)
    end_line, end_column = source.position(edit.end)
    at = Place(edit.path, edit.start, edit.end, line, column, end_line, end_column)
    return {**_place(at), "start": edit.start, "end": edit.end, "text": edit.text, "creates": False}
