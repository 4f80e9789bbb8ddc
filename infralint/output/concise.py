"""One line a finding, for editors, grep and people who know the rules."""

from __future__ import annotations

from infralint.engine.report import Report
from infralint.output.escape import inert, visible


def to_concise(report: Report) -> str:
    """`path:line:col: severity rule message`, then what could not be judged."""
    lines = []
    for one in report.findings:
        where = f"{visible(report.shown(one.path))}:{one.line}:{one.column}"
        lines.append(f"{where}: {one.severity.label} {visible(one.rule)} {visible(one.message)}")
    for notice in report.notices:
        where = f"{visible(report.shown(notice.path))}: " if notice.path else ""
        lines.append(f"{where}{notice.kind}: {visible(notice.message)}")
    return "".join(inert(line) + "\n" for line in lines)
