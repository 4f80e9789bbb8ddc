"""One fault, one finding: of findings with the same cause the gravest is reported, the places of the others beside it."""

from __future__ import annotations

from itertools import combinations

from infralint.text.edit import Fix, clash
from infralint.text.finding import Finding, Place

MAX_EDITS = 200
MAX_RELATED = 20
"""So many further places are listed; the rest are as many more of the same."""


def merge_causes(findings: list[Finding]) -> list[Finding]:
    """The findings with those left out that another one stands for."""
    by_cause: dict[str, list[Finding]] = {}
    for finding in findings:
        cause = cause_of(finding)
        if cause:
            by_cause.setdefault(cause, []).append(finding)
    dropped: set[int] = set()
    for group in by_cause.values():
        if len(group) > 1:
            group.sort(key=lambda one: (-one.severity, one.path, one.place.start, one.rule))
            _take_in(group[0], group[1:])
            dropped.update(id(one) for one in group[1:])
    return [finding for finding in findings if id(finding) not in dropped]


def cause_of(finding: Finding) -> str:
    """What a finding has in common with others that are the same fault; "" for a fault of its own."""
    return finding.cause or _written_once(finding)


def _written_once(finding: Finding) -> str:
    """The place of a fault in a compose file: an anchor's text counts for each service that uses it, and is one fault."""
    place = finding.place
    return f"{finding.rule} {place.path} {place.start} {place.end}" if finding.kind == "compose" else ""


def _take_in(first: Finding, others: list[Finding]) -> None:
    """Let a finding stand for others: their places, their fixes, and, at its own place, their names."""
    places: dict[tuple[str, int, int], tuple[Place, str]] = {}
    for other in others:
        if (other.path, other.place.start, other.place.end) == (first.path, first.place.start, first.place.end):
            first.same_as = tuple(dict.fromkeys((*first.same_as, *other.same_as)))
            first.part_of = tuple(dict.fromkeys((*first.part_of, *other.part_of)))
            continue
        places.setdefault((other.path, other.place.start, other.place.end), (other.place, "also here"))
    first.related = (*first.related, *list(places.values())[:MAX_RELATED])
    alike = [other for other in others if other.rule == first.rule]
    first.fix = _together([first, *alike])


def _together(findings: list[Finding]) -> Fix | None:
    """One fix of all of them; the first one's own where not each has one of the same safety."""
    fixes = [one.fix for one in findings if one.fix is not None]
    if len(fixes) < len(findings) or len({fix.safety for fix in fixes}) > 1:
        return findings[0].fix
    edits = list(dict.fromkeys(edit for fix in fixes for edit in fix.edits))
    if len(edits) > MAX_EDITS or any(clash(one, other) for one, other in combinations(edits, 2)):
        return findings[0].fix
    return Fix(fixes[0].title, fixes[0].safety, edits)
