"""Caches of GitHub Actions: which steps restore or fill one, whether a release is built from it, who can poison it."""

from __future__ import annotations

from collections.abc import Sequence

from infralint.analysis.github.release_runs import release_runs, truth_in
from infralint.analysis.github.untrusted_code import pull_request_head
from infralint.model.element import UNKNOWN, Element, fact_of
from infralint.model.github.expression import expressions_at
from infralint.model.github.job import Job
from infralint.model.github.step import Input, Step
from infralint.tables.actions import text_of
from infralint.tables.github import caches_of

SCOPE_EVENTS = ("pull_request_target", "issue_comment", "workflow_run", "issues", "discussion", "discussion_comment")
"""Events that anyone can cause and whose runs write the cache of the default branch."""


@fact_of(Step)
def caches_untrusted_files(step: Step) -> bool:
    """Whether it stores files of the workspace in the cache, untrusted ones among them."""
    if step.job is None or step.uses is None or step.uses.action not in ("actions/cache", "actions/cache/save"):
        return False
    path = step.input_named("path")
    text = str(path.text) if path is not None and path.text is not None else "/"
    if all(line.strip().startswith(("/", "~", "$")) for line in text.splitlines() if line.strip()):
        return False
    return any(other.position < step.position and pull_request_head(other) is not None for other in step.job.steps)


@fact_of(Step)
def restores_cache(step: Step) -> Element | None:
    """The input, or the `uses:`, by which it restores a cache; None if it surely or perhaps does not."""
    uses = step.uses
    switches = caches_of(uses.action) if uses is not None else None
    if uses is None or switches is None:
        return None
    needed = text_of(uses.action, "cache-with")
    if needed is not None and not step.has_input(needed):
        return None
    for switch in switches:
        written = step.input_named(switch.input)
        if written is None:
            if switch.default:
                return uses
            continue
        value = written.value
        if value is UNKNOWN or value is None:
            continue
        is_on = value.lower() not in ("", "false", "no", "0", "never")
        if switch.values:
            is_on = value.lower() in switch.values
        if is_on == switch.on:
            return written
        if switch.input != "cache":
            return None
    return uses if not switches else None


@fact_of(Step)
def conditional_cache_input(step: Step) -> Input | None:
    """The input by which the run decides whether a cache is restored, where it may when it releases."""
    uses, job = step.uses, step.job
    for switch in caches_of(uses.action) or () if uses is not None and job is not None else ():
        written = step.input_named(switch.input)
        if written is None or written.value is not UNKNOWN or job is None:
            continue
        read = expressions_at(step.file, written.route)
        root = read[0].read.root if len(read) == 1 else None
        runs = release_runs(job.workflow) or [{"github.ref": "?"}]
        if root is None or any(truth_in(root, run) is not (not switch.on) for run in runs):
            return written
    return None


@fact_of(Job)
def can_poison_default_branch_cache(job: Job, branches: Sequence[str]) -> bool:
    """Whether untrusted users start it in the scope of the default branch (one of `branches`), whose caches all branches read."""
    names = {*branches, "*", "**"}
    for trigger in job.workflow.triggers:
        if trigger.name == "pull_request_target":
            if trigger.branches:
                if any(str(b) in names for b in trigger.branches):
                    return True
            elif not any(str(b) in names for b in trigger.ignored_branches):
                return True
        elif trigger.name in SCOPE_EVENTS:
            return True
    return False
