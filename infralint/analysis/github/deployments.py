"""Deployments: what deploys, where to, post-deploy checks and rollbacks."""

from __future__ import annotations

from infralint.analysis.github.needs import needed_job
from infralint.analysis.github.scripts import command_words, find_command
from infralint.model.element import Element, fact_of, remembered
from infralint.model.github.job import Job
from infralint.model.github.step import Step
from infralint.tables import deploy_names, deploys
from infralint.tables.actions import words_of
from infralint.text.source import Text


@fact_of(Job)
def has_post_deploy_check(job: Job) -> bool:
    """Whether the deploying command, a later step, or a job that waits for it checks how the deployment went."""
    if job_target(job) in deploys.WAITS_UNTIL_HEALTHY:
        return True
    first = next((step.position for step in job.steps if deploying_part(step) is not None), 0)
    if any(_is_post_deploy_check(step) for step in job.steps if step.position >= first):
        return True
    after = [other for other in job.workflow.jobs if any(needed_job(need) is job for need in other.needs)]
    return any(
        other.uses is not None
        or deploys.names_a_check(f"{other.id} {other.name}")
        or any(map(_is_post_deploy_check, other.steps))
        for other in after
    )


def _is_post_deploy_check(step: Step) -> bool:
    if deploys.names_a_check(f"{step.id} {step.name} {step.uses.action if step.uses is not None else ''}"):
        return True
    waiting = [
        each for each in step.inputs if str(each.name).startswith("wait-for") and str(each.text).lower() != "false"
    ]
    if waiting or step.run is None:
        return bool(waiting)
    return deploys.names_a_check(str(step.run.text)) or any(
        deploys.is_check_command(words) for _, words in command_words(step.run)
    )


@fact_of(Job, name="deploys")
def deployment_of(job: Job) -> Element | Text | None:
    """The action or command that deploys; None if none does, or only for a trial: to a cluster of the job's own, a preview."""
    if _is_trial(job):
        return None
    return next((found for step in job.steps if (found := deploying_part(step)) is not None), None)


@fact_of(Job, name="deploys_to")
def job_target(job: Job) -> str | None:
    """What it deploys to, in words: "Kubernetes", "Amazon ECS"."""
    if _is_trial(job):
        return None
    return next((_target(step) for step in job.steps if deploying_part(step) is not None), None)


@remembered
def _is_trial(job: Job) -> bool:
    """Whether what a job deploys lives as long as the job, or its name says that it is a test."""
    if deploys.names_a_trial(str(job.id)):
        return True
    scripts = ((step.uses.action if step.uses is not None else "", step.run) for step in job.steps)
    if any(
        deploy_names.takes_down(words)
        for step in job.steps
        if step.run is not None and _names_deployer(step)
        for _, words in command_words(step.run)
    ):
        return True
    return any(deploys.makes_cluster(action, str(run.text) if run is not None else "") for action, run in scripts)


@remembered
def likely_deployment(job: Job) -> tuple[Element | Text, str] | None:
    """What seems to deploy where nothing certainly does, and where to: a deploy hook, a script or workflow of that name."""
    if _is_trial(job):
        return None
    is_release = _makes_release(job)
    for step in job.steps:
        for command, words in command_words(step.run) if step.run is not None else ():
            target = deploy_names.target_of_address(words)
            if target is not None or (not is_release and deploy_names.is_scripted(words)):
                return Element(step.source, command.start, command.end), target or "a target that its script knows"
            written = deploy_names.target_of_text(step.source.text[command.start : command.end], words, str(job.id))
            if written is not None:
                return Element(step.source, command.start, command.end), written
            if (
                words[:2] == ["git", "push"]
                and "deploy" in str(job.id).lower()
                and deploy_names.names_a_deployment(str(job.id))
            ):
                return Element(step.source, command.start, command.end), "a Git repository"
    dispatching = _dispatching_part(job)
    if dispatching is not None:
        return dispatching, "what another repository deploys"
    if job.uses is not None and not job.uses.is_local:
        file = job.uses.text.partition("@")[0].rpartition("/")[2].rpartition(".")[0]
        if deploy_names.names_a_deployment(file.replace("_", "-")):
            return job.uses, "a target that the called workflow knows"
    return None


def _makes_release(job: Job) -> bool:
    """Whether a job makes a release of the forge: a script beside it that is called deploy spreads packages."""
    commands = (words for step in job.steps if step.run is not None for _, words in command_words(step.run))
    return any(words[:3] == ["gh", "release", "create"] or words[:2] == ["goreleaser", "release"] for words in commands)


def _dispatching_part(job: Job) -> Element | Text | None:
    """The step that asks another workflow to deploy, in a job that says so by its name."""
    if not deploy_names.names_a_dispatch(str(job.id), str(job.name) if isinstance(job.name, Text) else ""):
        return None
    for step in job.steps:
        if step.uses is not None and deploy_names.dispatches(step.uses.action):
            return step.uses
        if step.run is not None and deploy_names.dispatches(str(step.run.text)):
            return step.run.text if isinstance(step.run.text, Text) else step.key("run")
    return None


def rollback_of_job(job: Job) -> Element | Text | None:
    """The command that brings an earlier version back."""
    return next((found for step in job.steps if (found := _rollback(step)) is not None), None)


@remembered
def deploying_part(step: Step) -> Element | Text | None:
    """The action or command that deploys."""
    if step.uses is not None and deploys.target_of_action(step.uses.action):
        return None if _writes_to_trunk(step) else step.uses
    if step.uses is not None and deploys.target_of_command(_command_of_action(step)) is not None:
        return step.uses
    if not _names_deployer(step):
        return None
    return find_command(step, lambda words: deploys.target_of_command(words) is not None)


def _command_of_action(step: Step) -> list[str]:
    """The words of the command that an action makes of an input; none where it makes none, or they are not known."""
    known = words_of(step.uses.action, "program") if step.uses is not None else ()
    given = step.input(known[1]) if known else None
    return [known[0], *given.split()] if isinstance(given, Text) else []


def _writes_to_trunk(step: Step) -> bool:
    """Whether an action that pushes a branch of pages is told to push the branch of the sources: it only commits files."""
    branch = step.input("branch")
    return step.uses is not None and "github-pages" in step.uses.action.lower() and str(branch) in ("main", "master")


def _target(step: Step) -> str | None:
    """What it deploys to, in words."""
    if step.uses is not None:
        given = step.input("command") if step.uses.action == "cloudflare/wrangler-action" else None
        if isinstance(given, Text) and deploys.is_site_command(str(given)):
            return "Cloudflare Pages"
        return deploys.target_of_action(step.uses.action) or deploys.target_of_command(_command_of_action(step))
    for _, words in command_words(step.run) if step.run is not None and _names_deployer(step) else ():
        target = deploys.target_of_command(words)
        if target is not None:
            return target
    return None


def _rollback(step: Step) -> Element | Text | None:
    """The command that brings an earlier version back."""
    return find_command(step, deploys.is_rollback) if _names_deployer(step) else None


def _names_deployer(step: Step) -> bool:
    return step.run is not None and deploys.may_deploy(step.run.text)
