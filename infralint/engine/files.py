"""One file: read, judged by the rules of its kind, its comments heard, its secrets masked."""

from __future__ import annotations

from infralint.engine.discover import UsageError
from infralint.engine.inline import judge_inline
from infralint.engine.judge import MAX_FINDINGS, UNREADABLE, Judgement, fault_of, judge
from infralint.engine.mask import Hidden, hidden_in, mask_messages, mask_notices, silence, spans_of
from infralint.engine.report import Notice
from infralint.engine.session import Session
from infralint.engine.settings import Settings, names_rule
from infralint.engine.suppress import apply
from infralint.engine.suppression_comments import suppressions_in
from infralint.engine.templated import is_templated
from infralint.engine.watch import OverTime, holding, within
from infralint.model import kinds
from infralint.model.document import Document, Problem
from infralint.model.index import Index
from infralint.model.row import PLATFORM
from infralint.model.run import NOUNS
from infralint.policy.catalogue import summary_of
from infralint.text.finding import Finding
from infralint.text.source import Source, Unreadable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class FileResult:
    """What came of one file, ready to cross a process border."""

    __slots__ = (
        "content",
        "elsewhere",
        "findings",
        "group",
        "groups",
        "hidden",
        "is_fixture",
        "kind",
        "log",
        "masks",
        "notices",
        "path",
        "planned",
        "silenced",
        "summary",
        "unsaid",
    )

    def __init__(self, path: str, kind: str) -> None:
        self.path = path
        self.kind = kind
        self.is_fixture = False
        """Whether it was searched for secrets alone, because of the folder that it lies in."""
        self.findings: list[Finding] = []
        self.silenced: list[Finding] = []
        self.notices: list[Notice] = []
        self.masks: list[tuple[int, int]] = []
        self.hidden: list[str] = []
        """The credentials that stand there, so that nothing said of other files repeats them."""
        self.summary: Any = None
        self.elsewhere: list[FileResult] = []
        """Findings in files that this one includes and that are not judged by themselves."""
        self.planned = kind
        """The kind that its name tells, as which it was to be judged."""
        self.log: Any = None
        """What judging it asked of other files, where that is taken down; None where the file could not be read."""
        self.group = ""
        self.groups: dict[str, Any] = {}
        """The same by names, ready to cross a process border."""
        self.content = ""
        """The digest of what the file held; "" where the result is not to be kept."""
        self.unsaid: list[str] = []
        """Its credentials where nothing was said of the file."""


SECONDS = 60
"""Seconds of processor time that one file may take, unless the settings say otherwise."""
MEGABYTES = 1024
"""Memory that one file may take, unless the settings say otherwise."""
LARGE = 100_000
"""Characters from which on a file's memory is watched; what less text can grow to is bounded by the readers."""


def judge_file(session: Session, path: str, kind: str) -> FileResult | None:
    """Judge one file within its budget of time and memory; None for what is no plain file."""
    settings = session.settings(path)
    budget = SECONDS if settings.file_seconds is None else settings.file_seconds
    log = session.index.begin()
    try:
        with within(budget):
            judged = _judge_file(session, path, kind)
        if judged is not None and log is not None:
            judged.log = log
        return judged
    except OverTime:
        reason = f"takes more than {budget} seconds to judge; exclude it, or raise `file-seconds`"
    except MemoryError:
        reason = f"takes more than {_megabytes(settings)} MB of memory to judge; exclude it, or raise `file-memory`"
    except UsageError:
        raise
    except Exception as error:
        from infralint.policy.rule_file import RuleError  # most runs read no rule file

        if isinstance(error, RuleError):
            raise
        reason = f"could not be judged, {fault_of(error)}"  # never clean of what could not be judged
    finally:
        session.index.end()
    done = FileResult(path, kind)
    empty = Source(path, "")
    report_problems(session, done, [Problem("unreadable", reason, empty, 0, 0)], settings, empty)
    return done


def _judge_file(session: Session, path: str, kind: str) -> FileResult | None:
    done = FileResult(path, kind)
    settings = session.settings(path)
    try:
        source = session.read(path)
        if source is None:
            return None
    except Unreadable as error:
        if kind == "text":  # of a binary file the name alone can be judged
            done.findings = judge(
                kinds.load(Source(path, ""), session.index, kind), session.book.of(kind, settings)
            ).findings
            if done.findings:
                return done
        if kinds.ROWS[kind].is_judged_as_text:
            done.notices.append(Notice(path, str(error), "skipped"))
            return done
        empty = Source(path, "")
        report_problems(session, done, [Problem("unreadable", str(error), empty, 0, 0)], settings, empty)
        return done
    if kinds.ROWS[kind].may_be_templated and is_templated(source, kind):
        done.notices.append(Notice(path, "is a template; only its secrets were judged", "templated"))
        kind = "text"
    elif not session.is_said(path) and not kinds.looks_alike(source, kind):
        kind = done.kind = kinds.otherwise(path)
    if kind == "config":
        kind = done.kind = kinds.by_content(source) or kind
    if session.is_fixture(path):
        return judge_fixture(session, done, source)
    if len(source.text) < LARGE:
        return _judge_text(session, done, source, kind, settings)
    with holding(_megabytes(settings)):
        return _judge_text(session, done, source, kind, settings)


def _megabytes(settings: Settings) -> int:
    return MEGABYTES if settings.file_memory is None else settings.file_memory


def _judge_text(session: Session, done: FileResult, source: Source, kind: str, settings: Settings) -> FileResult:
    """Judge a file's text as a kind."""
    path = done.path
    document = kinds.load(source, session.index, kind)
    is_told_by_content = kinds.ROWS[kind].family == PLATFORM and session.kind(path) == "config"
    if is_told_by_content and any(one.name in UNREADABLE for one in document.problems):
        kind = done.kind = "config"  # its text told the kind, but what cannot be read may be another format
        document = kinds.load(source, session.index, kind)
    variants = session.variants(path, kind) | document.variants
    result = judge(document, session.book.of(kind, settings, variants))
    add_inline(result, judge_inline(session, document, settings, variants))
    abroad = [one for one in result.findings if one.path != path and not session.is_fixture(one.path)]
    here = [one for one in result.findings if one.path == path]
    apply_suppressions(session, done, document, here, result.problems, settings)
    for other in sorted({one.path for one in abroad}):
        done.elsewhere.append(found_in(session, other, [one for one in abroad if one.path == other]))
    done.notices += [
        Notice(path, f"has more findings of {rule} than the {MAX_FINDINGS:,} that are listed", "cut")
        for rule in result.cut
    ]
    done.summary = summary_of(document)
    if session.records and done.summary is not None and not done.masks:
        done.unsaid = hidden_in(source, spans_of(document))
    return done


def _heed_peers(session: Session, done: FileResult, settings: Settings) -> None:
    """Drop what the configuration files of other linters switch off."""
    offs = session.peers_off(settings) if done.findings else []
    if not offs:
        return
    standing = []
    for finding in done.findings:
        off = next((one for one in offs if one.covers(finding, session.today)), None)
        if off is None:
            standing.append(finding)
        else:
            finding.suppressed = f"switched off in {off.config}"
            done.silenced.append(finding)
    done.findings = standing


def add_inline(result: Judgement, inner: Judgement) -> None:
    """Add what was found in Dockerfiles within a file, unless the file's own rules have found it."""
    known = {(one.rule, one.place) for one in result.findings}
    result.findings += [one for one in inner.findings if (one.rule, one.place) not in known]
    result.problems += inner.problems


def judge_fixture(session: Session, done: FileResult, source: Source) -> FileResult:
    """Search a file of test fixtures, vendored or generated code for credentials that their format proves."""
    from infralint.model.shared.config import FixtureDocument

    done.is_fixture = True
    settings = session.settings(done.path)
    document = FixtureDocument(source, session.index, "text")
    apply_suppressions(
        session, done, document, judge(document, session.book.of("text", settings)).findings, [], settings
    )
    return done


def apply_suppressions(
    session: Session,
    done: FileResult,
    document: Document,
    findings: list[Finding],
    problems: list[Problem],
    settings: Settings,
) -> None:
    """Drop what settings and comments silence; say what is wrong with the comments; mask what remains."""
    ignored = settings.ignored_for(done.path)
    if ignored:
        findings = [one for one in findings if not names_rule(ignored, one.rule)]
    problems_of_comments: list[Problem] = list(problems)
    done.findings = findings
    wanted = suppressions_in(document)
    if wanted:
        done.findings, done.silenced, faults = apply(
            findings, wanted, settings, session.today, session.is_rule, session.later
        )
        everything = settings.select is None or "all" in settings.select
        problems_of_comments += [
            Problem(fault.name, fault.message, document.source, fault.start, fault.end)
            for fault in faults
            if everything or fault.name != "unused-suppression"
        ]
    _heed_peers(session, done, settings)
    if done.kind != "project":
        report_problems(session, done, problems_of_comments, settings, document.source)
    done.findings = [one for one in done.findings if settings.shows(one)]
    if done.findings or done.silenced or done.notices:
        hide(session, done, document, settings)


def hide(session: Session, done: FileResult, document: Document, settings: Settings) -> None:
    """Mask the secrets of a file in all that is said of it; where they are not known nothing of the file is shown."""
    told = [*done.findings, *done.silenced]
    try:
        done.masks = spans_of(document)
    except Exception as error:  # noqa: BLE001 - what could not be looked at is not shown, and is told
        silence(told)
        done.masks = [(0, len(document.source.text))]
        message = f"its secrets could not be looked for, a fault of infralint to be reported: {type(error).__name__}"
        report_problems(
            session, done, [Problem("unreadable", message, document.source, 0, 0)], settings, document.source
        )
        return
    done.hidden = hidden_in(document.source, done.masks)
    hidden = Hidden(done.hidden)
    mask_messages(told, hidden)
    done.notices = mask_notices(done.notices, hidden)


def broken_rules(session: Session) -> list[FileResult]:
    """A finding for each rule of the tree that cannot be loaded."""
    found = []
    for name, line, message in session.broken_files:
        path = f".infralint/rules/{name}"
        source = session.index.source(path) or Source(path, "")
        start, end = source.line_span(min(line, len(source.line_starts)))
        done = FileResult(path, "project")
        problem = Problem("rule-failed", f"the rule cannot be loaded: {message}", source, start, end)
        report_problems(session, done, [problem], session.settings(path), source)
        found.append(done)
    return found


def found_in(session: Session, path: str, findings: list[Finding]) -> FileResult:
    """Apply the suppressions of a file to what cross-file rules found in it."""
    done = FileResult(path, "project")
    source, kind = session.index.source(path), session.kind(path)
    if source is None:
        done.findings = findings
    else:
        document = kinds.load(source, session.index, kind or "text")  # documents, CODEOWNERS: comments by their words
        apply_suppressions(session, done, document, findings, [], session.settings(path))
    return done


def report_problems(
    session: Session, done: FileResult, problems: list[Problem], settings: Settings, source: Source
) -> None:
    """The run's own findings about a file."""
    for problem in problems:
        if problem.name == "unreadable":
            if any(pattern.covers(done.path) for pattern in settings.accept_unreadable):
                done.notices.append(Notice(done.path, f"{problem.message} (accepted by the settings)", "accepted"))
                continue
            done.notices.append(Notice(done.path, problem.message, "unreadable"))
        page = _ProblemPage(source, session.index, done.kind, problem)
        done.findings += judge(page, session.book.of("infralint", settings)).findings


class _ProblemPage(Document):
    """A problem of the run, as a document for the rules of kind `infralint`."""

    nouns = NOUNS

    def __init__(self, source: Source, index: Index, kind: str, problem: Problem) -> None:
        super().__init__(source, index, kind)
        self.own = problem

    def __iter__(self) -> Any:
        return iter([self.own])
