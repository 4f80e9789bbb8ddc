"""Azure Pipelines: logging commands that show as issues of the build."""

from __future__ import annotations

from infralint.engine.report import FAILURES, Report
from infralint.output.escape import inert, visible
from infralint.output.text import LEVELS, plain_summary, severest


def to_azure(report: Report) -> str:
    """An issue a finding, the gravest first, then what could not be judged and a summary as plain text."""
    lines = []
    for one in severest(report):
        kind = "error" if LEVELS[one.severity] == "error" else "warning"
        where = f"sourcepath={_value(one.path)};linenumber={one.line};columnnumber={one.column};code={_value(one.rule)}"
        lines.append(f"##vso[task.logissue type={kind};{where};]{_data(f'{one.message} ({one.severity.label})')}")
    for notice in report.notices:
        text = f"{notice.path}: {notice.message}" if notice.path else notice.message
        kind = "##vso[task.logissue type=error;]" if notice.kind in FAILURES else ""
        lines.append(f"{kind}{_data(text)}" if kind else inert(f"{notice.kind}: {visible(text)}"))
    lines.append("infralint: " + plain_summary(report))
    return "\n".join(lines) + "\n"


def _data(text: str) -> str:
    """The message of a command, on one line."""
    return inert(visible(text, "\r\n").replace("%", "%AZP25").replace("\r", "%0D").replace("\n", "%0A"))


def _value(text: str) -> str:
    """The value of a property of a command."""
    return _data(text).replace(";", "%3B").replace("]", "%5D")
