"""Required rules and exceptions: what holds for a report whatever the settings and comments of the repository say."""

from __future__ import annotations

import time
from collections.abc import Callable
from copy import copy

from infralint.engine.files import FileResult, report_problems
from infralint.engine.options import EXCEPTIONS
from infralint.engine.organisation import Organisation, PolicyException
from infralint.engine.report import FAILURES, Notice, Report
from infralint.engine.session import Session
from infralint.model.document import Problem
from infralint.text.finding import Finding
from infralint.text.source import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Judge = Callable[[Session, float], tuple[Report, Any]]


def settle(session: Session, report: Report, judge: Judge) -> None:
    """Add the findings of required rules to a report and take out what exceptions accept.

    `judge` judges a session; the required rules are judged by a second one in which nothing of the repository's
    settings, comments and baseline counts.
    """
    organisation = session.organisation
    if organisation is None:
        return
    if organisation.required:
        _require(session, report, organisation, judge)
    if organisation.exceptions:
        _accept(session, report, organisation)


def _require(session: Session, report: Report, organisation: Organisation, judge: Judge) -> None:
    options = copy(session.options)
    options.root = session.root
    options.policy, options.settings_root = None, None
    settings = organisation.settings()
    settings.files, settings.names_win = list(session.settings("").files), True
    options.config = settings
    options.select, options.profile, options.min_severity, options.min_confidence = None, None, None, None
    options.ignore, options.extend_select, options.engines, options.inline = [], [], (), False
    options.baseline, options.progress = "", None
    inner = Session(session.asked, options, session.tree)
    inner.index.given.update(session.index.given)
    found, _ = judge(inner, time.perf_counter())
    demanded = {_mark(one): one for one in found.findings}
    source = organisation.file or session.settings("").origins.get("required", "").partition(":")[0]
    floor = session.options.sets_floor
    for one in demanded.values():
        one.required_by = source
        one.fails = session.fails(one) if floor else True
    report.findings = sorted(
        [*(one for one in report.findings if _mark(one) not in demanded), *demanded.values()],
        key=lambda one: (one.path, one.place.start, one.rule),
    )
    report.suppressed = [one for one in report.suppressed if _mark(one) not in demanded]
    for path, spans in found.masks.items():
        report.masks[path] = sorted({*report.masks.get(path, ()), *spans})
    for path, text in found.sources.items():
        report.sources.setdefault(path, text)
    told = {notice.path for notice in report.notices if notice.kind in FAILURES}
    report.notices += [one for one in found.notices if one.kind in FAILURES - {"unknown"} and one.path not in told]
    more = found.files - report.files
    if more > 0:
        files = (
            "1 file that the settings leave out was" if more == 1 else f"{more} files that the settings leave out were"
        )
        report.notices.append(Notice("", f"{files} judged by the required rules", "required"))


def _mark(finding: Finding) -> tuple[str, str, int, int]:
    return finding.rule, finding.path, finding.place.start, finding.place.end


def _accept(session: Session, report: Report, organisation: Organisation) -> None:
    """Suppress what an exception covers; tell of those that have expired or cover nothing."""
    today = session.options.today
    used: set[PolicyException] = set()
    expired: dict[PolicyException, int] = {}
    standing = []
    for finding in report.findings:
        meant = [one for one in organisation.exceptions if _may(one, finding, organisation) and one.covers(finding)]
        used.update(meant)
        valid = next((one for one in meant if one.until >= today), None)
        if valid is None:
            standing.append(finding)
            for one in meant:
                expired[one] = expired.get(one, 0) + 1
        else:
            finding.suppressed = f"exception of {valid.owner} until {valid.until}: {valid.reason}"
            report.suppressed.append(finding)
    report.findings = standing
    for one in organisation.exceptions:
        if one in expired:
            message = f"the exception for `{one.name}` of {one.owner} expired on {one.until}"
            _tell(session, report, one, "expired-suppression", message)
        elif one not in used and session.is_whole and one.repository == "*":
            message = f"the exception for `{one.name}` has no effect; no finding of it is in `{one.path.glob}`"
            _tell(session, report, one, "unused-suppression", message)


def _may(one: PolicyException, finding: Finding, organisation: Organisation) -> bool:
    """Whether a file of exceptions has a say: of what an organisation's policy requires only the policy itself grants exceptions."""
    return finding.required_by != organisation.file or not organisation.file or one.file == organisation.file


def _tell(session: Session, report: Report, one: PolicyException, name: str, message: str) -> None:
    """A finding at the exception where it stands in the tree, else a notice."""
    source = session.index.source(EXCEPTIONS) if one.file == EXCEPTIONS and not session.options.settings_root else None
    if source is None or one.line > len(source.line_starts):
        report.notices.append(Notice("", f"{one.file}:{one.line}: {message}", "exception"))
        return
    done = FileResult(EXCEPTIONS, "project")
    start, end = source.line_span(one.line)
    problem = Problem(name, message, source, start, end)
    report_problems(session, done, [problem], session.settings(EXCEPTIONS), Source(EXCEPTIONS, source.text))
    for finding in done.findings:
        finding.fails = session.fails(finding)
    report.findings += done.findings
