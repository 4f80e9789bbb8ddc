"""GitHub workflow commands: annotations on a pull request without any upload or permission."""

from __future__ import annotations

from infralint.engine.report import Report
from infralint.output.escape import annotation_data, annotation_property, inert, visible
from infralint.output.text import FLAGS, LEVELS, plain_summary, severest
from infralint.text.finding import Finding

SHOWN = 10
"""Annotations of one level that GitHub keeps of a step."""


def to_github(report: Report) -> str:
    """An annotation a finding, the gravest first because GitHub keeps few, then notices and a summary as plain text."""
    lines = []
    counts: dict[str, int] = {}
    for finding in severest(report):
        level = LEVELS[finding.severity].replace("note", "notice")
        counts[level] = counts.get(level, 0) + 1
        lines.append(_command(level, finding))
    for notice in report.notices:
        where = f"{visible(notice.path)}: " if notice.path else ""
        lines.append(inert(f"{where}{notice.kind}: {visible(notice.message)}"))
    cut = [f"{SHOWN} of {count} {level}s" for level, count in counts.items() if count > SHOWN]
    lines.append("infralint: " + plain_summary(report) + (f". GitHub shows {', '.join(cut)}" if cut else ""))
    return "\n".join(lines) + "\n"


def _command(level: str, finding: Finding) -> str:
    place = finding.place
    properties = {"file": place.path, "line": str(place.line), "endLine": str(place.end_line)}
    if place.end_line == place.line:  # GitHub refuses columns over several lines
        properties |= {"col": str(place.column), "endColumn": str(max(place.end_column, place.column))}
    properties["title"] = f"{finding.rule} ({finding.severity.label})"
    message = finding.message
    if finding.fix:
        message += f"\n{finding.fix.title} [{FLAGS[finding.fix.safety]}]"
    listed = ",".join(f"{name}={annotation_property(value)}" for name, value in properties.items())
    return f"::{level} {listed}::{annotation_data(message)}"
