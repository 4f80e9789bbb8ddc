"""The format for people: each finding with its source, carets under the exact span, and the fix."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from itertools import groupby

from infralint.engine.report import FAILURES, Report
from infralint.output.escape import WIDEST, excerpt, fitted, inert, visible
from infralint.text.edit import Fix, Safety
from infralint.text.finding import Finding, Severity
from infralint.text.record import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

RESET = "\x1b[0m"
STYLES = {
    "critical": "\x1b[1;35m",
    "high": "\x1b[1;31m",
    "medium": "\x1b[33m",
    "low": "\x1b[36m",
    "info": "\x1b[34m",
    "bold": "\x1b[1m",
    "dim": "\x1b[2m",
    "help": "\x1b[32m",
}
CLOSE = 12
"""Of a finding of fewer lines the first and the last are shown; of a longer one the first."""
MAX_SPOTS = 5
FLAGS = {Safety.SAFE: "--fix", Safety.UNSAFE: "--fix --unsafe-fixes", Safety.MANUAL: "by hand"}


def is_colored(stream: TextIO, environ: Mapping[str, str] = os.environ) -> bool:
    """Whether to colour: on a terminal that can, unless NO_COLOR is set; FORCE_COLOR wins over the terminal."""
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR", "0") not in ("", "0", "false"):
        return True
    return environ.get("TERM") != "dumb" and stream.isatty()


class Look(NamedTuple):
    """How text is laid out. `width` 0: as wide as it is; `limit` None: every finding."""

    color: bool = False
    width: int = 0
    links: bool = False
    group_by: str = "file"
    limit: int | None = None


def write(report: Report, stream: TextIO, color: bool) -> None:
    """Print the report; what the stream's encoding lacks is written in ASCII."""
    stream.write(fitted(to_text(report, color=color), getattr(stream, "encoding", None)))


def to_text(report: Report, *, color: bool = False, look: Look | None = None) -> str:
    """The report as it is printed."""
    look = look or Look(color)
    ink = STYLES if look.color else {}
    shown = report.findings
    if look.limit is not None and look.limit < len(shown):
        kept = {id(one) for one in severest(report)[: look.limit]}
        shown = [one for one in shown if id(one) in kept]
    out: list[str] = []
    for head, title, findings in _groups(report, shown, look):
        out += (_paint(ink, "bold", head) + _paint(ink, "dim", f"  {title}{_many(len(findings), 'finding')}"), "")
        for finding in findings:
            out += (*_finding(report, finding, ink, look), "")
    if len(shown) < len(report.findings):
        out += (
            _paint(ink, "dim", f"{len(report.findings) - len(shown)} more findings are not shown (--max-findings)"),
            "",
        )
    for notice in report.notices:
        mark = _paint(ink, "high" if notice.kind in FAILURES else "dim", "error" if notice.kind in FAILURES else "note")
        where = f"{visible(report.shown(notice.path))}: " if notice.path else ""
        out.append(f"{mark}: {where}{visible(notice.message)}")
    if report.notices:
        out.append("")
    out += [*summary(report, ink), *advice(report, ink)]
    return "\n".join(map(inert, out)) + "\n"


def _groups(report: Report, shown: list[Finding], look: Look) -> Iterator[tuple[str, str, list[Finding]]]:
    """Findings by file or by rule, the rules with the most findings first: head, words behind it, findings."""
    by: dict[str, list[Finding]] = {}
    for finding in shown:
        by.setdefault(finding.rule if look.group_by == "rule" else finding.path, []).append(finding)
    if look.group_by == "rule":
        for rule, findings in sorted(by.items(), key=lambda row: (-len(row[1]), row[0])):
            yield visible(rule), f"{visible(findings[0].title)} · ", findings
        return
    for path, findings in by.items():
        yield visible(report.shown(path)), "", findings


def _paint(ink: dict[str, str], style: str, text: str) -> str:
    return f"{ink[style]}{text}{RESET}" if ink else text


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _head(report: Report, finding: Finding, ink: dict[str, str], look: Look) -> list[str]:
    """Place, severity, rule and message; the message on lines of its own where the terminal is narrower."""
    label = finding.severity.label
    where = f"{visible(report.shown(finding.path))}:{finding.line}:{finding.column}"
    rule, message = visible(finding.rule), visible(finding.message)
    page = page_link(report, finding.rule) if look.links else ""
    name = f"\x1b]8;;{page}\x1b\\{_paint(ink, 'dim', rule)}\x1b]8;;\x1b\\" if page else _paint(ink, "dim", rule)
    head = f"{where}  {_paint(ink, label, label)}  {name}"
    if not look.width or len(where) + len(label) + len(rule) + len(message) + 6 <= look.width:
        return [f"{head}  {_paint(ink, 'bold', message)}"]
    from textwrap import wrap

    return [head, *(f"  {_paint(ink, 'bold', line)}" for line in wrap(message, max(look.width - 2, 30)))]


def page_link(report: Report, rule: str) -> str:
    """The address of a rule's page: where pages are published, else of its file in the package; "" where it has none."""
    published = report.page_of(rule)
    if published:
        return published
    from urllib.parse import quote

    from infralint.policy.catalogue import rule_path

    path = rule_path(rule)
    return f"file://{quote(str(path.absolute()))}" if ".." not in rule and path.is_file() else ""


def _finding(report: Report, finding: Finding, ink: dict[str, str], look: Look) -> list[str]:
    place = finding.place
    label = finding.severity.label
    out = _head(report, finding, ink, look)
    lines = [place.line, place.end_line] if 0 < place.end_line - place.line < CLOSE else [place.line]
    gutter = " " * len(str(lines[-1]))
    for number in lines:
        room = max(look.width - len(gutter) - 8, 40) if look.width else WIDEST
        shown = _source_line(report, finding, number, min(room, WIDEST))
        if shown is not None:
            line, column, width = shown
            more = " …" if place.end_line > number else ""
            bar = _paint(ink, "dim", f"  {gutter} │")
            carets = _paint(ink, label, "^" * width) + more
            out.append(f"{_paint(ink, 'dim', f'  {number:>{len(gutter)}} │')} {line}".rstrip())
            out.append(f"{bar} {' ' * column}{carets}")
    for spots, say in _seen(report, finding):
        out.append(f"  {gutter} = {_paint(ink, 'bold', 'see')}: {spots}: {visible(say)}")
    if finding.required_by:
        required = f"{visible(finding.required_by)}; comments and settings do not suppress it"
        out.append(f"  {gutter} = {_paint(ink, 'dim', 'required by')}: {required}")
    if finding.also_reported_by:
        out.append(
            f"  {gutter} = {_paint(ink, 'dim', 'also')}: {visible(', '.join(dict.fromkeys(finding.also_reported_by)))}"
        )
    if finding.fix:
        out.append(f"  {gutter} = {_paint(ink, 'help', 'help')}: {_help(finding.fix)}")
    return out


def _help(fix: Fix) -> str:
    return f"{visible(fix.title)} [{FLAGS[fix.safety]}]"


def _seen(report: Report, finding: Finding) -> Iterator[tuple[str, str]]:
    """The related places and what is said of them: one line for those of the same words, none for what the carets show."""
    own = finding.place
    shown = range(own.start, own.end + 1) if own.line == own.end_line else range(0)
    for (path, say), group in groupby(finding.related, key=lambda one: (one[0].path, one[1])):
        places = [one for one, _ in group if path != own.path or one.start not in shown or one.end not in shown]
        spots = [f"{one.line}:{one.column}" for one in places]
        if len(spots) > MAX_SPOTS:
            spots[MAX_SPOTS - 1 :] = [f"and {len(spots) - MAX_SPOTS + 1} more"]
        if spots:
            yield f"{visible(report.shown(path))}:{', '.join(spots).replace(', and', ' and')}", say


def _source_line(report: Report, finding: Finding, number: int, widest: int) -> tuple[str, int, int] | None:
    """A line of a finding as shown, with the column and the width of its carets."""
    place = finding.place
    source = report.source(place.path)
    if source is None or number > len(source.line_starts):
        return None
    start, end = source.line_span(number)
    text = source.text[start:end]
    at = start + (place.column - 1 if number == place.line else len(text) - len(text.lstrip()))
    low, high = max(start, at - 2 * WIDEST), min(end, at + 2 * WIDEST)
    last = start + place.end_column - 1 if place.end_line == number else end
    return excerpt(report.masked(place.path)[low:high], at - low, last - low, widest)


def summary(report: Report, ink: dict[str, str]) -> list[str]:
    """The last lines: counts by severity, and which flag applies fixes."""
    total = len(report.findings)
    judged = _many(report.files, "file")
    quiet = f" · {len(report.suppressed)} suppressed" if report.suppressed else ""
    skipped = sum(notice.kind in FAILURES for notice in report.notices)
    failed = f" · {_many(skipped, 'failure')}" if skipped else ""
    if not total:
        nothing = "No files to judge" if not report.files else "No findings"
        verdict = nothing if not skipped else "No findings in what could be judged"
        return [_paint(ink, "help" if not skipped else "high", verdict) + f" · {judged} judged{quiet}{failed}"]
    counts = ", ".join(_paint(ink, s.label, f"{n} {s.label}") for s, n in report.counts.items() if n)
    lines = [f"{_paint(ink, 'bold', _many(total, 'finding'))} ({counts}) · {judged} judged{quiet}{failed}"]
    safe, unsafe = report.fixable, report.fixable_unsafe
    offers = [f"{safe} with --fix"] if safe else []
    if unsafe:
        offers.append(f"{unsafe}{' more' if safe else ''} with --fix --unsafe-fixes")
    if offers:
        lines.append("Fixable: " + ", ".join(offers))
    return lines


MANY = 10
"""So many findings are summed up by rule."""
FLOOD = 50
"""From so many findings on a baseline is offered."""


def advice(report: Report, ink: dict[str, str]) -> list[str]:
    """Behind the summary of many findings: the rules that find most, and what to do next."""
    if len(report.findings) < MANY:
        return []
    counts: dict[str, int] = {}
    for finding in report.findings:
        counts[finding.rule] = counts.get(finding.rule, 0) + 1
    most = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    lines = []
    if most[0][1] > 2:
        lines.append("Most: " + ", ".join(f"{count} × {visible(rule)}" for rule, count in most[:3]))
    steps = [f"infralint explain {visible(most[0][0])}", "--statistics counts by rule"]
    if len(report.findings) >= FLOOD and not any(notice.kind == "baseline" for notice in report.notices):
        steps.append("infralint baseline write accepts what is there today")
    return [*lines, _paint(ink, "dim", "Next: " + "; ".join(steps))]


def plain_summary(report: Report) -> str:
    """The summary on one line, without colours."""
    return ". ".join(summary(report, {}))


def severest(report: Report) -> list[Finding]:
    """The findings, the gravest first, otherwise in their order."""
    return sorted(report.findings, key=lambda finding: -finding.severity)


LEVELS: dict[Severity, str] = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "note",
    Severity.INFO: "note",
}
"""Severities in the three words that CI systems and SARIF know."""
