"""What the runs of a fleet say together: worst policies and repositories, what is new and fixed, exceptions that end."""

from __future__ import annotations

from datetime import date, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from infralint.engine.discover import UsageError
from infralint.engine.organisation import read_organisation
from infralint.fleet.store import Store
from infralint.text.finding import Severity
from infralint.text.record import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

GRAVITY = {severity.label: int(severity) for severity in Severity}
SEVERITIES = [severity.label for severity in reversed(Severity)]


class RuleRow(NamedTuple):
    """A rule over all repositories. `new` and `fixed`: since the run before."""

    rule: str
    severity: str
    findings: int
    repositories: int
    fixable: int
    new: int
    fixed: int


class RepositoryRow(NamedTuple):
    """A repository with its findings by severity. `new` and `fixed`: since the run before."""

    repository: str
    findings: int
    critical: int
    high: int
    medium: int
    low: int
    info: int
    new: int
    fixed: int
    error: str


class PracticeRow(NamedTuple):
    """A practice over the repositories whose practices were recorded."""

    practice: str
    met: int
    not_met: int
    not_applicable: int
    not_assessed: int


class Day(NamedTuple):
    """A run: repositories and how many of them failed, findings, and how many of these are high or critical."""

    day: str
    repositories: int
    failed: int
    findings: int
    grave: int


class Ending(NamedTuple):
    """An exception that ends soon, or has ended."""

    until: str
    repository: str
    rule: str
    path: str
    owner: str
    reason: str


class FleetReport:
    """All that a report shows. `since`: the day of the run before, "" where there is none."""

    __slots__ = (
        "day",
        "days",
        "endings",
        "fixed",
        "fresh",
        "new",
        "practices",
        "repositories",
        "rules",
        "since",
        "unchanged",
    )

    def __init__(self, day: str, since: str) -> None:
        self.day = day
        self.since = since
        self.days: list[Day] = []
        self.rules: list[RuleRow] = []
        self.repositories: list[RepositoryRow] = []
        self.endings: list[Ending] = []
        self.practices: list[PracticeRow] = []
        self.new = 0
        """Findings that the run before did not have, of repositories that it judged."""
        self.fixed = 0
        self.unchanged = 0
        self.fresh = 0
        """Findings of repositories that the run before did not judge."""


def report_of(store: Store, *, day: str | None = None, within: int = 30, policy: str | None = None) -> FleetReport:
    """The report of a day, by default the last one. `within`: how many days ahead an exception's end is told.

    Raises UsageError where there are no results.
    """
    days = store.days()
    if not days:
        raise UsageError(f"{store.folder} holds no results; run `infralint fleet SOURCES --output {store.folder}`")
    if day is not None and day not in days:
        raise UsageError(f"there are no results of {day}; there are some of {', '.join(days[-5:])}")
    day = day or days[-1]
    earlier = [each for each in days if each < day]
    found = FleetReport(day, earlier[-1] if earlier else "")
    found.days = [_day(store, each) for each in [*earlier, day][-30:]]
    columns = ["repository", "rule", "severity", "fixable", "fingerprint"]
    now = store.read("findings", day, columns)
    states = store.read("repositories", day)
    new, fixed = _changes(store, found, now, states)
    _rules(found, now, new, fixed)
    _repositories(found, states, new, fixed)
    _practices(found, states)
    _endings(found, store, within, policy)
    return found


def _day(store: Store, day: str) -> Day:
    rows = store.read("repositories", day, ["findings", "critical", "high", "error"])
    failed = pc.sum(pc.not_equal(rows["error"], "")).as_py() or 0
    grave = (pc.sum(rows["critical"]).as_py() or 0) + (pc.sum(rows["high"]).as_py() or 0)
    return Day(day, rows.num_rows, failed, pc.sum(rows["findings"]).as_py() or 0, grave)


def _plain(table: pa.Table) -> pa.Table:
    """The columns that identify a finding, as text."""
    names = ["repository", "rule", "fingerprint"]
    return pa.table({name: table[name].cast(pa.string()) for name in names})


def _changes(store: Store, found: FleetReport, now: pa.Table, states: pa.Table) -> tuple[pa.Table, pa.Table]:
    """The findings that are new and those that are gone, of repositories that both runs have judged."""
    current = _plain(now)
    if not found.since:
        found.fresh = now.num_rows
        return current.slice(0, 0), current.slice(0, 0)
    before = _plain(store.read("findings", found.since, ["repository", "rule", "fingerprint"]))
    both = pa.array(sorted(_judged(states) & _judged(store.read("repositories", found.since, ["repository", "error"]))))
    known = current.filter(pc.is_in(current["repository"], both.cast(pa.string())))
    gone = before.filter(pc.is_in(before["repository"], both.cast(pa.string())))
    keys = ["repository", "rule", "fingerprint"]
    new = known.join(gone, keys, join_type="left anti")
    fixed = gone.join(known, keys, join_type="left anti")
    found.new, found.fixed = new.num_rows, fixed.num_rows
    found.unchanged, found.fresh = known.num_rows - new.num_rows, current.num_rows - known.num_rows
    return new, fixed


def _judged(states: pa.Table) -> set[str]:
    return set(states.filter(pc.equal(states["error"], ""))["repository"].to_pylist())


def _counts(table: pa.Table, column: str) -> dict[str, int]:
    grouped = table.group_by(column).aggregate([([], "count_all")])
    return dict(zip(grouped[column].to_pylist(), grouped["count_all"].to_pylist(), strict=True))


def _rules(found: FleetReport, now: pa.Table, new: pa.Table, fixed: pa.Table) -> None:
    fresh, gone = _counts(new, "rule"), _counts(fixed, "rule")
    plain = pa.table(
        {name: now[name].cast(pa.string()) for name in ("repository", "rule", "severity")}
        | {"fixable": now["fixable"].cast(pa.int32())}
    )
    grouped = plain.group_by("rule").aggregate(
        [("repository", "count_distinct"), ("severity", "distinct"), ("fixable", "sum"), ([], "count_all")]
    )
    known = set()
    for row in grouped.to_pylist():
        gravest = max(row["severity_distinct"], key=lambda word: GRAVITY.get(word, 0))
        rule = row["rule"]
        known.add(rule)
        counts = row["count_all"], row["repository_count_distinct"], row["fixable_sum"] or 0
        found.rules.append(RuleRow(rule, gravest, *counts, fresh.get(rule, 0), gone.get(rule, 0)))
    found.rules += [RuleRow(rule, "", 0, 0, 0, 0, count) for rule, count in gone.items() if rule not in known]
    found.rules.sort(key=lambda row: (-GRAVITY.get(row.severity, -1), -row.repositories, -row.findings, row.rule))


def _repositories(found: FleetReport, states: pa.Table, new: pa.Table, fixed: pa.Table) -> None:
    fresh, gone = _counts(new, "repository"), _counts(fixed, "repository")
    for row in states.select(["repository", "findings", *SEVERITIES, "error"]).to_pylist():
        name = row["repository"]
        found.repositories.append(
            RepositoryRow(
                name,
                row["findings"],
                row["critical"],
                row["high"],
                row["medium"],
                row["low"],
                row["info"],
                fresh.get(name, 0),
                gone.get(name, 0),
                row["error"],
            )
        )
    found.repositories.sort(
        key=lambda row: (not row.error, -row.critical, -row.high, -row.medium, -row.findings, row.repository)
    )


def _practices(found: FleetReport, states: pa.Table) -> None:
    counts: dict[str, dict[str, int]] = {}
    for practices in states["practices"].to_pylist():
        for name, state in practices or ():
            counts.setdefault(name, {})[state] = counts.get(name, {}).get(state, 0) + 1
    for name, of in counts.items():
        row = [of.get(state, 0) for state in ("met", "not met", "not applicable", "not assessed")]
        found.practices.append(PracticeRow(name, *row))
    found.practices.sort(key=lambda row: (-row.not_met, row.practice))


def _endings(found: FleetReport, store: Store, within: int, policy: str | None) -> None:
    last = (date.fromisoformat(found.day) + timedelta(days=within)).isoformat()
    rows: list[dict[str, Any]] = store.read("exceptions", found.day).to_pylist()
    found.endings = [
        Ending(row["until"], row["repository"], row["rule"], row["path"], row["owner"], row["reason"])
        for row in rows
        if row["until"] <= last
    ]
    if policy is not None:
        found.endings += [
            Ending(one.until.isoformat(), one.repository, one.name, one.path.glob, one.owner, one.reason)
            for one in read_organisation(policy, []).exceptions
            if one.until.isoformat() <= last
        ]
    found.endings.sort()
