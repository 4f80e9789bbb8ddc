"""The format for people: each finding with its source, carets under the exact span, and the fix."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import TextIO

from infralint.engine.report import FAILURES, Report
from infralint.output.escape import WIDEST, excerpt, fitted, inert, visible
from infralint.text.edit import Fix, Safety
from infralint.text.finding import Finding, Severity

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


def write(report: Report, stream: TextIO, color: bool) -> None:
    """Print the report; what the stream's encoding lacks is written in ASCII."""
    stream.write(fitted(to_text(report, color=color), getattr(stream, "encoding", None)))


def to_text(report: Report, *, color: bool = False) -> str:
    """The report as it is printed."""
    ink = STYLES if color else {}
    out: list[str] = []
    by_path: dict[str, list[Finding]] = {}
    for finding in report.findings:
        by_path.setdefault(finding.path, []).append(finding)
    for path, findings in by_path.items():
        out += (
            _paint(ink, "bold", visible(report.shown(path)))
            + _paint(ink, "dim", f"  {_many(len(findings), 'finding')}"),
            "",
        )
        for finding in findings:
            out += (*_finding(report, finding, ink), "")
    for notice in report.notices:
        mark = _paint(ink, "high" if notice.kind in FAILURES else "dim", "error" if notice.kind in FAILURES else "note")
        where = f"{visible(report.shown(notice.path))}: " if notice.path else ""
        out.append(f"{mark}: {where}{visible(notice.message)}")
    if report.notices:
        out.append("")
    out += summary(report, ink)
    return "\n".join(map(inert, out)) + "\n"


def _paint(ink: dict[str, str], style: str, text: str) -> str:
    return f"{ink[style]}{text}{RESET}" if ink else text


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _finding(report: Report, finding: Finding, ink: dict[str, str]) -> list[str]:
    place = finding.place
    label = finding.severity.label
    where = f"{visible(report.shown(place.path))}:{place.line}:{place.column}"
    rule, message = visible(finding.rule), visible(finding.message)
    out = [f"{where}  {_paint(ink, label, label)}  {_paint(ink, 'dim', rule)}  {_paint(ink, 'bold', message)}"]
    lines = [place.line, place.end_line] if 0 < place.end_line - place.line < CLOSE else [place.line]
    gutter = " " * len(str(lines[-1]))
    for number in lines:
        shown = _source_line(report, finding, number)
        if shown is not None:
            line, column, width = shown
            more = " …" if place.end_line > number else ""
            bar = _paint(ink, "dim", f"  {gutter} │")
            carets = _paint(ink, label, "^" * width) + more
            out.append(f"{_paint(ink, 'dim', f'  {number:>{len(gutter)}} │')} {line}".rstrip())
            out.append(f"{bar} {' ' * column}{carets}")
    for spots, say in _seen(report, finding):
        out.append(f"  {gutter} = {_paint(ink, 'bold', 'see')}: {spots}: {visible(say)}")
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


def _source_line(report: Report, finding: Finding, number: int) -> tuple[str, int, int] | None:
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
    return excerpt(report.masked(place.path)[low:high], at - low, last - low)


def summary(report: Report, ink: dict[str, str]) -> list[str]:
    """The last lines: counts by severity, and which flag applies fixes."""
    total = len(report.findings)
    judged = _many(report.files, "file")
    quiet = f" · {len(report.suppressed)} suppressed" if report.suppressed else ""
    skipped = sum(notice.kind in FAILURES for notice in report.notices)
    failed = f" · {_many(skipped, 'failure')}" if skipped else ""
    if not total:
        verdict = "No findings" if not skipped else "No findings in what could be judged"
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
