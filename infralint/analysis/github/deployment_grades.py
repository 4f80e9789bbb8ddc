"""What is known of a workflow's deployment: its environment, what starts it, and what runs before it."""

from __future__ import annotations

import posixpath

from infralint.analysis.github.deployments import deployment_of, job_target
from infralint.analysis.github.local_calls import calling_jobs
from infralint.analysis.github.needs import needed_job
from infralint.analysis.github.scripts import command_words
from infralint.analysis.github.triggers import is_reusable_only, job_events
from infralint.model.element import Element, remembered
from infralint.model.github.job import Job
from infralint.model.github.step import Step
from infralint.model.github.value import get
from infralint.model.project.summary import GradeSummary, Mark, MentionSummary, mark
from infralint.model.shared.command import Command
from infralint.syntax.yaml import Scalar
from infralint.tables import deploy_names, deploys
from infralint.tables.deploy_names import STAGING, UNKNOWN_STAGE
from infralint.tables.deploy_targets import SITES
from infralint.text.source import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

_APPROVALS = ("trstringer/manual-approval", "cloudposse/github-action-wait-for-approval")
_EVENTS = {
    "workflow_dispatch": "manual", "schedule": "schedule", "pull_request": "pull request", "pull_request_target": "pull request",
    "merge_group": "pull request", "workflow_call": "call", "release": "tag",
}  # fmt: skip
MAX_JOBS = 200


def grade_of(job: Job) -> GradeSummary:
    """What is known of a job that deploys."""
    holders = _holders(job)
    triggers = tuple(sorted({trigger for one in holders for trigger in _triggers(one)}))
    stage = stage_of(job, holders)
    migrations = _migrations(job)
    return GradeSummary(
        str(job.id),
        _form(job),
        stage,
        triggers,
        _is_approved(job, holders, triggers),
        _after_tests(job, holders, triggers),
        _after_staging(job, holders, triggers),
        _is_serialised(holders),
        _cancelled_at(holders),
        bool(migrations),
        _late_migration(job, migrations),
        _moving_image(job),
    )


def _holders(job: Job) -> list[Job]:
    """The jobs whose workflows start a job: itself, or those that call its workflow where nothing else starts that."""
    callers = calling_jobs(job.workflow.file) if is_reusable_only(job.workflow) else []
    return callers or [job]


def _triggers(job: Job) -> list[str]:
    """What starts a job: "branch", "tag", "manual", ..."""
    found = []
    for event in sorted(job_events(job)):
        if event != "push":
            found.append(_EVENTS.get(event, event))
            continue
        trigger = job.workflow.trigger("push")
        if trigger is None or trigger.branches or trigger.ignored_branches or not trigger.tags:
            found.append("branch")
        if trigger is not None and trigger.tags:
            found.append("tag")
    return found


@remembered
def _deploying_words(job: Job) -> list[list[str]]:
    """The words of the job's commands that deploy."""
    return [
        words
        for step in job.steps
        if step.run is not None
        for _, words in command_words(step.run)
        if deploys.target_of_command(words) is not None
    ]


def stage_of(job: Job, holders: list[Job]) -> str:
    """The environment that a job deploys to, by what names it most exactly."""
    named = [str(one.environment) for one in [job, *holders] if isinstance(one.environment, Text)]
    by_words = [
        stage for words in _deploying_words(job) if (stage := deploy_names.stage_of_words(words)) != UNKNOWN_STAGE
    ]
    stage = deploy_names.stage_named(*named)
    if stage == UNKNOWN_STAGE and by_words:
        stage = by_words[0]
    if stage == UNKNOWN_STAGE and not named:
        stage = _stage_of_steps(job)
    if stage == UNKNOWN_STAGE and not named:
        titles = [str(one) for each in [job, *holders] for one in (each.id, each.name) if isinstance(one, Text)]
        path = posixpath.basename(job.source.path).rpartition(".")[0]
        titles += [str(job.workflow.name) if isinstance(job.workflow.name, Text) else "", path]
        stage = deploy_names.stage_named(*titles)
    if stage == UNKNOWN_STAGE and job_target(job) in ("Netlify", "Vercel") and _deploying_words(job):
        return deploy_names.PREVIEW  # both put up a preview unless `--prod` is given
    return stage


def _stage_of_steps(job: Job) -> str:
    """The environment that the names of the deploying steps say, where all of them say the same."""
    found = set()
    for step in job.steps:
        words = [each for _, each in command_words(step.run)] if step.run is not None else []
        if any(deploys.target_of_command(each) is not None for each in words):
            found.add(deploy_names.stage_named(str(step.name)) if isinstance(step.name, Text) else UNKNOWN_STAGE)
    return found.pop() if len(found) == 1 else UNKNOWN_STAGE


def _form(job: Job) -> Literal["service", "site", "infrastructure"]:
    target = job_target(job)
    if target in SITES or (target is None and job.uses is not None and deploy_names.names_a_site(job.uses.text)):
        return "site"
    title = job.workflow.name
    names = [str(job.id), str(title) if isinstance(title, Text) else "", posixpath.basename(job.source.path)]
    is_copy = target in ("a server over SSH", "a server over FTP") and job.environment is None
    if is_copy and not any(deploy_names.names_a_deployment(name.replace("_", "-")) for name in names):
        return "site"  # files that are copied to a server, as far as anyone says
    if target in ("Vercel", "Firebase", "a server over SSH", "a server over FTP", "Amazon S3"):
        words = [word for each in _deploying_words(job) for word in each]
        if deploy_names.names_a_site(*names, *words):
            return "site"
    return "infrastructure" if target in deploys.INFRASTRUCTURE else "service"


def _is_approved(job: Job, holders: list[Job], triggers: tuple[str, ...]) -> bool | None:
    """Whether a person lets it run: unknown where an environment, whose reviewers are a setting, is named."""
    if triggers and set(triggers) <= {"manual"}:
        return True
    earlier = [one for each in [job, *holders] for one in earlier_jobs(each)]
    everywhere = [job, *holders, *earlier]
    if any(
        step.uses is not None and step.uses.action.lower() in _APPROVALS for one in everywhere for step in one.steps
    ):
        return True
    if any(one.environment is not None or one.uses is not None for one in everywhere):
        return None
    return False if "branch" in triggers or "schedule" in triggers else None


@remembered
def earlier_jobs(job: Job) -> list[Job]:
    """The jobs that have ended when it begins, by `needs`."""
    found: dict[int, Job] = {}
    waiting = [job]
    while waiting and len(found) < MAX_JOBS:
        for need in waiting.pop().needs:
            other = needed_job(need)
            if other is not None and id(other) not in found and other is not job:
                found[id(other)] = other
                waiting.append(other)
    return list(found.values())


def _tests(job: Job) -> bool | None:
    """Whether a job runs tests; unknown where another workflow does its work."""
    if deploy_names.names_tests(str(job.id), str(job.name) if isinstance(job.name, Text) else ""):
        return True
    if job.uses is not None:
        return True if deploy_names.names_tests(job.uses.text.replace("_", "-")) else None
    return any(_step_tests(step) for step in job.steps)


def surely_tests(job: Job) -> bool:
    """Whether a job runs tests by its commands or its name; a lint or a check alone is none."""
    named = deploy_names.names_a_test_run(str(job.id), str(job.name) if isinstance(job.name, Text) else "")
    commands = (words for step in job.steps if step.run is not None for _, words in command_words(step.run))
    return named or any(map(deploy_names.surely_runs_tests, commands))


def _step_tests(step: Step) -> bool:
    if step.run is None:
        return False
    return any(deploy_names.runs_tests(words) for _, words in command_words(step.run))


def _after_tests(job: Job, holders: list[Job], triggers: tuple[str, ...]) -> bool | None:
    """Whether tests of the same run have passed before: unknown where a person, a tag or another run starts it."""
    if not set(triggers) & {"branch", "schedule"}:
        return None
    answers = [_tests(one) for each in {id(one): one for one in [job, *holders]}.values() for one in earlier_jobs(each)]
    first = next((step.position for step in job.steps if deploys_in(step)), 0)
    answers.append(any(_step_tests(step) for step in job.steps if step.position <= first))
    answers += [None for one in holders if one is not job and "call" in _triggers(one)]
    if any(answers):
        return True
    return None if None in answers else False


def deploys_in(step: Step) -> bool:
    """Whether a step deploys."""
    if step.uses is not None and deploys.target_of_action(step.uses.action):
        return True
    return step.run is not None and any(
        deploys.target_of_command(words) is not None for _, words in command_words(step.run)
    )


def _after_staging(job: Job, holders: list[Job], triggers: tuple[str, ...]) -> bool | None:
    """Whether a deployment to staging of the same run stands before it; unknown where the run does not tell."""
    if not set(triggers) & {"branch", "schedule"}:
        return None
    earlier = [one for each in [job, *holders] for one in earlier_jobs(each)]
    for one in earlier:
        if stage_of(one, [one]) == STAGING and (deployment_of(one) is not None or one.uses is not None):
            return True
    return None if any(one.uses is not None or one.environment is not None for one in earlier) else False


def _is_serialised(holders: list[Job]) -> bool | None:
    """Whether two runs of it never go on at the same time; unknown where a workflow elsewhere calls it."""
    if all(one.concurrency is not None or one.workflow.concurrency is not None for one in holders):
        return True
    return None if any("call" in _triggers(one) for one in holders) else False


def _cancelled_at(holders: list[Job]) -> Mark | None:
    """The `cancel-in-progress: true` that ends it when a newer run of its group begins."""
    for one in holders:
        for node in (one.get("concurrency"), get(one.workflow.node, "concurrency")):
            flag, group = get(node, "cancel-in-progress"), get(node, "group")
            is_unique = any(
                word in str(getattr(group, "raw", "")) for word in ("github.run_id", "github.sha", "run_number")
            )
            if isinstance(flag, Scalar) and flag.value is True and not is_unique:
                return mark(flag)
    return None


@remembered
def _commands(job: Job) -> list[tuple[Step, Command, list[str]]]:
    return [
        (step, command, words)
        for step in job.steps
        if step.run is not None
        for command, words in command_words(step.run)
    ]


def _migrations(job: Job) -> list[tuple[Step, Command]]:
    everywhere = [job, *(one for one in earlier_jobs(job) if not surely_tests(one) and _may_reach_a_database(one))]
    return [
        (step, command) for one in everywhere for step, command, words in _commands(one) if deploy_names.migrates(words)
    ]


def _may_reach_a_database(job: Job) -> bool:
    """Whether a job has what a database outside of the run asks for: an environment, a secret, a cloud role; or says that it migrates."""
    named = " ".join(str(one) for one in (job.id, job.name) if one is not None).lower()
    node = job.node
    text = job.source.text[node.start : node.end] if node is not None else ""
    is_given = "secrets." in text or "secrets:" in text or "id-token" in text or job.environment is not None
    return is_given or "migrat" in named or deploy_names.names_a_deployment(str(job.id))


def _late_migration(job: Job, migrations: list[tuple[Step, Command]]) -> Mark | None:
    """The first migration of the job itself, where it begins behind the part that deploys."""
    own = [Element(step.source, command.start, command.end) for step, command in migrations if step.job is job]
    deploying = deployment_of(job)
    if not own or deploying is None or own[0].start < deploying.end:
        return None
    return mark(own[0])


def _moving_image(job: Job) -> MentionSummary | None:
    for step, command, words in _commands(job):
        name = deploy_names.moving_image(words) if deploys.target_of_command(words) is not None else None
        if name is None:
            continue
        at = step.source.text.find(name, command.start, command.end)
        if at >= 0:
            return MentionSummary(name, Mark(step.source.path, at, at + len(name)))
    return None
