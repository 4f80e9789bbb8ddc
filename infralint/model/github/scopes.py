"""Scopes of the token that a job's actions and commands need, and those that nothing in it can use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from infralint.model.element import UNKNOWN, Element, Unknown
from infralint.model.github.permissions import Permission, ScopeNeed
from infralint.syntax.yaml import Mapping
from infralint.syntax.yaml_edit import column_of, delete, set_key, step_of
from infralint.tables.permissions import INSTEAD, NEEDS, may_write, needed_by_gh
from infralint.text.edit import Edit

if TYPE_CHECKING:
    from infralint.model.github.job import Job
    from infralint.model.github.step import Step
    from infralint.model.github.workflow import Workflow

_TOKEN = r"(?i)\$\{\{\s*(?:github\.token|secrets\.github_token)\s*\}\}"
_ANY_TOKEN = r"(?i)github\.token|secrets\.github_token|tojson\(\s*(?:secrets|github)\s*\)|secrets\s*\["


def needs_of(job: Job) -> list[ScopeNeed]:
    """What surely fails where the job's token lacks a scope."""
    found: list[ScopeNeed] = []
    for step in job.steps:
        found += [*_by_action(step), *_by_gh(step)]
        pushed = _pushed(job, step)
        if pushed is not None:
            found.append(ScopeNeed(pushed, job, "contents", "write", "git push"))
    return found


def is_granted(need: ScopeNeed) -> bool | Unknown:
    """Whether the written permissions meet a need; unknown where nothing is written, or an expression is."""
    given = need.job.effective_permissions
    scopes = (need.scope, INSTEAD.get(need.scope, need.scope))
    if any(given.grants(scope, need.access) for scope in scopes):
        return True
    return UNKNOWN if given.is_missing or UNKNOWN in (given.text, *map(given.access, scopes)) else False


def _by_action(step: Step) -> Iterator[ScopeNeed]:
    uses, job = step.uses, step.job
    if uses is None or job is None:
        return
    for need in NEEDS.get(uses.action, ()):
        wanted = _given(step, need.needs) if need.needs else "true"
        if wanted in (None, "false"):
            continue
        others = [given for name in need.unless if (given := _given(step, name)) is not None]
        if all(re.fullmatch(_TOKEN, given) for given in others):
            yield ScopeNeed(uses, job, need.scope, need.access, uses.action)


def _given(step: Step, name: str) -> str | None:
    """An input as it is written; None where it is not."""
    found = step.input_named(name)
    return None if found is None else str(found.text).strip()


def _by_gh(step: Step) -> Iterator[ScopeNeed]:
    run, job = step.run, step.job
    if run is None or job is None or "gh " not in run.text or not _has_own_token(step):
        return
    for command, words in run.command_words():
        scope = needed_by_gh(words)
        if scope is not None:
            yield ScopeNeed(Element(run.source, command.start, command.end), job, scope, "write", " ".join(words[:3]))


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
    before = [other.checkout for other in job.steps if other.position < step.position and other.checkout is not None]
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
    for command, words in run.command_words():
        remote = (
            next((word for word in words[2:] if not word.startswith("-")), "origin")
            if words[:2] == ["git", "push"]
            else "?"
        )
        if remote == "origin" and "--dry-run" not in words and "-n" not in words:
            return Element(run.source, command.start, command.end)
    return None


def granted(need: ScopeNeed) -> list[Edit] | None:
    """Edits that give the job one scope more."""
    job = need.job
    if not job.permissions.is_missing:
        node = job.permissions.node
        if isinstance(node, Mapping) and not node.pairs:
            return [Edit(node.source.path, node.start, node.end, f"{{{need.scope}: {need.access}}}")]
        return set_key(job.node, ["permissions", need.scope], need.access) if isinstance(node, Mapping) else None
    above = job.workflow.permissions
    if not isinstance(above.node, Mapping) or any(not isinstance(entry.access, str) for entry in above.entries):
        return None
    scopes = {str(entry.scope): str(entry.access) for entry in above.entries if entry.access != "none"}
    return block_first(job, {**scopes, need.scope: need.access})


def block_first(job: Job, scopes: dict[str, str]) -> list[Edit] | None:
    """A `permissions:` block as the job's first key."""
    node = job.node
    if not isinstance(node, Mapping) or node.is_flow or not node.pairs:
        return None
    source, start = node.source, node.pairs[0].start
    pad = " " * column_of(source, start)
    inner = pad + " " * step_of(node)
    lines = [f"{pad}permissions:", *(f"{inner}{scope}: {access}" for scope, access in scopes.items())]
    at = source.line_starts[source.line_of(start) - 1]
    return (
        [Edit(source.path, at, at, "".join(line + source.newline for line in lines))]
        if source.text[at:start].isspace()
        else None
    )


def least(workflow: Workflow) -> list[Edit] | None:
    """Edits after which the token reads the repository, and in the jobs that need more may do just that."""
    key = workflow.jobs_key
    if key is None or column_of(key.source, key.start):
        return None
    newline = key.source.newline
    edits = [Edit(key.source.path, key.start, key.start, f"permissions:{newline}  contents: read{newline}{newline}")]
    for job in workflow.default_token_jobs:
        needed = {need.scope: need.access for need in job.scope_needs}
        if needed:
            edits += block_first(job, {"contents": "read", **needed}) or []
    return edits


def written_at_jobs(workflow: Workflow) -> list[Edit] | None:
    """Edits that take every right to write from the workflow, and give each to those of its jobs in which something may use it."""
    entries = workflow.permissions.entries
    key = workflow.node.key("permissions")
    if key is None or any(not isinstance(entry.access, str) for entry in entries):
        return None
    kept = {str(entry.scope): str(entry.access) for entry in entries if not entry.is_write and entry.access != "none"}
    written = workflow.permissions.writes
    if len(written) < len(entries):
        parts = [delete(entry.node) for entry in written]
    else:
        end = workflow.permissions.node.end
        if any(comment.alone and key.end < comment.start < end for comment in workflow.file.comments()):
            return None
        parts = [[Edit(key.source.path, key.end, key.source.line_span(key.source.line_of(end)).end, ": {}")]]
    said = {str(entry.scope): f"write  {entry.comment}" if entry.comment else "write" for entry in written}
    for job in workflow.jobs:
        used = {
            scope: access for scope, access in said.items() if job.permissions.is_missing and _may_write(job, scope)
        }
        if used:
            parts.append(block_first(job, {**kept, **used}))
    return None if any(part is None for part in parts) else [edit for part in parts for edit in part or ()]


def may_be_used(permission: Permission, workflow: Workflow) -> bool | Unknown:
    """Whether something may use it in the jobs for which it holds; unknown where it holds for none."""
    jobs = [job for job in workflow.jobs if job.effective_permissions.route == permission.route[:-1]]
    return any(_may_write(job, str(permission.scope)) for job in jobs) if jobs else UNKNOWN


def _may_write(job: Job, scope: str) -> bool:
    if job.uses is not None or job.container is not None or not job.steps:
        return True
    for holder in (job, job.workflow):
        if any(re.search(_ANY_TOKEN, str(entry.text)) for entry in holder.variables):
            return True
    return any(_step_may_write(job, step, scope) for step in job.steps)


def _step_may_write(job: Job, step: Step, scope: str) -> bool:
    if step.uses is not None:
        return step.uses.is_local or step.uses.is_docker or may_write(step.uses.action, scope)
    if step.run is None or scope == "id-token":  # every script may ask the runner for an identity
        return True
    if scope == "contents" and any(
        each.checkout is not None and each.checkout.persists_credentials is not False for each in job.steps
    ):
        return True
    return re.search(_ANY_TOKEN, f"{step.run.text} {' '.join(str(entry.text) for entry in step.variables)}") is not None
