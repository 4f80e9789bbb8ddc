"""The findings that a repository already has, so that only new ones count.

The file is JSON, sorted, one finding a line, with an empty last one, so that lines can be added and merged anywhere. An entry
holds hashes and the structural path; no line numbers, dates or versions, and nothing of the text.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Hashable, Iterable

from infralint.engine.discover import UsageError
from infralint.engine.report import Notice, Report
from infralint.text.finding import Finding
from infralint.text.record import NamedTuple

MAX_BYTES = 50_000_000
REASON = "in the baseline"
FILE = ".infralint-baseline.json"
NEEDED = ("path", "rule", "fingerprint")


class Entry(NamedTuple):
    """A finding as a baseline knows it. `text` and `context` are hashes of its masked text and line; "" in old files.

    `variant` tells secrets in one place apart; see Report.variant.
    """

    path: str
    rule: str
    fingerprint: str
    key: str = ""
    text: str = ""
    context: str = ""
    variant: str = ""


MARKS: tuple[Callable[[Entry], Hashable], ...] = (
    lambda one: (one.path, one.rule, one.variant, one.text, one.key, one.context) if one.text else one.fingerprint,
    lambda one: (one.path, one.rule, one.variant, one.text, one.context) if one.text else one.fingerprint,
    lambda one: one.fingerprint,
    lambda one: (one.path, one.rule, one.variant, one.text, one.key) if one.text else one.fingerprint,
    lambda one: (one.path, one.rule, one.variant, one.text) if one.text else one.fingerprint,
    lambda one: (one.path, one.rule, one.variant, one.key) if one.text and one.key else one.fingerprint,
)
"""By what a finding is known, the surest first: unchanged, moved within its file, edited in place."""


class Baseline:
    """Entries, what they come from, and where files have gone since."""

    __slots__ = ("entries", "name", "reason", "renames")

    def __init__(self, entries: list[Entry], name: str, renames: dict[str, str] | None = None, reason: str = REASON):
        self.entries = entries
        self.name = name
        self.renames = renames or {}
        """New paths of files by their old ones, as git tells them."""
        self.reason = reason


class Matched(NamedTuple):
    """How findings and entries fit: pairs, entries without a finding, and findings without an entry."""

    pairs: list[tuple[Finding, Entry]]
    gone: list[Entry]
    new: list[Finding]


def entries_of(report: Report, findings: Iterable[Finding] | None = None) -> list[Entry]:
    """The entries of findings (default: those that stand), sorted."""
    rows = []
    for one in report.findings if findings is None else findings:
        source, masked = report.source(one.path), report.masked(one.path)
        start, end = source.line_span(one.line) if source and one.line <= len(source.line_starts) else (0, 0)
        text, line = _hash(masked[one.place.start : one.place.end]), _hash(masked[start:end])
        rows.append(Entry(one.path, one.first_id, report.fingerprint(one), one.key, text, line, report.variant(one)))
    return sorted(rows)


def _hash(text: str) -> str:
    from hashlib import sha256

    return sha256(" ".join(text.split()).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def written(entries: Iterable[Entry]) -> str:
    """The text of a baseline."""
    rows = [
        {name: said for name, said in entry._asdict().items() if said or name != "variant"} for entry in sorted(entries)
    ]
    lines = [json.dumps(row) for row in rows]
    return '{"findings": [\n' + "".join(f"{line},\n" for line in lines) + "null\n]}\n"


def match(report: Report, baseline: Baseline, findings: list[Finding]) -> Matched:
    """Pair findings with entries, one to one: the same; moved within the file; edited in place; in a file that was renamed."""
    left = dict.fromkeys(range(len(baseline.entries)))
    open_ = {id(one): one for one in findings}
    rows = {id(one): entries_of(report, [one])[0] for one in findings}
    pairs: list[tuple[Finding, Entry]] = []

    def take(mark: Callable[[Entry], Hashable], old: Callable[[Entry], str] = lambda entry: entry.path) -> None:
        known: dict[Hashable, list[int]] = {}
        for at in left:
            entry = baseline.entries[at]
            known.setdefault(mark(entry._replace(path=old(entry))), []).append(at)
        for one in list(open_.values()):
            found = known.get(mark(rows[id(one)]))
            if found:
                at = found.pop(0)
                del left[at], open_[id(one)]
                pairs.append((one, baseline.entries[at]))

    for mark in MARKS:
        take(mark)
    if left and open_:
        found = _moves(report, [baseline.entries[at] for at in left], [rows[mark] for mark in open_])
        moved = {**found, **baseline.renames}
        for mark in MARKS:
            take(mark, lambda entry: moved.get(entry.path, ""))
    return Matched(pairs, [baseline.entries[at] for at in left], list(open_.values()))


def _moves(report: Report, entries: list[Entry], fresh: list[Entry]) -> dict[str, str]:
    """Where files that are gone may be now: the path with the most findings of the same rule, text and line, else of the same name."""
    gone = {path for path in {entry.path for entry in entries} if not os.path.lexists(os.path.join(report.root, path))}
    marks: dict[str, Counter[tuple[str, str, str]]] = {}
    for entry in fresh:
        marks.setdefault(entry.path, Counter())[entry.rule, entry.text, entry.context] += 1
    moved: dict[str, str] = {}
    for path in sorted(gone):
        own = Counter((entry.rule, entry.text, entry.context) for entry in entries if entry.path == path)
        rules = Counter(entry.rule for entry in entries if entry.path == path)
        name = path.rpartition("/")[2]

        def worth(
            other: str, own: Counter[tuple[str, str, str]] = own, rules: Counter[str] = rules, name: str = name
        ) -> tuple[int, bool, int]:
            alike = (own & marks[other]).total()
            same = Counter(rule for rule, *_ in marks[other].elements())
            return alike, other.rpartition("/")[2] == name, (rules & same).total()

        best = max(sorted(marks.keys() - set(moved.values())), key=worth, default=None)
        if best is not None and (worth(best)[0] or (worth(best)[1] and worth(best)[2])):
            moved[path] = best
    return moved


def hold(report: Report, baseline: Baseline, judged: Callable[[str], bool] = lambda path: True) -> Matched:
    """Take out of a report what its baseline holds; tell of entries that are fixed in files that were judged."""
    found = match(report, baseline, report.findings)
    known = {id(one) for one, _ in found.pairs}
    for one, _ in found.pairs:
        one.suppressed = baseline.reason
    report.suppressed += [one for one in report.findings if id(one) in known]
    report.findings = [one for one in report.findings if id(one) not in known]
    gone = [entry for entry in found.gone if judged(entry.path)]
    if gone and baseline.reason == REASON:
        what = "entry of the baseline is" if len(gone) == 1 else "entries of the baseline are"
        report.notices.append(
            Notice(
                "",
                f"{len(gone)} {what} fixed; `infralint baseline prune` removes {'it' if len(gone) == 1 else 'them'}",
                "baseline",
            )
        )
    return found


def read(file: str) -> Baseline:
    """A baseline from its file. Raises UsageError for a file that is none."""
    try:
        if os.path.getsize(file) > MAX_BYTES:
            raise UsageError(f"{file} is too large for a baseline")
        with open(file, encoding="utf-8") as stream:
            rows = json.load(stream)["findings"]
        entries = [
            Entry(
                **{name: str(row.get(name, "")) for name in Entry._fields} | {name: str(row[name]) for name in NEEDED}
            )
            for row in rows
            if row is not None
        ]
    except OSError as error:
        raise UsageError(
            f"the baseline {file} cannot be read: {error.strerror or error}; `infralint baseline write` makes one"
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UsageError(f"{file} is no baseline; `infralint baseline write` makes one") from None
    return Baseline(entries, file)
