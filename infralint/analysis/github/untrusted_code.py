"""Steps that run untrusted code: what lies in checked out pull request heads and downloaded artifacts."""

from __future__ import annotations

import posixpath

from infralint.analysis.github.checkouts import refuses_fork_heads
from infralint.analysis.github.local_calls import calling_steps
from infralint.analysis.github.placement import steps_around
from infralint.analysis.github.taint import taint_in
from infralint.analysis.github.tree_runs import takes_from, tree_runs, working_directory
from infralint.analysis.github.triggers import job_events
from infralint.analysis.github.untrusted_fetches import Fetch, untrusted_fetch
from infralint.analysis.github.untrusted_files import (
    Arrival,
    artifact_folder,
    is_outside,
)
from infralint.model.element import Element, fact_of, remembered
from infralint.model.github.step import Step
from infralint.tables import taint_sources
from infralint.tables.actions import has
from infralint.text import regex as re


@remembered
def _fetch(step: Step) -> Fetch | None:
    return untrusted_fetch(taint_in(step.file), step)


@fact_of(Step)
def pull_request_head(step: Step) -> Element | None:
    """What names the head of an untrusted pull request that it checks out; None if it is not known to."""
    found = _fetch(step)
    return found.head.at if found is not None else None


@fact_of(Step)
def refuses_fork_head(step: Step) -> bool:
    """Whether its version of `actions/checkout`, or that in the local action that it uses, refuses the head of a fork under
    every event that starts the job for one; of a step of an action: under those of all jobs that use it."""
    fetch = _fetch(step)
    if not refuses_fork_heads(fetch.by if fetch is not None and fetch.by is not None else step):
        return False
    jobs = [each.job for each in ([step] if step.job is not None else calling_steps(step.file)) if each.job is not None]
    events = {event for job in jobs for event in job_events(job) & taint_sources.HEAD_EVENTS}
    return bool(events) and events <= {"pull_request_target", "workflow_run"}


@fact_of(Step)
def checkout_place(step: Step) -> str:
    """Where the checkout of the head stands, by which one that is seen from the action and from its caller is one fault."""
    fetch = _fetch(step)
    place = fetch.by if fetch is not None and fetch.by is not None else step
    return f"checkout {place.source.path} {place.start}"


@fact_of(Step)
def downloads_untrusted_artifact(step: Step) -> bool:
    """Whether it fetches, into the workspace, an artifact that an untrusted run may have made."""
    folder = artifact_folder(taint_in(step.file), step)
    return folder is not None and not is_outside(folder)


@fact_of(Step)
def executed_by(step: Step) -> Step | None:
    """The first step that runs what lies among the untrusted files that it fetches; None if none is known to."""
    fetch = _fetch(step)
    if fetch is not None:
        return _first_run_of(Arrival(step, "checkout", fetch.folder, fetch.head.at, fetch.runs))
    folder = artifact_folder(taint_in(step.file), step)
    return _first_run_of(Arrival(step, "artifact", folder, _unpacked_at(step))) if folder is not None else None


def _unpacked_at(step: Step) -> Element | None:
    """The last command of a script by which it downloads or unpacks an artifact; None where it has none."""
    if step.run is None:
        return None
    found = re.finditer(r"\bgh\s+run\s+download\b|\bunzip\b", step.run.text)
    places = [step.run.text.slice(*match.span()) for match in found]
    return Element(step.source, places[-1].start, places[-1].end) if places else None


def untrusted_tree_of(step: Step) -> Element | None:
    """The earlier step that checks out an outsider's head into the folder that a step works in; None if none is known to."""
    folder = working_directory(step)
    for other in steps_around(step):
        fetch = _fetch(other) if other.position < step.position else None
        if fetch is None or refuses_fork_head(other) or is_outside(fetch.folder):
            continue
        if not fetch.folder or folder == fetch.folder or folder.startswith(f"{fetch.folder}/"):
            return other
    return None


def _first_run_of(arrival: Arrival) -> Step | None:
    """The first step behind an arrival that runs what lies in its folder."""
    after = [each for each in steps_around(arrival.step) if each.position > arrival.step.position][:60]
    own = arrival.step.run
    if own is not None and (arrival.what == "checkout" or arrival.at is not None):
        after = [arrival.step, *after]
    return next((each for each in after if _runs_files_of(arrival, each)), None)


def _runs_files_of(arrival: Arrival, step: Step) -> bool:
    """Whether a step behind an arrival runs what lies in its folder."""
    folder = arrival.folder.removeprefix("./").rstrip("/*")
    if is_outside(folder):
        return False
    if arrival.runs and arrival.step is step:
        return True
    start = arrival.at.end if arrival.at is not None and arrival.step is step else -1
    if any(run.start >= start and takes_from(run, folder) for run in tree_runs(step)):
        return True
    uses = step.uses
    if uses is None:
        return False
    if uses.is_local:
        return not uses.is_own and (not folder or posixpath.normpath(uses.text).startswith(folder + "/"))
    if folder:
        return False
    return has(uses.action, "runs-tree") or (uses.action == "actions/github-script" and _names_files(step))


def _names_files(step: Step) -> bool:
    """Whether a script of `actions/github-script` loads files of the workspace as code."""
    script = step.input_named("script")
    text = str(script.text) if script is not None and script.text is not None else ""
    return (
        re.search(
            r"(?:\brequire|\bimport)\(\s*(?:[`'\"]\.{1,2}/|[`'\"]\$\{(?:process\.env\.GITHUB_WORKSPACE|__dirname))",
            text,
        )
        is not None
    )
