"""Permissions of the token that a job's actions and commands need."""

from __future__ import annotations

import re
from collections.abc import Iterator

from infralint.analysis.github.checkouts import checkout_of
from infralint.analysis.github.permissions import effective_permissions
from infralint.analysis.github.scripts import command_words
from infralint.model.element import UNKNOWN, Element, Unknown, fact_of, remembered
from infralint.model.github.job import Job
from infralint.model.github.step import Step
from infralint.tables.permissions import INSTEAD, NEEDS, needed_by_gh

_TOKEN = r"(?i)\$\{\{\s*(?:github\.token|secrets\.github_token)\s*\}\}"


class PermissionNeed(Element):
    """An action or command that fails where the token lacks a scope; it stands there."""

    __slots__ = ("access", "by", "job", "scope")
    scope: str
    access: str
    by: str

    def __init__(self, at: Element, job: Job, scope: str, access: str, by: str) -> None:
        super().__init__(at.source, at.start, at.end)
        self.job = job
        self.scope = scope
        self.access = access
        self.by = by


@remembered
def needed_permissions(job: Job) -> list[PermissionNeed]:
    """What surely fails where the job's token lacks a scope."""
    found: list[PermissionNeed] = []
    for step in job.steps:
        found += [*_by_action(step), *_by_gh(step)]
        pushed = _pushed(job, step)
        if pushed is not None:
            found.append(PermissionNeed(pushed, job, "contents", "write", "git push"))
    return found


@fact_of(Job)
def missing_permissions(job: Job) -> list[PermissionNeed]:
    """What surely fails because the written permissions of the job lack a scope."""
    return [need for need in needed_permissions(job) if _is_granted(need) is False]


def _is_granted(need: PermissionNeed) -> bool | Unknown:
    """Whether the written permissions meet a need; unknown where nothing is written, or an expression is."""
    given = effective_permissions(need.job)
    scopes = (need.scope, INSTEAD.get(need.scope, need.scope))
    if any(given.grants(scope, need.access) for scope in scopes):
        return True
    return UNKNOWN if given.is_missing or UNKNOWN in (given.text, *map(given.access, scopes)) else False


def _by_action(step: Step) -> Iterator[PermissionNeed]:
    uses, job = step.uses, step.job
    if uses is None or job is None:
        return
    for need in NEEDS.get(uses.action, ()):
        wanted = _given(step, need.needs) if need.needs else "true"
        if wanted in (None, "false"):
            continue
        others = [given for name in need.unless if (given := _given(step, name)) is not None]
        if all(re.fullmatch(_TOKEN, given) for given in others):
            yield PermissionNeed(uses, job, need.scope, need.access, uses.action)


def _given(step: Step, name: str) -> str | None:
    """An input as it is written; None where it is not."""
    found = step.input_named(name)
    return None if found is None else str(found.text).strip()


def _by_gh(step: Step) -> Iterator[PermissionNeed]:
    run, job = step.run, step.job
    if run is None or job is None or "gh " not in run.text or not _has_own_token(step):
        return
    for command, words in command_words(run):
        scope = needed_by_gh(words)
        if scope is not None:
            yield PermissionNeed(
                Element(run.source, command.start, command.end), job, scope, "write", " ".join(words[:3])
            )


def _has_own_token(step: Step) -> bool:
    """Whether gh is given the job's token, and the script gives it no other."""
    job = step.job
    assert job is not None and step.run is not None
    if re.search(r"\b(?:GH|GITHUB)_TOKEN=|gh auth login|GH_REPO|GH_HOST", step.run.text):
        return False
    for name in ("GH_TOKEN", "GITHUB_TOKEN"):
        for holder in (step, job, job.workflow):
            for entry in holder.variables:
                if entry.name == name:
                    return entry.text is not None and re.fullmatch(_TOKEN, str(entry.text).strip()) is not None
    return False


def _pushed(job: Job, step: Step) -> Element | None:
    """The `git push` to where the job's checkout came from, with the token that it left behind."""
    run = step.run
    if run is None or "git push" not in run.text:
        return None
    before = [
        found for other in job.steps if other.position < step.position and (found := checkout_of(other)) is not None
    ]
    is_own = len(before) == 1 and not any(
        before[0].step.has_input(name) for name in ("token", "ssh-key", "repository", "persist-credentials")
    )
    scripts = " ".join(
        str(other.run.text) for other in job.steps if other.run is not None and other.position <= step.position
    )
    if not is_own or re.search(
        r"set-url|remote add|extraheader|setup-git|git config[^\n]*(?:url|credential)|ssh-agent|git clone|git init|repo clone",
        scripts,
    ):
        return None
    if any(other.uses is not None and "ssh" in other.uses.action for other in job.steps):
        return None
    for command, words in command_words(run):
        remote = (
            next((word for word in words[2:] if not word.startswith("-")), "origin")
            if words[:2] == ["git", "push"]
            else "?"
        )
        if remote == "origin" and "--dry-run" not in words and "-n" not in words:
            return Element(run.source, command.start, command.end)
    return None
