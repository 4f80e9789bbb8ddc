"""One self-contained page for people: search, filters, excerpts, diffs of fixes. It loads nothing and runs only its own script."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html import escape

from infralint import __version__
from infralint.engine.report import FAILURES, Report
from infralint.output.escape import visible
from infralint.output.html_look import SCRIPT, STYLE
from infralint.output.sarif_rule import rule_markdown
from infralint.output.text import FLAGS, severest
from infralint.text import regex as re
from infralint.text.edit import Safety, diff
from infralint.text.finding import Finding

CONTEXT = 2
"""Lines that are shown around a finding."""
TALLEST = 16
"""Lines of a finding that are shown."""
WIDEST = 400
DIFF_LINES = 60


def to_html(report: Report) -> str:
    """The report as a page."""
    csp = "; ".join(
        [
            "default-src 'none'",
            f"style-src 'sha256-{_hash(STYLE)}'",
            f"script-src 'sha256-{_hash(SCRIPT)}'",
            "base-uri 'none'",
        ]
    )
    findings = "".join(_finding(report, one) for one in severest(report))
    notices = [notice for notice in report.notices if notice.path or notice.kind in FAILURES]
    told = "".join(
        f'<li class="{"failure" if one.kind in FAILURES else "note"}">'
        f"{f'<code>{_text(one.path)}</code>: ' if one.path else ''}{_text(one.message)}</li>"
        for one in notices
    )
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="{csp}">
<title>infralint: {len(report.findings)} findings</title>
<style>{STYLE}</style>
</head>
<body>
<header>
<h1>infralint</h1>
<p>{_counts(report)}</p>
</header>
{_filters(report)}
<main>
{f'<section class="notices"><h2>Notices</h2><ul>{told}</ul></section>' if told else ""}
<p id="none"{" hidden" if report.findings else ""}>No findings{" match" if report.findings else ""}.</p>
{findings}
</main>
<footer>infralint {__version__}</footer>
<script>{SCRIPT}</script>
</body>
</html>
"""


def _hash(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


def _text(text: str) -> str:
    shown = escape(visible(text))
    return re.sub(r"##(?=\w*\[)", "#&#35;", shown) if "##" in shown else shown


def _counts(report: Report) -> str:
    total = f"<strong>{len(report.findings)} finding{'s' * (len(report.findings) != 1)}</strong>"
    files = f"{report.files} file{'s' * (report.files != 1)} judged"
    parts = [total, files]
    if report.suppressed:
        parts.append(f"{len(report.suppressed)} suppressed")
    if report.fixable or report.fixable_unsafe:
        parts.append(f"{report.fixable + report.fixable_unsafe} with a fix")
    return " · ".join(parts)


def _filters(report: Report) -> str:
    """The search box and the filters; each severity is a box to tick."""
    if not report.findings:
        return ""
    boxes = "".join(
        f'<label class="{severity.label}"><input type="checkbox" name="severity" value="{severity.label}" checked>'
        f"{severity.label} <b>{count}</b></label>"
        for severity, count in report.counts.items()
        if count
    )
    rules: dict[str, int] = {}
    for one in report.findings:
        rules[one.rule] = rules.get(one.rule, 0) + 1
    options = "".join(
        f'<option value="{_text(rule)}">{_text(rule)} ({count})</option>'
        for rule, count in sorted(rules.items(), key=lambda row: (-row[1], row[0]))
    )
    return f"""<form id="filters" role="search">
<input type="search" id="search" placeholder="Search path, rule, message" aria-label="Search">
<select id="rule" aria-label="Rule"><option value="">all rules</option>{options}</select>
<label><input type="checkbox" id="fixable">with a fix</label>
<span class="severities">{boxes}</span>
<output id="shown" aria-live="polite">{len(report.findings)} shown</output>
</form>
"""


def _finding(report: Report, finding: Finding) -> str:
    label = finding.severity.label
    fixable = finding.fix is not None and finding.fix.safety is not Safety.MANUAL
    page = report.page_of(finding.rule)
    rule = f"<code>{_text(finding.rule)}</code>"
    place = f"{finding.path}:{finding.line}:{finding.column}"
    parts = [
        f'<article class="finding {label}" data-severity="{label}" data-rule="{_text(finding.rule)}"'
        f"{' data-fix' if fixable else ''}>",
        f'<h2><span class="severity">{label}</span> {_message(finding.message)}</h2>',
        f'<p class="place"><code>{_text(place)}</code> '
        f"{f'<a href={chr(34)}{escape(page)}{chr(34)}>{rule}</a>' if page else rule}</p>",
        _excerpt(report, finding),
    ]
    for other, say in finding.related[:20]:
        parts.append(f'<p class="related"><code>{_text(f"{other.path}:{other.line}")}</code> {_message(say)}</p>')
    if finding.also_reported_by:
        parts.append(f'<p class="related">also: {_text(", ".join(dict.fromkeys(finding.also_reported_by)))}</p>')
    parts += [_fix(report, finding), _page(report, finding), "</article>"]
    return "\n".join(part for part in parts if part) + "\n"


def _message(text: str) -> str:
    """A message whose backquoted values are set as code."""
    parts = _text(text).split("`")
    if len(parts) % 2 == 0:
        return _text(text)
    return "".join(f"<code>{part}</code>" if at % 2 else part for at, part in enumerate(parts))


def _excerpt(report: Report, finding: Finding) -> str:
    """The lines around a finding with its span marked, secrets masked; "" where the file cannot be read."""
    source = report.source(finding.path)
    if source is None or finding.line > len(source.line_starts):
        return ""
    masked, place = report.masked(finding.path), finding.place
    last = min(place.end_line, place.line + TALLEST)
    rows = []
    for number in range(max(place.line - CONTEXT, 1), min(last + CONTEXT, len(source.line_starts)) + 1):
        start, end = source.line_span(number)
        if start == end == len(source.text) and number > last:
            break  # behind the last line end
        low, high = max(place.start, start), min(max(place.end, place.start + 1), end)
        if low < high and place.line <= number <= last:
            head = max(start, low - WIDEST // 2)
            tail = min(end, max(head + WIDEST, min(high, head + 4 * WIDEST)))
            shown = (
                f"{'…' if head > start else ''}{_text(masked[head:low])}<mark>{_text(masked[low : min(high, tail)])}</mark>"
                f"{_text(masked[min(high, tail) : tail])}{'…' if tail < end else ''}"
            )
        else:
            shown = _text(masked[start : min(end, start + WIDEST)]) + ("…" if end - start > WIDEST else "")
        rows.append(f'<span class="line"><i>{number}</i>{shown}</span>')
    more = "\n<span class=line><i></i>…</span>" if place.end_line > last else ""
    return f"<pre>{chr(10).join(rows)}{more}</pre>"


def _fix(report: Report, finding: Finding) -> str:
    """The fix as a diff; its title alone where it is only to be shown, or would show a secret."""
    fix = finding.fix
    if fix is None:
        return ""
    flag = "by hand" if fix.safety is Safety.MANUAL else f"<code>{FLAGS[fix.safety]}</code>"
    head = f"<summary>Fix: {_message(fix.title)} ({flag})</summary>"
    if not report.shows(fix):
        return f'<details class="fix">{head}</details>'
    parts: list[str] = []
    for path in dict.fromkeys(edit.path for edit in fix.edits):
        edits = [edit for edit in fix.edits if edit.path == path]
        source = report.source(path)
        if not edits[0].creates and (source is None or any(edit.end > len(source.text) for edit in edits)):
            continue
        changed = diff(path, report.masked(path) if not edits[0].creates else "", edits)
        lines = changed.splitlines()
        first = next((at for at, line in enumerate(lines) if line.startswith("@@")), 0)
        parts += [*([path] if path != finding.path else []), *lines[first:]]
    rows = []
    for line in parts[:DIFF_LINES]:
        kind = {"+": "added", "-": "removed", "@": "hunk"}.get(line[:1], "")
        rows.append(f'<span class="line {kind}">{_text(line[:WIDEST])}</span>')
    more = "\n…" if len(parts) > DIFF_LINES else ""
    body = f"<pre>{chr(10).join(rows)}{more}</pre>" if rows else ""
    return f'<details class="fix">{head}{body}</details>'


def _page(report: Report, finding: Finding) -> str:
    """Why, in the words of the rule's page."""
    rule = report.rule(finding)
    prose, _ = rule_markdown(rule.body)
    if not prose:
        return ""
    paragraphs = "".join(f"<p>{_message(' '.join(part.split()))}</p>" for part in prose.split("\n\n") if part.strip())
    links = "".join(
        f'<li><a href="{escape(one)}" rel="noreferrer">{_text(one)}</a></li>'
        for one in rule.references
        if one.startswith("https://")
    )
    return (
        f'<details class="why"><summary>{_text(rule.title or rule.id)}</summary>{paragraphs}'
        f"{f'<ul>{links}</ul>' if links else ''}</details>"
    )
