"""A whole run: judge every planned file, then what lies between them, and the engines beside it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from infralint.engine import collector
from infralint.engine.causes import merge_causes
from infralint.engine.cross_file import judge_project
from infralint.engine.discover import Tree
from infralint.engine.files import FileResult, broken_rules, judge_file
from infralint.engine.mask import MIN_REPEATED, Hidden, mask_messages, mask_notices
from infralint.engine.options import Options
from infralint.engine.report import Notice, Report
from infralint.engine.session import Session
from infralint.model.kinds import by_content
from infralint.text.finding import Finding
from infralint.text.source import Source, Unreadable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from infralint.engine.baseline import Baseline
    from infralint.engine.external.joining import Merged

PARALLEL_FROM = 150


def run(
    paths: Sequence[str], options: Options, given: dict[str, Source] | None = None, tree: Tree | None = None
) -> Report:
    """Judge paths; `given` are texts to judge in place of the files', `tree` the files below the root where git is not asked.

    Raises UsageError (also for bad settings) and RuleError (a user's rule).
    """
    started = time.perf_counter()
    session = Session(paths, options, tree)
    if given:
        session.index.given.update(given)
    report, _ = judge_all(session, started)
    settle(session, report)
    return report


def settle(session: Session, report: Report) -> None:
    """Add what is required and take out what exceptions accept. Raises UsageError for a broken policy."""
    if session.organisation is not None:
        from infralint.engine.enforce import settle  # runs without a policy do without it

        settle(session, report, judge_all)


def judge_all(session: Session, started: float) -> tuple[Report, list[FileResult]]:
    """Judge every planned file, then what lies between them."""
    planned = session.plan()
    with beside(session, planned) as merge:
        judged = list(judge_each(session, planned))
        judged += once([other for one in judged for other in one.elsewhere])
        judged += judge_project(session, judged)
        judged += broken_rules(session)
        merged = merge(judged)
    judged += merged.judged if merged is not None else []
    report = assemble(session, judged, time.perf_counter() - started)
    if merged is not None:
        report.notices += merged.notices
        report.rules.update(merged.rules)
    hold_known(session, report)
    return report, judged


def baseline_of(session: Session) -> Baseline | None:
    """The findings that do not count: those given, or of the file that is named; None for none. Raises UsageError."""
    given = session.options.baseline
    if given is None:
        file = session.settings("").baseline
        given = os.path.join(session.settings_root, file) if file is not None else ""
    if not isinstance(given, str) or not given:
        return given or None
    from infralint.engine.baseline import read  # runs without a baseline do without it

    return read(given)


def hold_known(session: Session, report: Report) -> None:
    """Take what the baseline holds out of a report. Raises UsageError for a baseline that is none."""
    baseline = baseline_of(session)
    if baseline is None:
        return
    from infralint.engine.baseline import hold

    files = set(session.paths)
    whole = session.options.select is None

    def judged(path: str) -> bool:
        return whole and (path in files or not os.path.lexists(os.path.join(session.root, path)))

    hold(report, baseline, judged)


@contextmanager
def beside(session: Session, planned: list[tuple[str, str]]) -> Iterator[Callable[[list[FileResult]], Merged | None]]:
    """The engines that were asked for at work beside what is done within; what is given merges their findings."""
    if not session.options.engines:
        yield lambda judged: None
        return
    from infralint.engine.external.joining import merge
    from infralint.engine.external.start import start

    pending = start(session, planned)
    try:
        yield lambda judged: merge(session, judged, pending.answers())
    except BaseException:
        pending.end()
        raise


def once(judged: list[FileResult]) -> list[FileResult]:
    """Drop repeated findings: several documents may include one file and find the same in it."""
    seen: set[tuple[str, str, int, int, str]] = set()
    for one in judged:
        fresh = []
        for finding in one.findings:
            mark = (finding.rule, finding.path, finding.place.start, finding.place.end, finding.message)
            if mark not in seen:
                seen.add(mark)
                fresh.append(finding)
        one.findings = fresh
    return judged


def assemble(session: Session, judged: list[FileResult], seconds: float) -> Report:
    """One report of what came of each file."""
    findings: list[Finding] = []
    silenced: list[Finding] = []
    notices = [*session.remarks]
    masks: dict[str, list[tuple[int, int]]] = {}
    count: dict[str, int] = {}
    for one in judged:
        findings += one.findings
        silenced += one.silenced
        notices += one.notices
        if one.masks:
            masks.setdefault(one.path, []).extend(one.masks)
        if one.kind != "project":
            count[one.kind] = count.get(one.kind, 0) + 1
    fixtures = sum(one.is_fixture for one in judged)
    if fixtures:
        lie = f"{fixtures} file lies" if fixtures == 1 else f"{fixtures} files lie"
        message = (
            f"{lie} in folders of test fixtures, vendored or generated code and were searched for credentials of known "
            "formats only; name such a folder on the command line, or set `fixtures = []`, to judge it"
        )
        notices.append(Notice("", message, "fixtures"))
    said = {notice.path for notice in notices}
    unsaid = sorted(session.named - said)
    notices += [notice for path in unsaid if (notice := _unknown_kind(session, path)) is not None]
    hidden = Hidden(text for one in judged for text in one.hidden if len(text) >= MIN_REPEATED)
    mask_messages([*findings, *silenced], hidden)
    notices = mask_notices(notices, hidden)
    findings = merge_causes(findings)
    for finding in findings:
        finding.fails = session.fails(finding)
    findings.sort(key=lambda one: (one.path, one.place.start, one.rule))
    report = Report(
        session.root, findings, silenced, notices, sum(count.values()), count, seconds,
        profile=session.options.profile or "default", masks=masks, sources=dict(session.index.given),
    )  # fmt: skip
    report.settings = session.settings("")
    report.docs_url = report.settings.docs_url
    if session.foreign:
        _describe_own(report, session)
    if session.stdin is not None:
        report.stdin = session.stdin[0]
        report.sources.setdefault(report.stdin, session.given_source())
    return report


def _describe_own(report: Report, session: Session) -> None:
    """Give the report the pages of the users' own rules that it mentions."""
    from infralint.engine.rule_docs import info_of  # runs without such rules do without it

    found = {one.rule for one in (*report.findings, *report.suppressed)}
    own = {rule.id: rule.rule_file for rule in session.foreign if rule.id in found and rule.rule_file is not None}
    report.rules.update({id: info_of(rule_file) for id, rule_file in own.items()})


def _unknown_kind(session: Session, path: str) -> Notice | None:
    """The notice about a file that was named and whose kind is not known."""
    kind = session.kind(path)
    if session.is_excluded(path):
        note = Notice(path, "is not judged: `exclude` in the settings or on the command line leaves it out", "excluded")
        return note if session.options.explains_excludes else None
    if kind is None:
        return Notice(
            path, f"is of no kind that infralint judges; {_NAME_IT}, or read it for secrets with --all-text", "unknown"
        )
    if kind == "config" and path.lower().endswith((".yml", ".yaml")) and not _is_told_by_text(session, path):
        return Notice(path, f"is judged for its secrets only, its kind is not known; {_NAME_IT}", "secrets-only")
    return None


def _is_told_by_text(session: Session, path: str) -> bool:
    """Whether the text of a file tells its kind where its name does not; what cannot be read tells nothing."""
    try:
        source = session.read(path)
    except Unreadable:
        return False
    return source is not None and by_content(source) is not None


_NAME_IT = "say what it is with --as KIND, or in the settings under [files]"


def judge_each(session: Session, planned: list[tuple[str, str]]) -> Iterable[FileResult]:
    """What comes of each planned file, in order; kept results are used where they may be."""
    if session.records and not session.index.given:
        from infralint.engine.cached import judge_with_cache

        return judge_with_cache(session, planned, _judge_each)
    return _judge_each(session, planned)


def _judge_each(session: Session, planned: list[tuple[str, str]]) -> Iterable[FileResult]:
    if session.options.online is not None:
        from infralint.engine.online import ask_all

        ask_all(session, planned)
    collector.sized(len(planned))
    cores = session.options.processes or (
        len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    )
    if len(planned) >= PARALLEL_FROM and cores > 1 and hasattr(os, "fork"):
        from infralint.engine.workers import judge_in_processes

        yield from judge_in_processes(session, planned, min(cores, 8))
        return
    progress = session.options.progress
    for number, (path, kind) in enumerate(planned):
        one = judge_file(session, path, kind)
        if one is not None:
            yield one
        if progress is not None and number % 16 == 0:
            progress(number, len(planned))
