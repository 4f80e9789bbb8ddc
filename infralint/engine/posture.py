"""The practices of a repository: what the rules report and what shows that each practice is followed, side by side."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Literal

from infralint.analysis.project.parts import applies, mention, possible_deployment
from infralint.analysis.project.standing import EVIDENCE
from infralint.engine.cross_file import project_of
from infralint.engine.discover import Tree
from infralint.engine.options import Options
from infralint.engine.report import FAILURES, Report
from infralint.engine.rule_docs import describe
from infralint.engine.run import judge_all
from infralint.engine.session import Session, known_rules
from infralint.model.element import Unknown
from infralint.model.pipelines.rows import ROWS as PIPELINES_ROWS
from infralint.model.project.document import Project, ProjectDocument
from infralint.model.project.evidence import Evidence
from infralint.model.project.services import text_of
from infralint.model.project.summary import DeploymentSummary, element_at
from infralint.tables.practices import PRACTICES, Practice
from infralint.tables.trees import variants_of
from infralint.text.finding import Finding, place_of
from infralint.text.record import NamedTuple

_PIPELINES = frozenset(row.name for row in PIPELINES_ROWS)
State = Literal["met", "not met", "not applicable", "not assessed"]
STATES: tuple[State, ...] = ("met", "not met", "not assessed", "not applicable")


class Proof(NamedTuple):
    """What shows that a practice is followed, and where: `line` counts from 1."""

    says: str
    path: str
    line: int


class Standing(NamedTuple):
    """How a repository stands to a practice. `why` explains a state that neither evidence nor findings explain; else it is ""."""

    practice: Practice
    state: State
    why: str
    evidence: tuple[Proof, ...]
    findings: tuple[Finding, ...]
    suppressed: int


class Posture(NamedTuple):
    """The practices of a repository, in the order of the table; `report` is the run that judged it."""

    report: Report
    standings: tuple[Standing, ...]
    is_whole: bool

    @property
    def counts(self) -> dict[State, int]:
        """How many practices have each state."""
        return {state: sum(one.state == state for one in self.standings) for state in STATES}


def posture_of(paths: Sequence[str], options: Options, tree: Tree | None = None) -> Posture:
    """Judge a repository by the rules of the practices, and say how it stands. Raises UsageError and RuleError."""
    started = time.perf_counter()
    asked = {rule for each in PRACTICES for rule in each.rules}
    pedantic = sorted(rule.id for rule in known_rules(None) if rule.id in asked and rule.profile != "default")
    options.select = ["default", *pedantic]  # rules of the default profile stay silent of tests and of development
    session = Session(paths, options, tree)
    report, judged = judge_all(session, started)
    describe(report)
    document = project_of(session, judged)
    standings = tuple(_standing(each, document, report) for each in PRACTICES)
    return Posture(report, standings, document.project.is_whole)


def _standing(practice: Practice, document: ProjectDocument, report: Report) -> Standing:
    findings = tuple(one for one in report.findings if one.rule in practice.rules and _counts(one))
    suppressed = sum(one.rule in practice.rules for one in report.suppressed)
    names = [name for name in practice.evidence if not (findings and name == "searched_for_secrets")]
    found = [one for name in names for one in EVIDENCE[name](document.project)]
    told = mention(document.project, practice.topic)
    evidence = tuple(dict.fromkeys(Proof(one.says, one.source.path, place_of(one).line) for one in found))
    if findings:
        return Standing(practice, "not met", "", evidence, findings, suppressed)
    if not applies(document, practice.trigger):
        possible = possible_deployment(document.project, practice.trigger)
        if possible is not None:
            return Standing(practice, "not assessed", _may_deploy(document.project, possible), evidence, (), suppressed)
        return Standing(practice, "not applicable", practice.otherwise, (), (), suppressed)
    unread = [notice for notice in report.notices if notice.kind in FAILURES]
    if evidence and not suppressed and not unread:
        return Standing(practice, "met", "", evidence, (), suppressed)
    if suppressed:
        why = f"{suppressed} finding{'s are' if suppressed > 1 else ' is'} suppressed or in the baseline"
    elif unread:
        why = f"{unread[0].path or 'a file'} was not judged"
    else:
        why = _open_question(document.project, told)
    return Standing(practice, "not assessed", why, evidence, (), suppressed)


def _may_deploy(project: Project, one: DeploymentSummary) -> str:
    """What leaves open whether a practice applies."""
    at = element_at(one.at, text_of(project.index, one.at.path))
    who = f"job `{one.grade.job}`" if one.grade.job else f"`{one.at.path}`"
    return f"{who} ({one.at.path}:{place_of(at).line}) may deploy a running service, and infralint does not know what it does"


def _counts(finding: Finding) -> bool:
    """Whether a finding counts: what is there for tests, development or an example says nothing of the service.

    Default credentials of a pipeline are those of the containers that it tests with.
    """
    if finding.rule == "any/default-credential" and (finding.kind == "workflow" or finding.kind in _PIPELINES):
        return False
    return finding.kind not in ("compose", "dockerfile", "env") or not variants_of(finding.path)


def _open_question(project: Project, told: Evidence | Unknown | None) -> str:
    """Why neither a finding nor evidence is there."""
    if isinstance(told, Evidence) and told.form == "file":
        return f"{told.source.path} is there, and only a person can tell whether that is enough"
    if isinstance(told, Evidence):
        words = " ".join(told.says.split())
        return f'a document speaks of it ("{words}", {told.source.path}:{place_of(told).line}), and only a person can tell whether that is enough'
    if not project.is_whole:
        return "the run does not see the whole repository"
    if isinstance(told, Unknown):
        return "the documents are not in English, or lead to others that are kept elsewhere"
    return "no rule reports it, and nothing that infralint reads shows it"
