"""What a cross-file rule went by: the elements that it judged, the documents that were searched, what answered."""

from __future__ import annotations

import time

from infralint.analysis.project.documents import documents, leads_elsewhere, speaks_english
from infralint.engine.cross_file import project_of
from infralint.engine.discover import UsageError
from infralint.engine.options import Options
from infralint.engine.rule_docs import rule_file_of
from infralint.engine.run import judge_all
from infralint.engine.session import Session
from infralint.engine.tracing import Row, rows_of
from infralint.model.element import Element
from infralint.model.project.document import Deployment, Project, ProjectDocument
from infralint.model.project.evidence import Evidence
from infralint.policy import catalogue
from infralint.policy.compile import asked_by
from infralint.policy.rule_file import RuleFile
from infralint.policy.vocabulary import load
from infralint.text.finding import place_of
from infralint.text.record import NamedTuple

MAX_HEADINGS = 6


class Why(NamedTuple):
    """The evidence for and against a rule in a repository."""

    rule: str
    title: str
    rows: list[Row]
    deployments: list[str]
    searched: list[str]
    answers: list[str]


def why(rule: str, path: str) -> Why:
    """What a rule of kind `project` went by below a path. Raises UsageError."""
    found = catalogue.matching(list(catalogue.catalogue()), rule)
    chosen = next((each for each in found if each.kind == "project"), None)
    if chosen is None:
        hint = f"`infralint trace {rule} FILE` shows how it judges one" if found else "see `infralint rules project`"
        raise UsageError(f"{rule!r} judges no repository as a whole; {hint}")
    started = time.perf_counter()
    session = Session([path], Options(select=[chosen.id]))
    _, judged = judge_all(session, started)
    document = project_of(session, judged)
    compiled = next(each for each in catalogue.rules_of("project") if each.id == chosen.id)
    rule_file = rule_file_of(chosen)
    if rule_file is None:
        raise UsageError(f"the page of {chosen.id} is not installed")
    rows = rows_of(document, compiled, rule_file, None, document.project)
    deployments = [_deployment(one) for one in document.deployments()]
    return Why(
        chosen.id, rule_file.title, rows, deployments, _searched(document.project), _answers(document, rule_file)
    )


def _place(element: Element) -> str:
    place = place_of(element)
    return f"{place.path}:{place.line}" if place.end > 0 or place.line > 1 else place.path


def _deployment(one: Deployment) -> str:
    """A deployment as it is graded."""
    summary, grade = one.summary, one.summary.grade
    known = {True: "yes", False: "no", None: "unknown"}
    parts = [
        f"{_place(one)} deploys to {summary.how}",
        summary.certainty,
        grade.form,
        f"environment {summary.environment or grade.stage}",
        f"started by {', '.join(grade.triggers) or 'unknown'}",
        f"approved: {known[grade.is_approved]}",
        f"after tests: {known[grade.runs_after_tests]}",
        f"after staging: {known[grade.runs_after_staging]}",
        f"one at a time: {known[grade.is_serialised]}",
        f"rolls back: {known[summary.has_rollback]}",
    ]
    return "; ".join(parts)


def _searched(project: Project) -> list[str]:
    """The documents with their first headings, and what limits the search."""
    found = []
    for each in documents(project):
        shown = ", ".join(heading.text for heading in each.headings[:MAX_HEADINGS])
        more = len(each.headings) - MAX_HEADINGS
        found.append(f"{each.source.path}: {shown or 'no headings'}{f' and {more} more headings' if more > 0 else ''}")
    elsewhere = leads_elsewhere(project)
    if elsewhere is not None:
        found.append(f"{_place(elsewhere)} leads to documents elsewhere, so that what is missing here is unknown")
    if speaks_english(project) is False:
        found.append("the README is not in English, so that what is missing is unknown")
    if not project.is_whole:
        found.append("the run does not see the whole repository, so that what is missing is unknown")
    return found


def _answers(document: ProjectDocument, rule_file: RuleFile) -> list[str]:
    """What each question that the rule asks of the repository gave."""
    words = load()
    found = []
    for cls, name in sorted(asked_by(rule_file, words), key=lambda pair: pair[1]):
        attribute = words.of(cls).get(name)
        if cls is not Project or attribute is None or not attribute.home or attribute.takes:
            continue
        value = catalogue.function_at(attribute.home)(document.project)
        if isinstance(value, Evidence):
            found.append(f'{name}: {value.form} "{" ".join(value.says.split())}" ({_place(value)})')
        elif isinstance(value, (bool, str)):
            found.append(f"{name}: {value if isinstance(value, str) else 'yes' if value else 'no'}")
        else:
            found.append(f"{name}: {'nothing found' if value is None else 'unknown'}")
    return found
