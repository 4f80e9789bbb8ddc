"""What the cross-file rules need of a pipeline, as plain values that cross process borders."""

from __future__ import annotations

import posixpath

from infralint.analysis.pipelines.deployments import deploying_command
from infralint.analysis.pipelines.order import earlier_jobs
from infralint.analysis.pipelines.scripts import words_of_job
from infralint.analysis.pipelines.secrets import secrets_of_pipeline
from infralint.model.element import UNKNOWN, Truth, Unknown
from infralint.model.pipelines.circleci import CircleDocument
from infralint.model.pipelines.document import PipelineDocument
from infralint.model.pipelines.gitlab import GitlabDocument
from infralint.model.pipelines.gitlab_rules import runs_on_push
from infralint.model.pipelines.job import Job
from infralint.model.project.summary import DeploymentSummary, GradeSummary, Mark, MentionSummary, WorkflowSummary, mark
from infralint.model.shared.command import Command, plain_words
from infralint.model.shared.value import get, mappings, text_of
from infralint.syntax.yaml import Mapping
from infralint.tables import deploy_names, deploys
from infralint.tables.deploy_names import PREVIEW, STAGING, UNKNOWN_STAGE
from infralint.tables.deploy_targets import SITES
from infralint.text import regex as re
from infralint.text.source import Located, Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

_SAMPLE = re.compile(r"(?:^|[/_.-])(?:examples?|samples?|quickstart|demos?|templates?|tutorials?|scanner)(?:[/_.-]|$)")
_AT_ROOT = frozenset(("GitLab CI", "CircleCI", "Bitbucket Pipelines", "Travis CI", "Drone", "Buildkite"))
_ROOTS = frozenset(("", ".circleci", ".gitlab", ".gitlab/ci", ".gitlab-ci", ".buildkite"))
"""Systems that read their file at the repository's top, and the folders that this means."""
_TASKS = (
    ("helm", "Kubernetes"), ("kubernetes", "Kubernetes"), ("functionapp", "Azure Functions"), ("webapp", "Azure App Service"),
    ("rmwebapp", "Azure App Service"), ("containerapp", "Azure Container Apps"), ("terraform", "Terraform"), ("heroku", "Heroku"),
    ("staticwebapp", "Azure Static Web Apps"), ("resourcemanager", "Azure Resource Manager"), ("cloudformation", "AWS CloudFormation"),
    ("beanstalk", "AWS Elastic Beanstalk"), ("lambda", "AWS Lambda"), ("firebase", "Firebase"), ("gae", "App Engine"), ("iis", "a server"),
    ("ssh", "a server over SSH"), ("surge", "Netlify"), ("netlify", "Netlify"),
)  # fmt: skip
"""Parts of the names of tasks and providers that deploy, and where to."""


def pipeline_summary(document: PipelineDocument) -> WorkflowSummary:
    """The jobs that deploy, by a known command, step or name, and whether one of the file's goes back."""
    found = []
    folder = posixpath.dirname(document.source.path.lower())
    is_sample = _SAMPLE.search(folder) is not None or (document.system in _AT_ROOT and folder not in _ROOTS)
    for job in document.jobs:
        if job.is_template or _is_trial(job) or (isinstance(document, CircleDocument) and not _is_run(document, job)):
            continue
        part = _deploying_part(document, job)
        if part is None:
            continue
        at, target, is_certain = part
        grade = _grade(document, job, target)
        if grade.stage == PREVIEW or (grade.triggers and set(grade.triggers) <= {"pull request"}):
            continue
        environment = str(job.environment) if isinstance(job.environment, Text) else None
        certainty: Literal["certain", "likely"] = "certain" if is_certain and not is_sample else "likely"
        found.append(
            DeploymentSummary(mark(at), target, environment, _has_rollback(document), certainty=certainty, grade=grade)
        )
    secrets = secrets_of_pipeline(document) if found else ()
    tests = any(_surely_tests(job) for job in document.jobs if not job.is_template)
    return WorkflowSummary(document.source.path, tuple(found), secrets=secrets, runs_tests=tests)


def _deploying_part(document: PipelineDocument, job: Job) -> tuple[Located, str, bool] | None:
    """What deploys, where to, and whether that is certain."""
    command = deploying_command(job)
    if command is not None:
        return command, deploys.target_of_command(plain_words(command)) or "somewhere", True
    if job.parts.deploying is not None:
        name = str(job.parts.deploying).lower()
        target = next((target for part, target in _TASKS if part in name), str(job.parts.deploying).partition("@")[0])
        return job.parts.deploying, target, True
    if isinstance(document, GitlabDocument) and str(job.name) == "pages":
        return job.name, "GitLab Pages", True
    for text in _external_names(job):
        target = deploy_names.target_of_external(str(text)) or ""
        if target:
            return text, target, True
    for other, words in words_of_job(job):
        hook = deploy_names.target_of_address(words)
        if hook is not None:
            return other, hook, True
        written = deploy_names.target_of_text(other.raw, words, str(job.name))
        if written is not None:
            return other, written, False
        is_named = job.environment is not None or deploy_names.names_a_deployment(str(job.name))
        if is_named and deploy_names.is_scripted(words):
            return other, "a target that its script knows", False
        if is_named and words[:2] == ["git", "push"] and "deploy" in str(job.name).lower():
            return other, "a Git repository", False
    if isinstance(job.environment, Text) and job.scripts and deploy_names.names_a_deployment(str(job.name)):
        return job.name, "a target that its script knows", False
    if job.has("trigger") and deploy_names.names_a_deployment(str(job.name)):
        return job.name, "what another pipeline deploys", False
    return None


def _is_run(document: CircleDocument, job: Job) -> bool:
    """Whether a workflow runs the job; true where the file has no workflows."""
    return not document.uses or str(job.name) in document.uses


def _external_names(job: Job) -> list[Text]:
    """The names of orbs' steps and pipes that the job uses."""
    names = [code.name for code in job.parts.external]
    steps = job.node.get("steps") if job.node is not None else None
    names += [name for item in mappings(steps) for name, _ in item.items() if "/" in name]
    return names


def _is_trial(job: Job) -> bool:
    """Whether what the job deploys lives as long as the job: it makes the cluster, or takes everything away again."""
    if any(deploys.makes_cluster("", str(script.text)) for script in job.scripts):
        return True
    return any(deploy_names.takes_down(words) for _, words in words_of_job(job)) and deploying_command(job) is not None


def _grade(document: PipelineDocument, job: Job, target: str) -> GradeSummary:
    """What is known of a job that deploys."""
    triggers = _triggers(document, job)
    earlier = earlier_jobs(document, job)
    own = [(command, words) for command, words in words_of_job(job)]
    migrations = [command for command, words in own if deploy_names.migrates(words)]
    deploying = deploying_command(job)
    migrates = bool(migrations) or (
        not isinstance(earlier, Unknown)
        and any(
            deploy_names.migrates(words) for one in earlier if not _surely_tests(one) for _, words in words_of_job(one)
        )
    )
    late = next((one for one in migrations if deploying is not None and one.start > deploying.start), None)
    approved = job.parts.is_approved
    return GradeSummary(
        str(job.name),
        _form(job, target),
        _stage(job),
        triggers,
        True if approved is True else None if isinstance(approved, Unknown) or job.environment is not None else False,
        _after_tests(job, earlier, triggers),
        _after_staging(document, earlier, triggers),
        _is_serialised(document, job),
        None,
        migrates,
        mark(late) if late is not None and len(migrations) == 1 else None,
        _moving_image(own),
    )


def _stage(job: Job) -> str:
    """The environment that it deploys to, by what names it most exactly."""
    named = [str(job.environment)] if isinstance(job.environment, Text) else []
    stage = deploy_names.stage_named(*named)
    if stage == UNKNOWN_STAGE:
        by_words = (
            deploy_names.stage_of_words(words) for _, words in words_of_job(job) if deploys.target_of_command(words)
        )
        stage = next((one for one in by_words if one != UNKNOWN_STAGE), UNKNOWN_STAGE)
    return stage if stage != UNKNOWN_STAGE or named else deploy_names.stage_named(str(job.name))


def _form(job: Job, target: str) -> Literal["service", "site", "infrastructure"]:
    if target in SITES or target in ("a Git repository", "GitLab Pages"):
        return "site"
    words = [word for _, each in words_of_job(job) if deploys.target_of_command(each) for word in each]
    if target in ("Vercel", "Firebase", "a server over SSH", "Amazon S3") and (
        deploy_names.names_a_site(str(job.name)) or "--only=hosting" in words or "hosting" in words
    ):
        return "site"
    return "infrastructure" if target in deploys.INFRASTRUCTURE else "service"


def _triggers(document: PipelineDocument, job: Job) -> tuple[str, ...]:
    """What starts it, as far as the job says."""
    if job.parts.is_approved is True:
        return ("manual",)
    pushed = _runs_on_push(document, job) if job.parts.runs_on_change is True else UNKNOWN
    if job.parts.runs_on_change is True and (pushed is False or job.parts.is_limited is not True):
        return ("pull request", "branch") if pushed is True else ("pull request",)
    return ("branch",) if job.parts.runs_on_change is False or job.parts.is_limited is True else ()


def _runs_on_push(document: PipelineDocument, job: Job) -> Truth:
    """Whether pushes to a branch run it as well as merge requests; unknown in systems other than GitLab."""
    if not isinstance(document, GitlabDocument) or job.node is None:
        return UNKNOWN
    chain, is_open = document.chain(str(job.name), job.node)
    if is_open or document.is_open:
        return UNKNOWN
    rules, only = (
        next((found for each in chain if (found := each.get(key)) is not None), None) for key in ("rules", "only")
    )
    return runs_on_push(rules, only, get(document.root, "workflow", "rules"))


def _tests(job: Job) -> bool:
    return deploy_names.names_tests(str(job.name).replace("_", "-").replace(":", "-")) or any(
        deploy_names.runs_tests(words) for _, words in words_of_job(job)
    )


def _surely_tests(job: Job) -> bool:
    """Whether a job runs tests by its commands or its name; a lint or a check alone is none."""
    named = deploy_names.names_a_test_run(str(job.name).replace("_", "-").replace(":", "-"))
    return named or any(deploy_names.surely_runs_tests(words) for _, words in words_of_job(job))


def _after_tests(job: Job, earlier: list[Job] | Unknown, triggers: tuple[str, ...]) -> bool | None:
    """Whether tests of the same pipeline have passed before; unknown where its order is, or a person starts it."""
    if _tests(job) or (not isinstance(earlier, Unknown) and any(map(_tests, earlier))):
        return True
    if isinstance(earlier, Unknown) or any(not one.scripts for one in earlier):
        return None
    return False if "branch" in triggers else None


def _after_staging(document: PipelineDocument, earlier: list[Job] | Unknown, triggers: tuple[str, ...]) -> bool | None:
    """Whether a deployment to staging of the same pipeline stands before it."""
    if isinstance(earlier, Unknown):
        return None
    if any(_stage(one) == STAGING and _deploying_part(document, one) is not None for one in earlier):
        return True
    return False if "branch" in triggers or "manual" in triggers else None


def _is_serialised(document: PipelineDocument, job: Job) -> bool | None:
    """Whether two runs of it never go on at the same time; unknown where the system's settings decide."""
    if isinstance(document, GitlabDocument) and job.node is not None:
        chain, is_open = document.chain(str(job.name), job.node)
        if any(each.get("resource_group") is not None for each in chain):
            return True
        return None if is_open or document.is_open else False
    if isinstance(document, CircleDocument):
        names = [
            str(name)
            for item in mappings(job.node.get("steps") if job.node is not None else None)
            for name, _ in item.items()
        ]
        return True if any("queue" in name for name in names) or _serial_group(document, job) else None
    return None


def _serial_group(document: CircleDocument, job: Job) -> bool:
    uses = document.uses.get(str(job.name), [])
    return any(isinstance(options, Mapping) and text_of(options.get("serial-group")) is not None for options, _ in uses)


def _moving_image(commands: list[tuple[Command, list[str]]]) -> MentionSummary | None:
    for command, words in commands:
        name = deploy_names.moving_image(words) if deploys.target_of_command(words) is not None else None
        at = command.source.text.find(name, command.start, command.end) if name is not None else -1
        if name is not None and at >= 0:
            return MentionSummary(name, Mark(command.source.path, at, at + len(name)))
    return None


def _has_rollback(document: PipelineDocument) -> bool:
    return any(deploys.is_rollback(words) for job in document.jobs for _, words in words_of_job(job))
