"""Untrusted files in a job: checked out pull request heads and downloaded artifacts."""

from __future__ import annotations

import re
from typing import NamedTuple

from infralint.analysis.github.checkouts import folder_of, is_checkout
from infralint.analysis.github.local_calls import action_document, local_file
from infralint.analysis.github.needs import needed_job
from infralint.analysis.github.outsiders import untrusted_head_event
from infralint.analysis.github.scripts import command_words
from infralint.analysis.github.taint_path import MAX_DEPTH, TaintLookup, TaintPath
from infralint.model.element import Element
from infralint.model.github.job import Job
from infralint.model.github.step import Step
from infralint.tables import taint_sources

TEMPORARY = "/tmp"  # noqa: S108 - where scripts unpack, not where we write


class Arrival(NamedTuple):
    """A step by which untrusted files come into a job: what they are and the folder they lie in ("" for all).

    `at` is the command of its script that fetches them, where it has one.
    """

    step: Step
    what: str
    folder: str
    at: Element | None = None


def untrusted_checkout(taint: TaintLookup, step: Step) -> TaintPath | None:
    """What names the head of an untrusted pull request in a checkout; None if nothing is known to."""
    if is_checkout(step):
        for name in ("ref", "repository"):
            held = step.input_named(name)
            if held is None or held.text is None:
                continue
            if taint_sources.head_pattern().search(held.text) and "github.repository " not in held.text:
                return TaintPath(str(held.text), held, "head", True)
            if name == "ref":
                found = taint.of_text(held.route, "head", MAX_DEPTH)
                if found is not None:
                    return found
        return None
    for command, words in command_words(step.run) if step.run is not None else ():
        if words[:3] == ["gh", "pr", "checkout"]:
            return TaintPath("gh pr checkout", Element(step.source, command.start, command.end), "head", True)
        if words[:1] != ["git"] or words[1:2] not in (
            ["fetch"],
            ["checkout"],
            ["pull"],
            ["switch"],
            ["reset"],
            ["merge"],
        ):
            continue
        if words[1] == "fetch" and not re.search(
            r"\bgit\s+(?:checkout|switch|merge|reset|rebase|worktree)\b", step.run.text if step.run else ""
        ):
            continue  # fetched only, nothing of it lies in the folder
        if _names_head(taint, step, command.start, command.end):
            return TaintPath("git", Element(step.source, command.start, command.end), "head", True)
    return None


def _names_head(taint: TaintLookup, step: Step, start: int, end: int) -> bool:
    text = step.source.text[start:end]
    if taint_sources.head_pattern().search(text) or re.search(r"\bpull/", text):
        return True
    return any(taint.variable(step, name, "head", 12) is not None for name in re.findall(r"\$\{?(\w+)", text)[:10])


def artifact_folder(taint: TaintLookup, step: Step) -> str | None:
    """The folder into which a step fetches an artifact that an untrusted run may have made; None if it fetches none."""
    uses, run = step.uses, step.run
    if uses is not None and uses.action in taint_sources.ARTIFACT_ACTIONS:
        if (
            uses.action == "actions/download-artifact"
            and not step.has_input("run-id")
            and not _made_untrusted(taint, step)
        ):
            return None
        return folder_of(step, "path")
    if uses is not None and uses.action == "actions/github-script":
        script = step.input_named("script")
        if script is not None and script.text is not None and re.search(r"\bdownloadArtifact\b", script.text):
            return TEMPORARY if re.search(r"writeFileSync\(\s*[`'\"]/tmp", script.text) else ""
    path = local_file(uses) if uses is not None else None
    if path is not None:
        other = action_document(step.file.index, path)
        if other is not None and other.source.path != step.source.path:
            for inner in other.steps:
                if inner.uses is None or local_file(inner.uses) is None:
                    found = artifact_folder(taint, inner)
                    if found is not None:
                        return found
    if run is not None:
        match = re.search(r"\bgh\s+run\s+download\b(.*)", run.text)
        if match:
            folder = re.search(r"(?:--dir|-D)[ =]+[\"']?([\w./$\{\}-]+)", match[1])
            unzipped = re.search(r"\bunzip\b(?!.*\s-d\s)", run.text)
            return "" if unzipped or folder is None else folder[1]
        if re.search(r"artifacts_url|/actions/artifacts|archive_download_url", run.text) and "unzip" in run.text:
            return ""
    return None


def _made_untrusted(taint: TaintLookup, step: Step) -> bool:
    """Whether a job before this one uploaded what it made of an untrusted checkout."""
    job = step.job
    if job is None:
        return False
    name = step.input("name")
    for need in job.needs:
        other = needed_job(need)
        if other is None or other is job:
            continue
        seen = False
        for each in other.steps:
            seen = seen or untrusted_checkout(taint, each) is not None
            if (
                seen
                and each.uses is not None
                and each.uses.action == "actions/upload-artifact"
                and (name is None or each.input("name") in (name, None))
            ):
                return True
    return False


def is_outside(folder: str) -> bool:
    """Whether a folder lies outside of the workspace, where no build looks for its files."""
    return folder.startswith(("/", "~", "$RUNNER_TEMP", "${RUNNER_TEMP", "$HOME", "${{ runner.temp"))


def _arrivals(taint: TaintLookup, job: Job | None) -> list[Arrival]:
    """The steps by which untrusted files come into a job, or into a composite action."""
    steps = job.steps if job is not None else taint.file.steps
    found = []
    for step in steps:
        if untrusted_checkout(taint, step) is not None:
            found.append(Arrival(step, "checkout", folder_of(step, "path") if is_checkout(step) else ""))
            continue
        folder = artifact_folder(taint, step)
        if folder is not None:
            found.append(Arrival(step, "artifact", folder))
    return found


def files_before(taint: TaintLookup, step: Step) -> TaintPath | None:
    """The untrusted files that a step may read; None where no event that untrusted users cause starts its job."""
    job = step.job
    if job is not None and untrusted_head_event(step) is None:
        return None
    for each in _arrivals(taint, job):
        if each.step.position < step.position or (each.what == "artifact" and each.step is step):
            what = "artifact of another run" if each.what == "artifact" else "files of a checked out pull request head"
            return TaintPath(what, each.step.uses or each.step, "text")
    return None
