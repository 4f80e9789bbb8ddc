"""Strangers' files in a job: checked out heads, downloaded artifacts, and the steps that run what lies in them."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from infralint.model.element import Element
from infralint.model.github import guards as trust
from infralint.tables import taint_sources as tables

if TYPE_CHECKING:
    from infralint.model.github.job import Job
    from infralint.model.github.step import Step
    from infralint.model.github.taint import Flow, Flows

TEMPORARY = "/tmp"  # noqa: S108 - where scripts unpack, not where we write


class Arrival(NamedTuple):
    """A step by which files of strangers come into a job: what they are and the folder they lie in ("" for all)."""

    step: Step
    what: str
    folder: str
    flow: Flow | None


def untrusted_checkout(step: Step) -> Flow | None:
    """What names the head of a stranger's pull request in a checkout; None if nothing is known to."""
    from infralint.model.github.taint import MAX_DEPTH, Flow

    flows: Flows = step.file.flows
    if step.checkout is not None:
        for name in ("ref", "repository"):
            held = step.input_named(name)
            if held is None or held.text is None:
                continue
            if tables.head_pattern().search(held.text) and "github.repository " not in held.text:
                return Flow(str(held.text), held, "head", True)
            if name == "ref":
                found = flows.of_text(held.route, "head", MAX_DEPTH)
                if found is not None:
                    return found
        return None
    for command, words in step.run.command_words() if step.run is not None else ():
        if words[:3] == ["gh", "pr", "checkout"]:
            return Flow("gh pr checkout", Element(step.source, command.start, command.end), "head", True)
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
        if _names_head(step, command.start, command.end):
            return Flow("git", Element(step.source, command.start, command.end), "head", True)
    return None


def _names_head(step: Step, start: int, end: int) -> bool:
    text = step.source.text[start:end]
    if tables.head_pattern().search(text) or re.search(r"\bpull/", text):
        return True
    flows = step.file.flows
    return any(flows.variable(step, name, "head", 12) is not None for name in re.findall(r"\$\{?(\w+)", text)[:10])


def artifact_folder(step: Step) -> str | None:
    """The folder into which a step fetches an artifact that strangers may have made; None if it fetches none."""
    uses, run = step.uses, step.run
    if uses is not None and uses.action in tables.ARTIFACT_ACTIONS:
        if uses.action == "actions/download-artifact" and not step.has_input("run-id") and not _made_untrusted(step):
            return None
        return _folder(step, "path")
    if uses is not None and uses.action == "actions/github-script":
        script = step.input_named("script")
        if script is not None and script.text is not None and re.search(r"\bdownloadArtifact\b", script.text):
            return TEMPORARY if re.search(r"writeFileSync\(\s*[`'\"]/tmp", script.text) else ""
    if uses is not None and uses.local_file is not None:
        other = trust.action_document(step.file.index, uses.local_file)
        if other is not None and other.source.path != step.source.path:
            for inner in other.steps:
                if inner.uses is None or inner.uses.local_file is None:
                    found = artifact_folder(inner)
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


def _made_untrusted(step: Step) -> bool:
    """Whether a job before this one uploaded what it made of a stranger's checkout."""
    job = step.job
    if job is None:
        return False
    name = step.input("name")
    for need in job.needs:
        other = need.job
        if other is None or other is job:
            continue
        seen = False
        for each in other.steps:
            seen = seen or untrusted_checkout(each) is not None
            if (
                seen
                and each.uses is not None
                and each.uses.action == "actions/upload-artifact"
                and (name is None or each.input("name") in (name, None))
            ):
                return True
    return False


def _folder(step: Step, name: str) -> str:
    held = step.input_named(name)
    text = str(held.text).strip() if held is not None and held.text is not None else ""
    text = re.sub(r"\$\{\{\s*github\.workspace\s*\}\}/?", "", text)
    return "" if text in ("", ".", "./") else text


def is_outside(folder: str) -> bool:
    """Whether a folder lies outside of the workspace, where no build looks for its files."""
    return folder.startswith(("/", "~", "$RUNNER_TEMP", "${RUNNER_TEMP", "$HOME", "${{ runner.temp"))


def arrivals(flows: Flows, job: Job | None) -> list[Arrival]:
    """The steps by which strangers' files come into a job, or into a composite action."""
    steps = job.steps if job is not None else flows.file.steps
    found = []
    for step in steps:
        flow = untrusted_checkout(step)
        if flow is not None:
            found.append(Arrival(step, "checkout", _folder(step, "path") if step.checkout is not None else "", flow))
            continue
        folder = artifact_folder(step)
        if folder is not None:
            found.append(Arrival(step, "artifact", folder, None))
    return found


def files_before(flows: Flows, step: Step, depth: int) -> Flow | None:
    """The strangers' files that a step may read; None where no event of strangers starts its job."""
    from infralint.model.github.taint import Flow

    job = step.job
    if job is not None and not (trust.job_events(job) & tables.HEAD_EVENTS):
        return None
    for each in arrivals(flows, job):
        if each.step.position < step.position or (each.what == "artifact" and each.step is step):
            what = "an artifact of another run" if each.what == "artifact" else "the files of a checked out head"
            return Flow(what, each.step.uses or each.step, "text")
    return None


def runs_files_of(arrival: Arrival, step: Step) -> bool:
    """Whether a step behind an arrival runs what lies in its folder."""
    folder = arrival.folder.removeprefix("./").rstrip("/*")
    if is_outside(folder):
        return False
    uses, run = step.uses, step.run
    if uses is not None:
        if uses.is_local:
            return not folder or posixpath.normpath(uses.text).startswith(folder + "/")
        if uses.action in tables.RUNNING_ACTIONS:
            return not folder
        if uses.action == "actions/github-script":
            script = step.input_named("script")
            return (
                script is not None
                and script.text is not None
                and bool(re.search(r"require\(\s*[`'\"]\./", script.text))
                and not folder
            )
        return False
    if run is None:
        return False
    where = text_of_folder(step)
    text = str(run.text)
    inside = bool(folder) and (
        where.startswith(folder) or re.search(rf"\bcd\s+[\"']?(?:\./)?{re.escape(folder)}", text) is not None
    )
    for match in tables.running().finditer(text):
        named = match["own"] or match["file"]
        if not folder or inside:
            if named is not None and named.startswith(("/usr", TEMPORARY, "/opt")):
                continue
            return True
        if folder in match[0] or (named is not None and named.removeprefix("./").startswith(folder)):
            return True
    return False


def text_of_folder(step: Step) -> str:
    """The folder that a script runs in."""
    node = step.get("working-directory")
    return str(getattr(node, "content", "") or "").removeprefix("./")


def first_run_of(arrival: Arrival) -> Step | None:
    """The first step behind an arrival that runs what lies in its folder."""
    job = arrival.step.job
    file: Any = arrival.step.file
    steps = job.steps if job is not None else file.steps
    after = [each for each in steps if each.position > arrival.step.position][:60]
    own = arrival.step.run
    if own is not None and arrival.what == "checkout":
        after = [arrival.step, *after]
    return next((each for each in after if runs_files_of(arrival, each)), None)


def uploads_hidden(step: Step, checkout: Step) -> bool:
    """Whether a step uploads the folder of a checkout with its hidden files, `.git` among them."""
    uses = step.uses
    if uses is None or uses.action != "actions/upload-artifact" or uses.ref is None:
        return False
    given = step.input("include-hidden-files")
    if not (isinstance(given, str) and given.lower() == "true"):
        version = uses.version_comment if uses.ref.is_commit else uses.ref.name
        match = re.match(r"v?4\.([0-3])(?:\.\d+)?$", str(version)) if version is not None else None
        if match is None:
            return False
    folder = _folder(checkout, "path").removeprefix("./").rstrip("/")
    held = step.input_named("path")
    for line in str(held.text).splitlines() if held is not None and held.text is not None else ():
        path = re.sub(r"\$\{\{\s*github\.workspace\s*\}\}/?", "", line.strip()).removeprefix("./").rstrip("/")
        path = path.removesuffix("/**").removesuffix("/*").rstrip("/")
        if path in ("", ".", "*", "**") and not line.strip().startswith(("/", "~")):
            return True
        if folder and path in (folder, folder + "/.git"):
            return True
    return False
