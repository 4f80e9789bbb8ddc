"""Untrusted files in a job: checked out pull request heads and downloaded artifacts."""

from __future__ import annotations

from infralint.analysis.github.checkouts import folder_of
from infralint.analysis.github.local_calls import action_document, local_file
from infralint.analysis.github.needs import needed_job
from infralint.analysis.github.outsiders import untrusted_head_event
from infralint.analysis.github.taint_path import TaintLookup, TaintPath
from infralint.analysis.github.untrusted_fetches import untrusted_fetch
from infralint.model.element import Element
from infralint.model.github.step import Step
from infralint.tables.actions import has
from infralint.text import regex as re
from infralint.text.record import NamedTuple

TEMPORARY = "/tmp"  # noqa: S108 - where scripts unpack, not where we write


class Arrival(NamedTuple):
    """A step by which untrusted files come into a job: what they are and the folder they lie in ("" for all).

    `at` is the command of its script that fetches them, where it has one.
    """

    step: Step
    what: str
    folder: str
    at: Element | None = None
    runs: bool = False
    """Whether the command that fetches them runs them, too."""


def artifact_folder(taint: TaintLookup, step: Step) -> str | None:
    """The folder into which a step fetches an artifact that an untrusted run may have made; None if it fetches none."""
    uses, run = step.uses, step.run
    if uses is not None and has(uses.action, "artifact"):
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
            unzipped = re.search(r"\bunzip\b(?!.{0,300}\s-d\s)", run.text)
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
            seen = seen or untrusted_fetch(taint, each) is not None
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


def _arrival(taint: TaintLookup, step: Step) -> Arrival | None:
    """What untrusted files a step brings into its job, or into its composite action; None if it brings none."""
    fetch = untrusted_fetch(taint, step)
    if fetch is not None:
        return Arrival(step, "checkout", fetch.folder)
    folder = artifact_folder(taint, step)
    return Arrival(step, "artifact", folder) if folder is not None else None


def files_before(taint: TaintLookup, step: Step) -> TaintPath | None:
    """The untrusted files that a step may read; None where no event that untrusted users cause starts its job."""
    job = step.job
    if job is not None and untrusted_head_event(step) is None:
        return None
    for other in job.steps if job is not None else taint.file.steps:
        if other.position > step.position or (other is not step and other.position == step.position):
            continue
        if other is step:
            found = Arrival(step, "artifact", "") if artifact_folder(taint, step) is not None else None
        else:
            found = _arrival(taint, other)
        if found is not None:
            what = "artifact of another run" if found.what == "artifact" else "files of a checked out pull request head"
            return TaintPath(what, other.uses or other, "text")
    return None
