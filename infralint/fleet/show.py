"""The report of a fleet as text, CSV and JSON."""

from __future__ import annotations

from collections.abc import Sequence

from infralint.fleet.report import FleetReport, RepositoryRow, RuleRow
from infralint.output.escape import visible
from infralint.output.json import dumps

MOST = 15
"""Rows of a list on the terminal."""


def to_text(report: FleetReport) -> str:
    """The report for a terminal: the worst of each list, and how many more there are."""
    last = report.days[-1]
    lines = [headline(report), trend(report)]
    if report.rules:
        rows = [
            (row.severity, str(row.repositories), str(row.findings), _change(row), visible(row.rule))
            for row in report.rules
            if row.findings
        ]
        lines += [
            "",
            "Rules, the worst first",
            *_table(("severity", "repositories", "findings", "change", "rule"), rows),
        ]
    worst = [
        (str(row.critical), str(row.high), str(row.medium), str(row.findings), _change(row), visible(row.repository))
        for row in report.repositories
        if row.findings
    ]
    if worst:
        head = ("critical", "high", "medium", "findings", "change", "repository")
        lines += ["", "Repositories, the worst first", *_table(head, worst)]
    if report.practices:
        rows_of = [(str(row.met), str(row.not_met), row.practice) for row in report.practices]
        lines += ["", "Practices, repositories that follow them", *_table(("met", "not met", "practice"), rows_of)]
    failed = [row for row in report.repositories if row.error]
    if failed:
        lines += ["", f"Not judged ({last.failed})"]
        lines += [f"  {visible(row.repository)}: {visible(row.error)}" for row in failed[:MOST]]
        lines += _more(len(failed))
    if report.endings:
        lines += ["", "Exceptions that end soon or have ended"]
        lines += [
            f"  {one.until}  {visible(one.rule)} in {visible(one.path)} of {visible(one.repository)}: {visible(one.owner)}, {visible(one.reason)}"
            for one in report.endings[:MOST]
        ]
        lines += _more(len(report.endings))
    return "\n".join(lines) + "\n"


def headline(report: FleetReport) -> str:
    """How much was judged and found."""
    last = report.days[-1]
    failed = f", {last.failed} of them not judged" if last.failed else ""
    return f"{report.day}: {_count(last.repositories, 'repository')}{failed}; {_count(last.findings, 'finding')}, {last.grave} of them high or critical"


def trend(report: FleetReport) -> str:
    """What has changed since the run before."""
    if not report.since:
        return "There is no earlier run to compare with."
    fresh = f"; {report.fresh} in repositories not judged then" if report.fresh else ""
    return f"Since {report.since}: {report.new} new, {report.fixed} fixed, {report.unchanged} unchanged{fresh}"


def _count(number: int, noun: str) -> str:
    plural = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{number} {noun if number == 1 else plural}"


def _change(row: RuleRow | RepositoryRow) -> str:
    parts = [f"+{row.new}" if row.new else "", f"-{row.fixed}" if row.fixed else ""]
    return " ".join(part for part in parts if part)


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Columns as wide as they need; numbers to the right, the last column as it is."""
    shown = [head, *rows[:MOST]]
    widths = [max(len(row[at]) for row in shown) for at in range(len(head))]
    numeric = [all(row[at].replace("+", "").replace("-", "").replace(" ", "").isdigit() or not row[at] for row in rows) for at in range(len(head))]  # fmt: skip
    lines = []
    for row in shown:
        cells = [
            cell.rjust(width) if is_number else cell.ljust(width)
            for cell, width, is_number in zip(row[:-1], widths, numeric, strict=False)
        ]
        lines.append(("  " + "  ".join([*cells, row[-1]])).rstrip())
    return [*lines, *_more(len(rows))]


def _more(count: int) -> list[str]:
    return [f"  and {count - MOST} more"] if count > MOST else []


def to_json(report: FleetReport) -> str:
    """The whole report for programs."""
    return dumps(
        {
            "day": report.day,
            "since": report.since,
            "new": report.new,
            "fixed": report.fixed,
            "unchanged": report.unchanged,
            "fresh": report.fresh,
            "rules": [row._asdict() for row in report.rules],
            "repositories": [row._asdict() for row in report.repositories],
            "practices": [row._asdict() for row in report.practices],
            "exceptions": [row._asdict() for row in report.endings],
            "runs": [row._asdict() for row in report.days],
        }
    )


def to_csv(report: FleetReport) -> str:
    """The repositories as CSV; a cell that a spreadsheet would take for a formula begins with an apostrophe."""
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(RepositoryRow._fields)
    for row in report.repositories:
        writer.writerow([f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@") else cell for cell in row])  # fmt: skip
    return out.getvalue()
