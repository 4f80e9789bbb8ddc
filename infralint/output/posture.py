"""The practices of a repository as text, Markdown and JSON."""

from __future__ import annotations

import json
import os

from infralint import __version__
from infralint.engine.posture import Posture, Standing
from infralint.engine.report import FAILURES
from infralint.output.escape import inert, visible
from infralint.output.markdown import code, plain
from infralint.text.finding import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SHOWN = 5
"""Findings of a practice that are listed, except in JSON."""


def name_of(posture: Posture) -> str:
    """The name of the repository's folder."""
    return os.path.basename(os.path.realpath(posture.report.root)) or "repository"


def summary(posture: Posture) -> str:
    """How many practices have each state, in words."""
    return ", ".join(f"{count} {state}" for state, count in posture.counts.items() if count)


def remarks(posture: Posture) -> list[str]:
    """What limits the page: files that were not judged, a part of a repository."""
    told = [
        f"{one.path}: {one.message}" if one.path else one.message
        for one in posture.report.notices
        if one.kind in FAILURES
    ]
    if not posture.is_whole:
        told.append("the run does not see the whole repository: what is absent may only be unseen")
    return told


def more_of(standing: Standing) -> str:
    """What is said of the findings that are not listed; "" where all are."""
    more = len(standing.findings) - SHOWN
    if more <= 0:
        return ""
    return f"and {more} more: infralint check --select {','.join(sorted({one.rule for one in standing.findings}))}"


def to_text(posture: Posture) -> str:
    """One page for a terminal."""
    lines = [f"{name_of(posture)}: {len(posture.standings)} practices, {summary(posture)}", ""]
    for one in posture.standings:
        lines.append(f"{one.state:14}  {one.practice.title}{f' ({one.why})' if one.why else ''}")
        lines += [f"{'':16}+ {proof.says} ({proof.path}:{proof.line})" for proof in one.evidence]
        lines += [f"{'':16}- {_place(found)} {found.message} [{found.rule}]" for found in one.findings[:SHOWN]]
        if more_of(one):
            lines.append(f"{'':18}{more_of(one)}")
    lines += ["", *(f"note: {remark}" for remark in remarks(posture))]
    return "\n".join(inert(visible(line)).rstrip() for line in lines).rstrip() + "\n"


def _place(finding: Finding) -> str:
    return f"{finding.path}:{finding.line}:"


def to_markdown(posture: Posture) -> str:
    """A page for a code host: a table, and below it what is behind each row."""
    lines = [
        f"# Practices of {plain(name_of(posture))}",
        "",
        f"{len(posture.standings)} practices: {summary(posture)}.",
        "",
        "| Practice | State | Standards |",
        "|---|---|---|",
    ]
    lines += [
        f"| {one.practice.title} | {one.state} | {', '.join(one.practice.standards) or '-'} |"
        for one in posture.standings
    ]
    for one in posture.standings:
        lines += ["", f"## {one.practice.title}: {one.state}", "", one.practice.asks]
        if one.why:
            lines += ["", f"{one.state[0].upper()}{one.state[1:]}: {plain(one.why)}."]
        rows = [f"- {plain(proof.says)} ({code(f'{proof.path}:{proof.line}')})" for proof in one.evidence]
        rows += [
            f"- {code(f'{found.path}:{found.line}')} {plain(found.message)} ({code(found.rule)})"
            for found in one.findings[:SHOWN]
        ]
        rows += [f"- {plain(more_of(one))}"] if more_of(one) else []
        lines += ["", *rows] if rows else []
    told = [f"> {plain(remark)}" for remark in remarks(posture)]
    lines += ["", *told] if told else []
    return "\n".join([*lines, "", f"infralint {__version__}"]) + "\n"


def to_json(posture: Posture) -> str:
    """Everything, for programs; the schema is `docs/schemas/posture.schema.json`."""
    return json.dumps(_as_data(posture), indent=2, ensure_ascii=False) + "\n"


def _as_data(posture: Posture) -> dict[str, Any]:
    return {
        "version": 1,
        "tool": {"name": "infralint", "version": __version__},
        "repository": name_of(posture),
        "whole": posture.is_whole,
        "files": posture.report.files,
        "counts": {state.replace(" ", "-"): count for state, count in posture.counts.items()},
        "practices": [_as_row(one) for one in posture.standings],
        "notices": [visible(remark) for remark in remarks(posture)],
    }


def _as_row(standing: Standing) -> dict[str, Any]:
    practice = standing.practice
    return {
        "name": practice.name,
        "title": practice.title,
        "asks": practice.asks,
        "state": standing.state.replace(" ", "-"),
        "why": standing.why,
        "standards": list(practice.standards),
        "rules": list(practice.rules),
        "evidence": [{"says": visible(one.says), "path": one.path, "line": one.line} for one in standing.evidence],
        "findings": [
            {
                "rule": one.rule,
                "path": one.path,
                "line": one.line,
                "severity": one.severity.label,
                "message": visible(one.message),
            }
            for one in standing.findings
        ],
        "suppressed": standing.suppressed,
    }
