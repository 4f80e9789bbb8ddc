"""What lies between the files: the rules of kind `project`, judged after all documents from their summaries."""

from __future__ import annotations

from infralint.engine.files import FileResult, found_in, report_problems
from infralint.engine.judge import judge
from infralint.engine.session import Session
from infralint.model.document import Problem
from infralint.model.kinds import PINS_FILE
from infralint.model.project.summary import DockerfileSummary
from infralint.text.source import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from infralint.model.project.document import ProjectDocument

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
    is_whole = sees_all(session)
    is_asked = any(not isinstance(one, DockerfileSummary) for one in summaries.values())
    if not rules or not (is_asked or (is_whole and any(map(_names_files, session.tree.paths)))):
        return []  # Dockerfiles only answer; the others ask
    document = project_of(session, judged)
    by_path: dict[str, list[object]] = {}
    asked = set(session.paths)
    for finding in judge(document, rules, document.project).findings:
        if finding.path not in asked and finding.path not in summaries:
            continue  # it stands in a file that this run was not asked to judge
        if finding.path not in summaries and session.is_excluded(finding.path):
            continue
        if not session.is_fixture(finding.path) and _is_said_of(session, finding.rule, finding.path):
            by_path.setdefault(finding.path, []).append(finding)
    return [found_in(session, path, found) for path, found in by_path.items()]  # type: ignore[arg-type]


def _names_files(path: str) -> bool:
    """Whether a file may lack others or name some that are not there: a document, CODEOWNERS, a migration of a database."""
    low = path.rpartition("/")[2].lower()
    return (
        "migrat" in path.lower()
        or low.startswith(("readme", "codeowners", "dependabot.y"))
        or low.endswith((".md", ".markdown", ".rst", ".adoc", ".asciidoc"))
    )


def project_of(session: Session, judged: list[FileResult]) -> ProjectDocument:
    """The repository as the cross-file rules see it after a run."""
    from infralint.model.project.document import ProjectDocument

    summaries = {one.path: one.summary for one in judged if one.summary is not None}
    known = set(session.tree.paths)
    made = sorted(path for path in session.index.given if path not in known)  # by a fix of this run
    return ProjectDocument(session.index, summaries, [*session.tree.paths, *made], sees_all(session))


def sees_all(session: Session) -> bool:
    """Whether the run judges the whole tree, so that what it does not see is not there."""
    if session.stdin is not None or session.options.staged or session.tree.unread or session.tree.nested:
        return False
    return session.index.is_folder("") and len(session.paths) >= len(session.tree.paths)


def _is_said_of(session: Session, rule: str, path: str) -> bool:
    """Whether a rule of the project judges the file of a finding, which may be there for tests."""
    kind = session.kind(path)  # none for documents
    variants = session.variants(path, kind) if kind is not None else frozenset()
    rules = session.book.of("project", session.settings(""), variants)
    return any(one.id == rule for _, speaking in rules for one in speaking)
