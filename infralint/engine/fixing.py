"""Applying fixes: in memory until nothing is left to fix, verified, then written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import tempfile
import threading
import time
from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence

from infralint.engine.causes import cause_of
from infralint.engine.cross_file import judge_project
from infralint.engine.discover import Tree
from infralint.engine.files import FileResult, broken_rules, judge_file
from infralint.engine.options import Options
from infralint.engine.report import Notice, Report
from infralint.engine.run import assemble, baseline_of, beside, hold_known, judge_each, once, settle
from infralint.engine.session import Session
from infralint.engine.verify import damage, is_free, new_fault
from infralint.text.edit import Edit, Fix, Safety, apply, compatible, diff
from infralint.text.finding import Finding
from infralint.text.source import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from infralint.engine.baseline import Baseline

CREDENTIALS = frozenset(("cwe/798", "cwe/321", "cwe/1392"))
"""What findings about credentials that are written out say of themselves."""
ROUNDS = 10


class Rewritten:
    """A file as it was, and the segments that its text is made of now: old spans that stay, and new text."""

    __slots__ = ("creates", "original", "segments")

    def __init__(self, original: Source, creates: bool = False) -> None:
        self.original = original
        self.creates = creates
        self.segments: list[tuple[int, int] | str] = [(0, len(original.text))]

    @property
    def text(self) -> str:
        """The text now."""
        old = self.original.text
        return "".join(part if isinstance(part, str) else old[part[0] : part[1]] for part in self.segments)

    def edit(self, edits: Sequence[Edit]) -> None:
        """Apply edits on the text as it is now, which must not overlap."""
        left = self.segments[::-1]
        result: list[tuple[int, int] | str] = []
        at = 0
        for edit in sorted(edits, key=lambda one: (one.start, one.end)):
            result += _taken(left, edit.start - at)
            _taken(left, edit.end - edit.start)
            result += [edit.text] if edit.text else []
            at = edit.end
        self.segments = result + left[::-1]

    def edits(self) -> list[Edit]:
        """What changed, as edits on the original text."""
        path = self.original.path
        if self.creates:
            return [Edit(path, 0, 0, self.text, True)]
        out: list[Edit] = []
        at = 0
        fresh = ""
        for part in [*self.segments, (len(self.original.text), len(self.original.text))]:
            if isinstance(part, str):
                fresh += part
                continue
            if fresh or part[0] > at:
                out.append(Edit(path, at, part[0], fresh))
                fresh = ""
            at = part[1]
        return [edit for edit in out if self.original.text[edit.start : edit.end] != edit.text]


def _taken(left: list[tuple[int, int] | str], count: int) -> list[tuple[int, int] | str]:
    """Take the next `count` characters off the segments that are left; the last one is the next."""
    taken: list[tuple[int, int] | str] = []
    while count > 0 and left:
        part = left.pop()
        size = len(part) if isinstance(part, str) else part[1] - part[0]
        if size > count:
            left.append(_slice(part, count, size))
            part = _slice(part, 0, count)
        taken.append(part)
        count -= size
    return taken


def _slice(part: tuple[int, int] | str, start: int, end: int) -> tuple[int, int] | str:
    return part[start:end] if isinstance(part, str) else (part[0] + start, part[0] + end)


class FixReport:
    """What fixing did: the findings that are left, the files that changed, and what was not applied and why."""

    __slots__ = ("applied", "changed", "notices", "report", "rounds")

    def __init__(
        self, report: Report, changed: dict[str, Rewritten], applied: list[Finding], notices: list[Notice], rounds: int
    ) -> None:
        self.report = report
        self.changed = changed
        self.applied = applied
        self.notices = notices
        self.rounds = rounds

    @property
    def files(self) -> list[str]:
        """The files that change, sorted."""
        return sorted(self.changed)

    @property
    def text_of_stdin(self) -> bytes:
        """Standard input as it is now, in its own encoding."""
        path = self.report.stdin
        record, source = self.changed.get(path), self.report.source(path)
        if record is not None:
            return record.original.encode(record.text)
        return source.encode(source.text) if source is not None else b""

    @property
    def shows_secrets(self) -> bool:
        """Whether the patch holds a credential: one that a fix took out, or one that stands near a change."""
        return any(CREDENTIALS.intersection(one.same_as) for one in self.applied) or self.report.reveals(self.patch)

    @property
    def patch(self) -> str:
        """A unified diff of everything that changes."""
        return "".join(_diff(self.changed[path]) for path in self.files)


def _diff(record: Rewritten) -> str:
    original = record.original
    return diff(original.path, original.text, record.edits(), bom=original.bom == BOM_UTF8)


def fix(
    paths: Sequence[str],
    options: Options,
    *,
    unsafe: bool = False,
    given: dict[str, Source] | None = None,
    tree: Tree | None = None,
) -> FixReport:
    """Work out every fix, round by round, in memory. Raises UsageError; writes nothing: see `write`."""
    started = time.perf_counter()
    session = Session(paths, options, tree)
    session.index.given.update(given or {})
    if session.stdin is not None and (source := session.given_source()) is not None:
        session.index.given[session.stdin[0]] = source
    with beside(session, session.plan()) as merge:
        judged = {one.path: one for one in judge_each(session, session.plan())}
        merged = merge(list(judged.values()))
    foreign = merged.judged if merged is not None else []

    changed: dict[str, Rewritten] = {}
    applied: list[Finding] = []
    notices: list[Notice] = []
    refused: set[tuple[Edit, ...]] = set()
    least = Safety.UNSAFE if unsafe else Safety.SAFE
    rounds = 0
    baseline = baseline_of(session)
    between = judge_project(session, list(judged.values()))
    while rounds < ROUNDS:
        wanted = [
            finding
            for one in [*judged.values(), *between, *foreign]
            for finding in one.findings
            if finding.fix is not None and finding.fix.safety >= least and finding.fix.edits not in refused
        ]
        if baseline is not None:
            wanted = _unknown_to(baseline, session, [*judged.values(), *between, *foreign], wanted)
        wanted.sort(key=lambda one: (-one.severity, one.path, one.place.start, one.rule))
        if not wanted:
            break
        rounds += 1
        done = _round(session, wanted, changed, refused, notices)
        if not done:
            break
        touched = {edit.path for finding in done for edit in finding.fix.edits}  # type: ignore[union-attr]
        # a remedy may lie in another file alone, or be meant for one that has just changed
        touched |= {one.path for one in wanted if any(edit.path in touched for edit in one.fix.edits)}  # type: ignore[union-attr]
        applied += done
        foreign = [one for one in foreign if one.path not in touched]  # what was said of the text before
        session.index.forget()
        for path in sorted(touched):
            kind = session.kind(path)
            if kind is not None:
                session.index.files.setdefault(path, kind)
                fresh = judge_file(session, path, kind)
                if fresh is not None:
                    judged[path] = fresh
        session.index.forget()
        between = judge_project(session, list(judged.values()))
    else:
        notices.append(Notice("", f"fixes still follow each other after {ROUNDS} rounds; what is left was not applied"))
    everything: list[FileResult] = [
        *judged.values(),
        *once([two for one in judged.values() for two in one.elsewhere]),
        *between,
        *broken_rules(session),
    ]
    if merged is not None and applied:
        with beside(session, session.plan()) as merge:
            merged = merge(everything)
    everything += merged.judged if merged is not None else []
    report = assemble(session, everything, time.perf_counter() - started)
    report.notices += notices
    if merged is not None:
        report.notices += merged.notices
        report.rules.update(merged.rules)
    hold_known(session, report)
    settle(session, report)
    changed = {path: one for path, one in changed.items() if one.creates or one.edits()}
    return FixReport(report, changed, applied, notices, rounds)


def _unknown_to(baseline: Baseline, session: Session, judged: list[FileResult], wanted: list[Finding]) -> list[Finding]:
    """Of findings those that a baseline does not hold, nor another one of the same cause."""
    from infralint.engine.baseline import match

    masks: dict[str, list[tuple[int, int]]] = {}
    for one in judged:
        masks.setdefault(one.path, []).extend(one.masks)
    standing = [finding for one in judged for finding in one.findings]
    report = Report(session.root, standing, masks=masks, sources=dict(session.index.given))
    held = [finding for finding, _ in match(report, baseline, standing).pairs]
    known, causes = {id(finding) for finding in held}, {cause_of(finding) for finding in held} - {""}
    return [one for one in wanted if id(one) not in known and cause_of(one) not in causes]


def _round(
    session: Session,
    wanted: list[Finding],
    changed: dict[str, Rewritten],
    refused: set[tuple[Edit, ...]],
    notices: list[Notice],
) -> list[Finding]:
    """Apply the fixes that go together; those that would damage a file are refused. Returns the findings that are fixed."""
    owners = {finding.fix.edits: finding for finding in reversed(wanted) if finding.fix is not None}
    taken, _ = compatible(finding.fix for finding in wanted if finding.fix is not None)
    while taken:
        bad = damaged(session, taken)
        if not bad:
            break
        suspects = [fix for fix in taken if any(edit.path in bad for edit in fix.edits)]
        guilty = suspects if len(suspects) == 1 else [fix for fix in suspects if damaged(session, [fix])]
        for fix in guilty:
            refused.add(fix.edits)
            taken.remove(fix)
            finding = owners[fix.edits]
            reason = next(iter(bad.values())) if len(suspects) == 1 else next(iter(damaged(session, [fix]).values()))
            notices.append(
                Notice(finding.path, f"line {finding.line}: the fix of {finding.rule} was not applied: {reason}")
            )
        if not guilty:  # each is right by itself: one now, the others when it has been judged again
            for fix in suspects[len(suspects) // 2 :]:
                taken.remove(fix)
    for path, (old, new, edits) in _texts(session, taken).items():
        creates = old is None
        source = old or Source(path, "")
        record = changed.setdefault(path, Rewritten(source, creates))
        if creates:
            record.segments = [new]
        else:
            record.edit(edits)
        session.index.given[path] = _rewritten(source, new)
    return [owners[fix.edits] for fix in taken]


def damaged(session: Session, fixes: Sequence[Fix]) -> dict[str, str]:
    """The files that these fixes would damage, with what would be wrong with each."""
    found: dict[str, str] = {}
    texts = _texts(session, fixes)
    for path, (old, new, edits) in texts.items():
        reason = damage(session, path, old, new, edits)
        if reason is None and old is not None:
            reason = new_fault(session, path, old, _rewritten(old, new))
        if reason is not None:
            found[path] = reason
    return found


def _rewritten(source: Source, text: str) -> Source:
    """A file with another text and the encoding that it had."""
    fresh = Source(source.path, text)
    fresh.bom, fresh.encoding = source.bom, source.encoding
    return fresh


def _texts(session: Session, fixes: Sequence[Fix]) -> dict[str, tuple[Source | None, str, list[Edit]]]:
    """Per path: the source now (None for a new file), the text after the fixes, and the edits."""
    by_path: dict[str, list[Edit]] = {}
    for fix in fixes:
        for edit in fix.edits:
            by_path.setdefault(edit.path, []).append(edit)
    texts: dict[str, tuple[Source | None, str, list[Edit]]] = {}
    for path, edits in by_path.items():
        edits = sorted(set(edits))
        if edits[0].creates:
            texts[path] = (None, edits[0].text, edits)
            continue
        source = session.index.source(path)
        if source is not None:
            texts[path] = (source, apply(source.text, edits), edits)
    return texts


def write(result: FixReport) -> list[str]:
    """Write the changed files, each atomically; the paths that could not be written, with the reason.

    What was not written no longer counts as changed or fixed.
    """
    failed = []
    with _ended_in_order():
        for path in result.files:
            record = result.changed[path]
            full = os.path.join(result.report.root, path)
            try:
                if record.creates and not is_free(result.report.root, path):
                    raise OSError("something stands there already, or a link leads elsewhere")
                _write(full, record)
            except OSError as error:
                failed.append(f"{path}: {error.strerror or error}; it was left as it is")
                del result.changed[path]
                result.applied = [
                    one for one in result.applied if one.fix is None or all(edit.path != path for edit in one.fix.edits)
                ]
    return failed


@contextlib.contextmanager
def _ended_in_order() -> Iterator[None]:
    """Let a termination by the system (SIGTERM) take the temporary file away before the process ends."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _write(full: str, record: Rewritten) -> None:
    original = record.original
    if record.creates:
        os.makedirs(os.path.dirname(full), exist_ok=True)
        mode = None
    else:
        _refuse_changed(full, original)
        status = os.stat(full)
        mode = status.st_mode & 0o7777
    handle, fresh = tempfile.mkstemp(dir=os.path.dirname(full), prefix=".infralint-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(original.encode(record.text))
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(fresh, mode if mode is not None else 0o644)
        if not record.creates:
            _keep_owner(fresh, status)
            _refuse_changed(full, original)
        os.replace(fresh, full)
    except BaseException:
        os.unlink(fresh)
        raise


def _refuse_changed(full: str, original: Source) -> None:
    """Raise OSError where a file is no longer what was judged."""
    with open(full, "rb") as stream:
        if stream.read() != original.encode(original.text):
            raise OSError("it changed while infralint ran")
    if os.path.islink(full):
        raise OSError("it is a link")


def _keep_owner(fresh: str, status: os.stat_result) -> None:
    """Give a new file to the owner of the old one, where the system lets us."""
    if hasattr(os, "chown"):
        with contextlib.suppress(OSError):
            os.chown(fresh, status.st_uid, status.st_gid)
