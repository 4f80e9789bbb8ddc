"""The report of a fleet as one HTML page that needs nothing else: no script, no address."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html import escape

from infralint import __version__
from infralint.fleet.report import SEVERITIES, Day, FleetReport
from infralint.fleet.show import headline, trend
from infralint.output.escape import visible
from infralint.output.html_look import STYLE

MOST = 200
"""Rows of a table; JSON and Parquet have them all."""
OWN = """
table { border-collapse: collapse; width: 100%; margin: .6rem 0 1.6rem; font-size: .95rem; }
th, td { padding: .3rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { color: var(--soft); font-weight: 600; } td.number, th.number { text-align: right; white-space: nowrap; }
td.severity { color: var(--of); } .wide { overflow-x: auto; } section h2 { font-size: 1.15rem; margin: 1.6rem 0 0; }
svg { width: 100%; max-width: 40rem; height: auto; margin-top: .6rem; } svg .all { fill: none; stroke: var(--info); stroke-width: 2; }
svg .grave { fill: none; stroke: var(--high); stroke-width: 2; } svg text { fill: var(--soft); font: 11px system-ui, sans-serif; }
.all { color: var(--info); } .grave { color: var(--high); }
"""


def to_page(report: FleetReport) -> str:
    """The report as a page."""
    style = STYLE + OWN
    digest = b64encode(sha256(style.encode()).digest()).decode()
    csp = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'"
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="{csp}">
<title>infralint fleet {_text(report.day)}</title>
<style>{style}</style>
</head>
<body>
<header>
<h1>infralint fleet</h1>
<p>{_text(headline(report))}<br>{_text(trend(report))}</p>
</header>
<main>
{_chart(report.days)}
{_failed(report)}
{_endings(report)}
{_rules(report)}
{_practices(report)}
{_repositories(report)}
</main>
<footer>infralint {__version__}</footer>
</body>
</html>
"""


def _text(text: object) -> str:
    return escape(visible(str(text)))


def _section(title: str, head: list[str], rows: list[list[str]], total: int) -> str:
    """A table; a column whose name is in capitals holds numbers."""
    if not rows:
        return ""
    names = "".join(
        f'<th class="number">{name.lower()}</th>' if name.isupper() else f"<th>{name}</th>" for name in head
    )
    body = "".join(f"<tr>{''.join(row)}</tr>" for row in rows[:MOST])
    more = f"<p>and {total - MOST} more; `--format json` lists all</p>" if total > MOST else ""
    return f'<section><h2>{title}</h2><div class="wide"><table><thead><tr>{names}</tr></thead><tbody>{body}</tbody></table></div>{more}</section>'


def _cell(value: object) -> str:
    return f"<td>{_text(value)}</td>"


def _number(value: int) -> str:
    return f'<td class="number">{value or ""}</td>'


def _severity(word: str) -> str:
    return f'<td class="severity {_text(word)}">{_text(word)}</td>'


def _rules(report: FleetReport) -> str:
    rows = [
        [_severity(row.severity), f"<td><code>{_text(row.rule)}</code></td>"]
        + [_number(count) for count in (row.repositories, row.findings, row.fixable, row.new, row.fixed)]
        for row in report.rules
    ]
    return _section(
        "Rules", ["severity", "rule", "REPOSITORIES", "FINDINGS", "FIXABLE", "NEW", "FIXED"], rows, len(rows)
    )


def _repositories(report: FleetReport) -> str:
    rows = [
        [_cell(row.repository)] + [_number(getattr(row, name)) for name in ("findings", *SEVERITIES, "new", "fixed")]
        for row in report.repositories
        if not row.error
    ]
    head = ["repository", *(name.upper() for name in ("findings", *SEVERITIES, "new", "fixed"))]
    return _section("Repositories", head, rows, len(rows))


def _practices(report: FleetReport) -> str:
    rows = [
        [
            _cell(row.practice),
            _number(row.met),
            _number(row.not_met),
            _number(row.not_applicable),
            _number(row.not_assessed),
        ]
        for row in report.practices
    ]
    return _section("Practices", ["practice", "MET", "NOT MET", "NOT APPLICABLE", "NOT ASSESSED"], rows, len(rows))


def _failed(report: FleetReport) -> str:
    rows = [[_cell(row.repository), _cell(row.error)] for row in report.repositories if row.error]
    return _section("Not judged", ["repository", "why"], rows, len(rows))


def _endings(report: FleetReport) -> str:
    rows = [[_cell(value) for value in row] for row in report.endings]
    title = "Exceptions that end soon or have ended"
    return _section(title, ["until", "repository", "rule", "path", "owner", "reason"], rows, len(rows))


def _chart(days: list[Day]) -> str:
    """Findings and the grave ones of them from run to run."""
    if len(days) < 2:
        return ""
    highest = max(day.findings for day in days) or 1
    step = 560 / (len(days) - 1)

    def line(counts: list[int], name: str) -> str:
        points = " ".join(f"{20 + step * at:.1f},{110 - 100 * count / highest:.1f}" for at, count in enumerate(counts))
        return f'<polyline class="{name}" points="{points}"/>'

    return (
        f'<section><h2>Trend</h2><svg viewBox="0 0 600 135" role="img" aria-label="findings from run to run">'
        f"{line([day.findings for day in days], 'all')}{line([day.grave for day in days], 'grave')}"
        f'<text x="20" y="130">{_text(days[0].day)}</text><text x="580" y="130" text-anchor="end">{_text(days[-1].day)}</text></svg>'
        f'<p><span class="all">findings: {days[-1].findings}</span>, <span class="grave">high or critical: {days[-1].grave}</span></p></section>'
    )
