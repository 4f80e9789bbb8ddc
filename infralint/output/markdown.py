"""Markdown for a job's summary or a comment on a pull request: the counts, the rules, and the gravest findings."""

from __future__ import annotations

from infralint.engine.report import FAILURES, Report
from infralint.output.escape import inert, visible
from infralint.output.statistics import rows
from infralint.output.text import plain_summary, severest
from infralint.text import regex as re
from infralint.text.finding import Finding

SHOWN = 100
"""Findings that are listed; GitHub takes 1 MiB of a summary."""
RULES = 15
_MARKS = re.compile(r"([\\`*_{}\[\]<>()#|~!&@])")


def plain(text: str) -> str:
    """Text that Markdown shows as it is, on one line: no link, no mention, no HTML, no cell border."""
    return _MARKS.sub(r"\\\1", visible(text).replace("\n", " "))


def code(text: str) -> str:
    """Text in backquotes, within a cell of a table."""
    return "`" + visible(text).replace("`", "'").replace("|", "\\|").replace("\n", " ") + "`"


def _message(text: str) -> str:
    """A message whose backquoted values stay code."""
    parts = text.split("`")
    return "".join(code(part) if at % 2 and at < len(parts) - 1 else plain(part) for at, part in enumerate(parts))


def to_markdown(report: Report) -> str:
    """The report as Markdown."""
    lines = ["## infralint", "", plain(plain_summary(report)) + ".", ""]
    failures = [notice for notice in report.notices if notice.kind in FAILURES]
    if failures:
        lines += ["### Not judged", ""]
        lines += [f"- {code(one.path) + ': ' if one.path else ''}{plain(one.message)}" for one in failures[:SHOWN]]
        lines.append("")
    table = rows(report)
    if len(table) > 1:
        lines += ["| findings | severity | rule | |", "|--:|---|---|---|"]
        for row in table[:RULES]:
            lines.append(
                f"| {row['findings']} | {row['severity']} | {_rule(report, row['rule'])} | {plain(row['title'])} |"
            )
        if len(table) > RULES:
            lines.append(f"| {sum(row['findings'] for row in table[RULES:])} | | {len(table) - RULES} more rules | |")
        lines.append("")
    if report.findings:
        lines += ["| severity | place | rule | |", "|---|---|---|---|"]
        lines += [_row(report, one) for one in severest(report)[:SHOWN]]
        if len(report.findings) > SHOWN:
            lines.append(f"| | | | {len(report.findings) - SHOWN} more findings |")
        lines.append("")
    return "\n".join(map(inert, lines))


def _rule(report: Report, rule: str) -> str:
    page = report.page_of(rule)
    return f"[{code(rule)}]({page})" if page else code(rule)


def _row(report: Report, finding: Finding) -> str:
    fix = f"<br>fix: {_message(finding.fix.title)}" if finding.fix else ""
    place = code(f"{finding.path}:{finding.line}")
    return f"| {finding.severity.label} | {place} | {_rule(report, finding.rule)} | {_message(finding.message)}{fix} |"
