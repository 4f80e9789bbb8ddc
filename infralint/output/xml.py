"""XML formats of CI systems: JUnit's test report and Checkstyle's."""

from __future__ import annotations

from infralint.engine.report import FAILURES, Notice, Report
from infralint.output.escape import visible
from infralint.output.json import whole
from infralint.output.text import LEVELS
from infralint.text import regex as re
from infralint.text.finding import Finding

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;"}
_UNSAFE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, not even as an entity."""
CHECKSTYLE = {"error": "error", "warning": "warning", "note": "info"}


def _text(value: str) -> str:
    """Text for an attribute or an element; what a terminal would obey and what XML lacks is written out."""
    text = "".join(_ENTITIES.get(c, c) for c in _UNSAFE.sub("\ufffd", whole(visible(value, "\n"))))
    return re.sub(r"##(?=\w*\[)", "#&#35;", text) if "##" in text else text


def _tag(name: str, /, **attributes: object) -> str:
    return f"<{name}" + "".join(f' {key}="{_text(str(value))}"' for key, value in attributes.items())


def to_junit(report: Report) -> str:
    """A test suite of every file with findings, a failed test a finding; what could not be judged is an error.

    Findings below `fail-on` pass, with the message as output: CI systems count failures.
    """
    by_path = _by_path(report)
    failures = [notice for notice in report.notices if notice.kind in FAILURES]
    failed = sum(one.fails for one in report.findings)
    total = len(report.findings) + len(failures)
    head = {"name": "infralint", "tests": max(total, 1), "failures": failed, "errors": len(failures)}
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', _tag("testsuites", **head, time="0") + ">"]
    for path, findings in by_path.items():
        count = sum(one.fails for one in findings)
        suite = {"name": path, "tests": len(findings), "failures": count, "errors": 0, "skipped": 0, "time": "0"}
        lines.append("  " + _tag("testsuite", **suite) + ">")
        lines += [_case(report, one) for one in findings]
        lines.append("  </testsuite>")
    if failures or not total:
        lines += _own_suite(failures)
    return "\n".join([*lines, "</testsuites>"]) + "\n"


def _own_suite(failures: list[Notice]) -> list[str]:
    """What the run says of itself: its failures, or that there is nothing to say."""
    count = len(failures)
    suite = {"name": "infralint", "tests": max(count, 1), "failures": 0, "errors": count, "skipped": 0, "time": "0"}
    lines = ["  " + _tag("testsuite", **suite) + ">"]
    for one in failures:
        lines.append("    " + _tag("testcase", name=one.path or "infralint", classname="infralint", time="0") + ">")
        lines.append("      " + _tag("error", message=one.message, type=one.kind) + "/>")
        lines.append("    </testcase>")
    if not failures:
        lines.append("    " + _tag("testcase", name="no findings", classname="infralint", time="0") + "/>")
    return [*lines, "  </testsuite>"]


def _case(report: Report, finding: Finding) -> str:
    name = f"{finding.rule} at line {finding.line}"
    case = "    " + _tag("testcase", name=name, classname=finding.path, time="0") + ">"
    where = f"{finding.path}:{finding.line}:{finding.column}"
    body = f"{where}: {finding.severity.label}: {finding.message} ({finding.rule})"
    if finding.fix:
        body += f"\nfix: {finding.fix.title}"
    if finding.fails:
        inner = _tag("failure", message=finding.message, type=finding.rule) + f">{_text(body)}</failure>"
    else:
        inner = f"<system-out>{_text(body)}</system-out>"
    return f"{case}\n      {inner}\n    </testcase>"


def to_checkstyle(report: Report) -> str:
    """Checkstyle's report: an error a finding, by file; what could not be judged is an error as well."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<checkstyle version="4.3">']
    failures: dict[str, list[Notice]] = {}
    for notice in report.notices:
        if notice.kind in FAILURES:
            failures.setdefault(notice.path or "infralint", []).append(notice)
    by_path = _by_path(report)
    for path in sorted({*by_path, *failures}):
        lines.append("  " + _tag("file", name=path) + ">")
        for one in by_path.get(path, ()):
            level = CHECKSTYLE[LEVELS[one.severity]]
            row = {"line": one.line, "column": one.column, "severity": level, "message": one.message}
            lines.append("    " + _tag("error", **row, source=f"infralint.{one.rule.replace('/', '.')}") + "/>")
        for notice in failures.get(path, ()):
            row = {"line": 1, "column": 1, "severity": "error", "message": notice.message}
            lines.append("    " + _tag("error", **row, source=f"infralint.{notice.kind}") + "/>")
        lines.append("  </file>")
    return "\n".join([*lines, "</checkstyle>"]) + "\n"


def _by_path(report: Report) -> dict[str, list[Finding]]:
    by_path: dict[str, list[Finding]] = {}
    for finding in report.findings:
        by_path.setdefault(finding.path, []).append(finding)
    return by_path
