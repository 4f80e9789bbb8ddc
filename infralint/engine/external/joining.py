"""What engines found, once: joined to our own finding of the same fault, or passed on under the engine's name."""

from __future__ import annotations

from collections.abc import Iterable

from infralint.engine.external.answer import Answer, Reported
from infralint.engine.files import FileResult, apply_suppressions
from infralint.engine.report import Notice, RuleInfo
from infralint.engine.settings import ENGINES, Settings, names_rule
from infralint.model import kinds
from infralint.model.document import Document
from infralint.policy import catalogue
from infralint.text.edit import Fix, Safety
from infralint.text.finding import Confidence, Finding, Place, Severity
from infralint.text.source import Source, Unreadable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from infralint.engine.session import Session

SEVERITIES = {
    "hadolint": {"error": Severity.MEDIUM, "warning": Severity.LOW, "info": Severity.INFO, "style": Severity.INFO},
    "shellcheck": {"error": Severity.MEDIUM, "warning": Severity.LOW, "info": Severity.INFO, "style": Severity.INFO},
    "checkov": {
        "critical": Severity.CRITICAL,
        "high": Severity.HIGH,
        "medium": Severity.MEDIUM,
        "low": Severity.LOW,
        "info": Severity.INFO,
    },
}
"""What an engine's own word weighs where no rule of ours answers the same fault; Checkov gives none without a key."""


class Account:
    """How many findings of an engine went where; the sum is what it reported."""

    __slots__ = ("dropped", "engine", "joined", "passed", "silenced")

    def __init__(self, engine: str) -> None:
        self.engine = engine
        self.joined = 0
        self.passed = 0
        self.silenced = 0
        self.dropped = 0


class Merged:
    """The engines' own findings by file, the notices of their trouble, their rules, and where each finding went."""

    __slots__ = ("accounts", "judged", "notices", "pairs", "rules")

    def __init__(self) -> None:
        self.judged: list[FileResult] = []
        self.notices: list[Notice] = []
        self.rules: dict[str, RuleInfo] = {}
        self.accounts: dict[str, Account] = {}
        self.pairs: list[tuple[Reported, Finding]] = []


def merge(session: Session, judged: list[FileResult], answers: Iterable[Answer]) -> Merged:
    """Join the engines' findings to ours; suppressions apply to the rest as to ours."""
    merged = Merged()
    by_path: dict[str, list[Reported]] = {}
    for answer in answers:
        account = merged.accounts[answer.engine] = Account(answer.engine)
        account.dropped = answer.dropped
        if answer.failure is not None:
            merged.notices.append(Notice("", f"{answer.engine} failed: {answer.failure}", "failed"))
        merged.notices += [
            Notice(one.path, f"{answer.engine} cannot read it: {one.message}", "unread") for one in answer.unread
        ]
        for one in answer.reported:
            by_path.setdefault(one.path, []).append(one)
    natives: dict[str, list[Finding]] = {}
    for done in judged:
        for finding in (*done.findings, *done.silenced):
            natives.setdefault(finding.path, []).append(finding)
    answering = _answering(session)
    for path in sorted(by_path):
        _merge_file(session, path, by_path[path], natives.get(path, []), answering, merged)
    return merged


def _answering(session: Session) -> dict[str, list[catalogue.Rule]]:
    """The rules that answer each foreign name."""
    found: dict[str, list[catalogue.Rule]] = {}
    for rule in [*catalogue.catalogue(), *session.foreign]:
        for name in rule.same_as:
            if name.partition("/")[0] in ENGINES:
                found.setdefault(name, []).append(rule)
    return found


def _merge_file(
    session: Session, path: str, reported: list[Reported], natives: list[Finding],
    answering: dict[str, list[catalogue.Rule]], merged: Merged,
) -> None:  # fmt: skip
    try:
        source = session.read(path)
    except Unreadable:
        source = None
    if source is None:
        for one in reported:
            merged.accounts[one.engine].dropped += 1
        return
    kind = session.kind(path) or "text"
    document = kinds.load(source, session.index, kind)
    settings = session.settings(path)
    own: list[Finding] = []
    engines: dict[int, str] = {}
    pages: dict[str, Reported] = {}
    shellchecked = {(one.code, one.line) for one in reported if one.engine == "shellcheck"}
    for one in reported:
        account = merged.accounts[one.engine]
        place = _place(one, source, document)
        counterpart = _counterpart(one, place, natives, document)
        if counterpart is not None:
            counterpart.also_reported_by = (*counterpart.also_reported_by, one.name)
            merged.pairs.append((one, counterpart))
            account.joined += 1
            continue
        if one.engine == "hadolint" and one.code.startswith("SC"):
            first, last = _lines(one, document)
            said = next((f for f in own if f.rule == f"shellcheck/{one.code}" and first <= f.line <= last), None)
            if said is None and any(code == one.code and first <= line <= last for code, line in shellchecked):
                said = next((f for f in own if f.rule == f"shellcheck/{one.code}"), None)
            if said is not None:
                said.also_reported_by = (*said.also_reported_by, one.name)
                merged.pairs.append((one, said))
                account.joined += 1
                continue
        rule_files = answering.get(one.name, [])
        finding = _finding(one, place, kind, rule_files, settings)
        if not _is_wanted(settings, finding):
            account.silenced += 1
            continue
        own.append(finding)
        engines[id(finding)] = one.engine
        pages.setdefault(one.name, one)
    done = FileResult(path, "project")
    apply_suppressions(session, done, document, own, [], settings)
    standing = {id(finding) for finding in done.findings}
    for finding in own:
        finding.title = finding.message  # only now its secrets are starred
        merged.rules.setdefault(finding.rule, _info(pages[finding.rule], finding))
        account = merged.accounts[engines[id(finding)]]
        if id(finding) in standing:
            account.passed += 1
        else:
            account.silenced += 1
    merged.judged.append(done)


def _lines(one: Reported, document: Document) -> tuple[int, int]:
    """The lines of our element in which an engine's place lies: the instruction, the service, the job."""
    if one.columns is not None:
        return one.line, one.end_line
    if one.whole and one.end_line > one.line:
        return one.line, one.end_line
    first, last = document.block_of(one.line)
    return min(first, one.line), max(last, one.end_line)


def _place(one: Reported, source: Source, document: Document) -> Place:
    """Where it is shown: exact where the engine is; else the first line of what it is about."""
    count = len(source.line_starts)
    line = min(one.line, count)
    if one.columns is not None:
        end_line = min(one.end_line, count)
        start = source.line_starts[line - 1] + one.columns[0] - 1
        end = source.line_starts[end_line - 1] + one.columns[1] - 1
        return Place(source.path, start, end, line, one.columns[0], end_line, one.columns[1])
    if one.whole:
        line = document.main_line() or line
    start, end = source.line_span(line)
    body = source.text[start:end]
    start += len(body) - len(body.lstrip())
    end -= len(body) - len(body.rstrip())
    end = max(start, end)
    return Place(
        source.path,
        start,
        end,
        line,
        start - source.line_starts[line - 1] + 1,
        line,
        end - source.line_starts[line - 1] + 1,
    )


def _counterpart(one: Reported, place: Place, natives: list[Finding], document: Document) -> Finding | None:
    """Our finding of the same fault on the same element; the nearest one where several lie there."""
    named = [finding for finding in natives if one.name in finding.same_as]
    if one.whole and named:
        return named[0]
    first, last = _lines(one, document)
    near = [finding for finding in named if finding.line <= last and finding.end_line >= first]
    return min(near, key=lambda finding: abs(finding.line - place.line)) if near else None


def _finding(one: Reported, place: Place, kind: str, rule_files: list[catalogue.Rule], settings: Settings) -> Finding:
    severity = settings.severities.get(one.name)
    if severity is None:
        known = [Severity(rule_file.entry["severity"]) for rule_file in rule_files]
        severity = max(known) if known else SEVERITIES[one.engine].get(one.level, Severity.MEDIUM)
    title = one.message.splitlines()[0] if one.message else one.code
    fix = Fix(f"take {one.engine}'s own remedy", Safety.UNSAFE, one.edits) if one.edits else None
    finding = Finding(
        one.name, kind, severity, Confidence.MEDIUM, title, title, place, same_as=(one.name,), fix=fix,
    )  # fmt: skip
    finding.aliases = tuple(sorted({word for rule_file in rule_files for word in (rule_file.id, rule_file.name)}))
    return finding


def _info(one: Reported, finding: Finding) -> RuleInfo:
    return RuleInfo(
        one.name, finding.title, finding.severity, finding.confidence, references=(one.url,) if one.url else (),
        same_as=(one.name,), body=f"Found by {one.engine}, which infralint runs with `--with {one.engine}`.", tags=[one.engine],
    )  # fmt: skip


def _is_wanted(settings: Settings, finding: Finding) -> bool:
    """Whether `select` and `ignore` leave it, by the engine's name, its own, or that of a rule which answers it."""
    engine = finding.rule.partition("/")[0]
    meant = {finding.rule, engine, *finding.aliases}
    if meant & set(settings.ignore) or any(names_rule([word], finding.rule) for word in settings.ignore):
        return False
    if settings.select is None or {"all", "default", "pedantic", "opt-in"} & set(settings.select):
        return True
    return bool(meant & set(settings.select))
