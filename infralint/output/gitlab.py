"""GitLab: the Code Quality report of a merge request, and the SAST report of the security dashboard."""

from __future__ import annotations

from infralint import __version__
from infralint.engine.report import FAILURES, Report
from infralint.output.json import dumps, whole
from infralint.text.finding import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

QUALITY = {
    Severity.CRITICAL: "blocker",
    Severity.HIGH: "critical",
    Severity.MEDIUM: "major",
    Severity.LOW: "minor",
    Severity.INFO: "info",
}
SAST = {
    Severity.CRITICAL: "Critical",
    Severity.HIGH: "High",
    Severity.MEDIUM: "Medium",
    Severity.LOW: "Low",
    Severity.INFO: "Info",
}
SAST_VERSION = "15.1.4"
"""The version of GitLab's security report schemas."""
NO_TIME = "1970-01-01T00:00:00"
"""Reports are the same for the same findings, so they tell no time; GitLab asks for one."""
NAME, DESCRIPTION = 255, 1_000


def to_code_quality(report: Report) -> str:
    """A list of issues; fingerprints are unique within it and hold no line numbers."""
    return dumps([_issue(report, one) for one in report.findings])


def _issue(report: Report, finding: Finding) -> dict[str, Any]:
    return {
        "description": whole(f"{finding.message} ({finding.rule})"),
        "check_name": finding.rule,
        "fingerprint": report.fingerprint(finding),
        "severity": QUALITY[finding.severity],
        "location": {"path": whole(finding.path), "lines": {"begin": finding.line, "end": finding.end_line}},
    }


def to_sast(report: Report) -> str:
    """The findings about security as GitLab's SAST report."""
    about = [one for one in report.findings if "security" in report.rule(one).tags or not report.rule(one).tags]
    tool = {"id": "infralint", "name": "infralint", "version": __version__, "vendor": {"name": "infralint"}}
    failed = [notice for notice in report.notices if notice.kind in FAILURES]
    scan: dict[str, Any] = {
        "analyzer": tool,
        "scanner": tool,
        "type": "sast",
        "start_time": NO_TIME,
        "end_time": NO_TIME,
        "status": "failure" if failed else "success",
    }
    if failed:
        scan["messages"] = [
            {"level": "warn", "value": whole(f"{one.path}: {one.message}" if one.path else one.message)}
            for one in failed
        ]
    return dumps(
        {"version": SAST_VERSION, "scan": scan, "vulnerabilities": [_vulnerability(report, one) for one in about]}
    )


def _vulnerability(report: Report, finding: Finding) -> dict[str, Any]:
    rule = report.rule(finding)
    print_ = report.fingerprint(finding)
    page = report.page_of(finding.rule)
    numbers = [name.rpartition("/")[2] for name in rule.cwe]
    identifiers: list[dict[str, str]] = [
        {"type": "infralint_rule_id", "name": f"infralint {finding.rule}", "value": finding.rule, **({"url": page} if page else {})},
        *(
            {"type": "cwe", "name": f"CWE-{number}", "value": number, "url": f"https://cwe.mitre.org/data/definitions/{number}.html"}
            for number in numbers
        ),
    ]  # fmt: skip
    found: dict[str, Any] = {
        "id": f"{print_[:8]}-{print_[8:12]}-4{print_[13:16]}-8{print_[17:20]}-{print_[20:32]}",
        "name": whole(rule.title or finding.rule)[:NAME],
        "description": whole(finding.message)[:DESCRIPTION],
        "severity": SAST[finding.severity],
        "location": {"file": whole(finding.path), "start_line": finding.line, "end_line": finding.end_line},
        "identifiers": identifiers,
        "tracking": {
            "type": "source",
            "items": [
                {
                    "file": whole(finding.path),
                    "line_start": finding.line,
                    "line_end": finding.end_line,
                    "signatures": [{"algorithm": "hash", "value": print_}],
                }
            ],
        },
    }
    if finding.fix:
        found["solution"] = whole(finding.fix.title)[:DESCRIPTION]
    links = [{"url": reference} for reference in rule.references if reference.startswith("https://")]
    if links:
        found["links"] = links
    return found
