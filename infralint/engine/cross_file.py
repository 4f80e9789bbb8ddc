"""What lies between the files: the rules of kind `project`, judged after all documents from their summaries."""

from __future__ import annotations

from infralint.engine.files import FileResult, found_in, report_problems
from infralint.engine.judge import judge
from infralint.engine.session import Session
from infralint.model.document import Problem
from infralint.model.kinds import PINS_FILE
from infralint.model.project.summary import DockerfileSummary
from infralint.text.source import Source

MAX_FAULTS = 20


def judge_project(session: Session, judged: list[FileResult]) -> list[FileResult]:
    """The findings of the project's rules, by the file in which each stands."""
    return [*_broken_pins(session), *_between(session, judged)]


def _broken_pins(session: Session) -> list[FileResult]:
    """The pins file, where it pins less than it seems to."""
    if PINS_FILE not in session.tree.paths or session.is_excluded(PINS_FILE):
        return []
    from infralint.analysis.github.pins import read_pins

    source = session.index.source(PINS_FILE)
    faults = read_pins(source.text)[1][:MAX_FAULTS] if source is not None else ["cannot be read as text"]
    if not faults:
        return []
    source = source or Source(PINS_FILE, "")
    done = FileResult(PINS_FILE, "project")
    problems = [Problem("unreadable", f"the pins file {fault}", source, 0, 0) for fault in faults]
    report_problems(session, done, problems, session.settings(PINS_FILE), source)
    return [done]


def _between(session: Session, judged: list[FileResult]) -> list[FileResult]:
    rules = session.book.of("project", session.settings(""))
    summaries = {one.path: one.summary for one in judged if one.summary is not None}
    if not rules or all(isinstance(summary, DockerfileSummary) for summary in summaries.values()):
        return []  # Dockerfiles only answer; the others ask
    from infralint.model.project.document import ProjectDocument

    document = ProjectDocument(session.index, summaries, session.tree.paths)
    by_path: dict[str, list[object]] = {}
    for finding in judge(document, rules, document.project).findings:
        if not session.is_fixture(finding.path) and _is_said_of(session, finding.rule, finding.path):
            by_path.setdefault(finding.path, []).append(finding)
    return [found_in(session, path, found) for path, found in by_path.items()]  # type: ignore[arg-type]


def _is_said_of(session: Session, rule: str, path: str) -> bool:
    """Whether a rule of the project judges the file of a finding, which may be there for tests."""
    variants = session.variants(path, session.kind(path) or "")
    rules = session.book.of("project", session.settings(""), variants)
    return any(one.id == rule for _, speaking in rules for one in speaking)
