"""Judging one repository of a fleet: what a process of its own does, and the rows that come of it."""

from __future__ import annotations

import os
import time
from datetime import date
from typing import Any

from infralint.engine.options import EXCEPTIONS, Options
from infralint.engine.report import FAILURES, Report
from infralint.engine.run import judge_all, settle
from infralint.engine.session import Session
from infralint.fleet.opening import Opened, opened
from infralint.fleet.owners import owners_of
from infralint.fleet.sources import Repository
from infralint.text.edit import Safety
from infralint.text.finding import Finding
from infralint.text.source import Unreadable

Row = dict[str, Any]


class Plan:
    """What is asked of every repository of a run; it travels to the workers as JSON."""

    __slots__ = ("megabytes", "policy", "profile", "rules_folder", "seconds", "select", "today", "unsafe", "wants_json", "wants_posture")  # fmt: skip

    def __init__(
        self,
        *,
        today: date,
        policy: str | None = None,
        profile: str | None = None,
        rules_folder: str | None = None,
        select: list[str] | None = None,
        seconds: float = 600,
        megabytes: int = 2048,
        wants_json: bool = False,
        wants_posture: bool = False,
        unsafe: bool = False,
    ) -> None:
        self.today = today
        self.policy = policy
        self.profile = profile
        self.rules_folder = rules_folder
        self.select = select
        self.seconds = seconds
        """How long a repository may take."""
        self.megabytes = megabytes
        """How much memory judging one may take."""
        self.wants_json = wants_json
        """Whether the report of `infralint check --format json` is wanted as well."""
        self.wants_posture = wants_posture
        """Whether the practices are wanted as well: a second judgement of each repository."""
        self.unsafe = unsafe
        """Whether patches hold fixes that may change behaviour."""

    def options(self, repository: str, root: str) -> Options:
        """The options under which a repository is judged."""
        return Options(
            root=root, policy=self.policy, profile=self.profile, rules_folder=self.rules_folder, select=self.select,
            today=self.today, repository=repository, processes=1,
        )  # fmt: skip

    def data(self) -> Row:
        """The plan as plain values."""
        return {name: getattr(self, name) for name in self.__slots__} | {"today": self.today.isoformat()}


def plan_of(data: Row) -> Plan:
    """The plan that plain values hold."""
    return Plan(**data | {"today": date.fromisoformat(data["today"])})


def judge(repository: Repository, plan: Plan) -> Row:
    """Judge a repository: its row, those of its findings and exceptions, and its report where it is wanted.

    Raises UsageError and RuleError where its settings or rules are wrong.
    """
    with opened(repository) as place:
        os.chdir(place.root)
        session = Session(["."], plan.options(repository.name, place.root), place.tree)
        report, _ = judge_all(session, time.perf_counter())
        settle(session, report)
        granted = session.organisation.exceptions if session.organisation is not None else []
        exceptions = [one for one in granted if one.file == EXCEPTIONS]
        found: Row = {
            "repository": _repository(repository, place, report, is_dated=bool(exceptions) or _is_dated(session)),
            "findings": _findings(repository.name, place, report),
            "exceptions": [  # those of the policy are the client's to know
                {"repository": repository.name, "rule": one.name, "path": one.path.glob, "owner": one.owner}
                | {"reason": one.reason, "until": one.until.isoformat(), "file": one.file}
                for one in exceptions
            ],
        }
        if plan.wants_posture:
            from infralint.engine.posture import posture_of  # runs without it do without its rules

            posture = posture_of(["."], plan.options(repository.name, place.root), place.tree)
            found["repository"]["practices"] = {one.practice.name: one.state for one in posture.standings}
        if plan.wants_json:
            from infralint.output.json import to_json  # most runs want none

            found["json"] = to_json(report)
        return found


def _repository(repository: Repository, place: Opened, report: Report, *, is_dated: bool) -> Row:
    failures = [one for one in report.notices if one.kind in FAILURES]
    return {
        "repository": repository.name,
        "place": repository.place,
        "form": repository.form,
        "commit": place.commit,
        "files": report.files,
        "kinds": dict(sorted(report.kinds.items())),
        "findings": len(report.findings),
        "suppressed": len(report.suppressed),
        "fixable": report.fixable,
        **{severity.label: count for severity, count in report.counts.items()},
        "unread": len(failures),
        "dated": is_dated,
        "practices": {},
        "error": "",
    }


def _is_dated(session: Session) -> bool:
    """Whether what is found may change with the day alone: a comment that suppresses ends on one."""
    for path, _ in session.plan():
        try:
            source = session.read(path)
        except Unreadable:
            continue
        if source is not None and "until=" in source.text:
            return True
    return False


def _findings(name: str, place: Opened, report: Report) -> list[Row]:
    owners = owners_of(place.root)
    return [
        {
            "repository": name,
            "commit": place.commit,
            "path": one.path,
            "line": one.place.line,
            "rule": one.rule,
            "severity": one.severity.label,
            "confidence": one.confidence.label,
            "fingerprint": report.fingerprint(one),
            "fixable": one.fix is not None and one.fix.safety is not Safety.MANUAL,
            "fix": _fix(one),
            "owner": owners.of(one.path),
            "required": bool(one.required_by),
            "message": one.message,
        }
        for one in report.findings
    ]


def _fix(finding: Finding) -> str:
    return finding.fix.safety.name.lower() if finding.fix is not None else ""


def patch_of(repository: Repository, plan: Plan, subject: str) -> Row:
    """The fixes of the rules that a plan selects as a patch for `git am`; "" where there is none."""
    from infralint.engine.fixing import fix  # runs that judge do without it

    with opened(repository) as place:
        os.chdir(place.root)
        result = fix(["."], plan.options(repository.name, place.root), unsafe=plan.unsafe, tree=place.tree)
        places = [f"{one.path}:{one.place.line}: {one.message}" for one in result.applied]
        return {
            "patch": result.patch,
            "subject": subject,
            "places": places,
            "shows_secrets": result.shows_secrets,
        }
