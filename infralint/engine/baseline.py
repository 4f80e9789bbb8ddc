"""The findings that a repository already has, so that only new ones count.

The file is JSON, sorted, one finding a line: rule, path and fingerprint. The fingerprint is made of the rule, the path, the
structural path and the normalised text, so that lines may move; no line numbers, dates or versions stand in it.
"""

from __future__ import annotations

import json
import os

from infralint.engine.discover import UsageError
from infralint.engine.report import Notice, Report

MAX_BYTES = 50_000_000
REASON = "in the baseline"


def written(report: Report) -> str:
    """The text of a baseline of all findings that stand."""
    rows = sorted((one.path, one.rule, report.fingerprint(one)) for one in report.findings)
    lines = [json.dumps({"path": path, "rule": rule, "fingerprint": mark}) for path, rule, mark in rows]
    return '{"findings": [\n' + ",\n".join(lines) + ("\n" if lines else "") + "]}\n"


def held_against(report: Report, file: str) -> None:
    """Take out of a report what its baseline holds. Raises UsageError for a file that is none."""
    known = _read(file)
    fresh = []
    met: set[str] = set()
    for finding in report.findings:
        mark = report.fingerprint(finding)
        if mark in known:
            met.add(mark)
            finding.suppressed = REASON
            report.suppressed.append(finding)
        else:
            fresh.append(finding)
    report.findings = fresh
    gone = len(known - met)
    if gone:
        what = "entry of the baseline is" if gone == 1 else "entries of the baseline are"
        report.notices.append(
            Notice("", f"{gone} {what} fixed, or were not looked for; --write-baseline forgets them", "baseline")
        )


def _read(file: str) -> set[str]:
    try:
        if os.path.getsize(file) > MAX_BYTES:
            raise UsageError(f"{file} is too large for a baseline")
        with open(file, encoding="utf-8") as stream:
            rows = json.load(stream)["findings"]
        return {str(row["fingerprint"]) for row in rows}
    except OSError as error:
        raise UsageError(
            f"the baseline {file} cannot be read: {error.strerror or error}; make one with --write-baseline {file}"
        ) from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise UsageError(f"{file} is no baseline; make one with --write-baseline {file}") from None
