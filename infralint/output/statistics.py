"""How many findings each rule has, for a first look at a repository."""

from __future__ import annotations

from infralint.engine.report import Report
from infralint.output.escape import fitted, inert, visible
from infralint.output.text import summary
from infralint.text.edit import Safety

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TextIO


def rows(report: Report) -> list[dict[str, Any]]:
    """Per rule its findings, files, gravest severity and fixes, the rule with the most findings first."""
    found: dict[str, dict[str, Any]] = {}
    paths: dict[str, set[str]] = {}
    for one in report.findings:
        row = found.setdefault(
            one.rule,
            {"rule": one.rule, "title": one.title, "findings": 0, "files": 0, "severity": one.severity, "fixable": 0},
        )
        row["findings"] += 1
        row["severity"] = max(row["severity"], one.severity)
        row["fixable"] += one.fix is not None and one.fix.safety is not Safety.MANUAL
        paths.setdefault(one.rule, set()).add(one.path)
    for rule, row in found.items():
        row["files"] = len(paths[rule])
        row["severity"] = row["severity"].label
    return sorted(found.values(), key=lambda row: (-row["findings"], row["rule"]))


def write_statistics(report: Report, stream: TextIO, *, as_json: bool = False) -> None:
    """Print the counts, as a table or as JSON."""
    table = rows(report)
    if as_json:
        from infralint.output.json import dumps

        stream.write(dumps({"rules": table}))
        return
    width = max((len(row["rule"]) for row in table), default=0)
    lines = [
        f"{row['findings']:>6}  {row['severity']:8}  {'fix' if row['fixable'] else '   '}  {visible(row['rule']):{width}}  {visible(row['title'])}"
        for row in table
    ]
    text = "\n".join(map(inert, [*lines, *([""] if lines else []), *summary(report, {})])) + "\n"
    stream.write(fitted(text, getattr(stream, "encoding", None)))
