"""What a pipeline deploys and publishes, and what it does for the integrity of that."""

from __future__ import annotations

from collections.abc import Callable

from infralint.analysis.pipelines.scripts import words_of_job
from infralint.model.element import Element, Truth, Unknown, fact_of, remembered
from infralint.model.pipelines.document import Pipeline
from infralint.model.pipelines.job import Job
from infralint.model.shared.command import Command
from infralint.model.shared.variable import Variable
from infralint.tables import deploys, supply_chain
from infralint.tables.supply_chain import follows_any
from infralint.text import regex as re
from infralint.text.source import Text

_DEPLOY = re.compile(r"(?:^|[^a-z])(?:deploy|deployment|deliver|release-to|rollout|ship-to|promote)(?:[^a-z]|$)")
_NO_DEPLOY = re.compile(
    r"(?:^|[^a-z])(?:test|tests|plan|dry|check|lint|docs|undeploy|teardown|destroy|stop|cleanup|notify)(?:[^a-z]|$)"
)
_PRODUCTION = re.compile(r"(?:^|[^a-z])(?:prod|production|live|prd)(?:[^a-z]|$)")


@remembered
def deploying_command(job: Job) -> Command | None:
    """The first command that deploys to something which others use; None if none does."""
    if deploys.names_a_trial(str(job.name)):
        return None
    return next((command for command, words in words_of_job(job) if deploys.target_of_command(words) is not None), None)


@fact_of(Job)
def deployment(job: Job) -> Element | Text | None:
    """What shows that the job deploys: a command, its environment, or a name that says so; None if nothing does."""
    command = deploying_command(job)
    if command is not None:
        return command
    if job.parts.deploying is not None:
        return job.parts.deploying
    environment = job.environment
    if isinstance(environment, Text):
        return environment
    name = str(job.name).lower()
    if _DEPLOY.search(name) and not _NO_DEPLOY.search(name) and (job.scripts or job.parts.external):
        return job.name
    return None


@fact_of(Job)
def is_for_production(job: Job) -> Truth:
    """Whether its environment or its name says production."""
    environment = job.environment
    if isinstance(environment, Text):
        return _PRODUCTION.search(environment.lower()) is not None
    if isinstance(environment, Unknown):
        return environment
    return _PRODUCTION.search(str(job.name).lower()) is not None


@remembered
def publishing_command(job: Job) -> Command | None:
    """The first command that gives an image, a package or a release to others; None if none does."""
    return next((command for command, words in words_of_job(job) if deploys.publishes(words)), None)


@fact_of(Pipeline)
def publishing_part(pipeline: Pipeline) -> Command | None:
    """The first command of its jobs that gives something to others or deploys it; None if none does."""
    for job in pipeline.jobs:
        found = publishing_command(job) or deploying_command(job)
        if found is not None:
            return found
    return None


def _runs(pipeline: Pipeline, wanted: Callable[[list[str]], bool]) -> bool:
    return any(wanted(words) for job in pipeline.jobs for _, words in words_of_job(job))


@remembered
def _mentions(pipeline: Pipeline) -> str:
    """What the pipeline takes from elsewhere, in lower case: an orb, a template or a plugin may do the work."""
    return " ".join(str(code.name).lower() for code in pipeline.file.external_code) + " " + pipeline.file.lent_names


@fact_of(Pipeline)
def signs(pipeline: Pipeline) -> bool:
    """Whether a command or code from elsewhere signs what is built."""
    if any(word in _mentions(pipeline) for word in ("cosign", "sigstore", "sign")):
        return True
    return _runs(pipeline, lambda words: follows_any(words, supply_chain.SIGNERS))


@fact_of(Pipeline)
def makes_sbom(pipeline: Pipeline) -> bool:
    """Whether a command or code from elsewhere writes a software bill of materials."""
    return any(word in _mentions(pipeline) for word in ("sbom", "syft", "cyclonedx", "dependency-scanning")) or _runs(
        pipeline, supply_chain.makes_sbom
    )


@fact_of(Pipeline)
def attests_provenance(pipeline: Pipeline) -> bool:
    """Whether a command or code from elsewhere attests how the result was built."""
    return any(word in _mentions(pipeline) for word in ("slsa", "provenance", "attest")) or _runs(
        pipeline, supply_chain.attests
    )


@fact_of(Pipeline)
def scans(pipeline: Pipeline) -> bool:
    """Whether a command or code from elsewhere looks for known vulnerabilities or faults."""
    words = ("scan", "sast", "snyk", "trivy", "grype", "security", "sonar", "checkov", "semgrep", "codeql", "dast", "audit", "aqua", "anchore", "whitesource", "mend", "veracode", "fortify")  # fmt: skip
    if any(word in _mentions(pipeline) for word in words):
        return True
    return _runs(pipeline, lambda words: follows_any(words, supply_chain.SCANNERS))


@fact_of(Job)
def verifies(job: Job) -> bool:
    """Whether one of its commands checks a signature or a checksum."""
    return any(follows_any(words, supply_chain.VERIFIERS) for _, words in words_of_job(job))


_INFRASTRUCTURE = (("terraform", "apply"), ("tofu", "apply"), ("terragrunt", "apply"), ("terraform", "destroy"), ("tofu", "destroy"), ("pulumi", "up"),
                   ("pulumi", "destroy"), ("cdk", "deploy"), ("aws", "cloudformation", "deploy"), ("sam", "deploy"), ("serverless", "deploy"),
                   ("sls", "deploy"), ("terragrunt", "run-all", "apply"), ("az", "deployment"), ("helmfile", "apply"), ("ansible-playbook",))  # fmt: skip


@fact_of(Job)
def applies_infrastructure(job: Job) -> Command | None:
    """The first command that changes infrastructure which everybody shares; None for plans and dry runs."""
    for command, words in words_of_job(job):
        if follows_any(words, _INFRASTRUCTURE) and not {"--check", "--dry-run", "--noop", "-check"} & set(words):
            return command
    return None


@fact_of(Job)
def is_on_ephemeral_runner(job: Job) -> bool:
    """Whether a label of its runner says that it lives for one job, or is one of the vendor's."""
    words = ("ephemeral", "saas-", "shared", "autoscal", "spot", "fargate", "k8s", "kubernetes")
    return any(
        any(word in label.lower() for word in words)
        or label.startswith("$")
        or re.search(r"(?<!self[-.])hosted", label.lower())
        for label in job.runner
    )


@fact_of(Variable)
def switches_debug_log(variable: Variable) -> bool:
    """Whether it makes the CI system write everything that a job does into its log."""
    value = variable.value
    return (
        str(variable.name) in supply_chain.DEBUG_VARIABLES
        and isinstance(value, Text)
        and value.lower() in ("true", "1", "yes", "on")
    )


@fact_of(Pipeline)
def npm_install(pipeline: Pipeline) -> Command | None:
    """The first command by which npm installs the packages of the project."""
    wanted = (["npm", "ci"], ["npm", "install"], ["npm", "i"], ["npm", "clean-install"])
    for job in pipeline.jobs:
        for command, words in words_of_job(job):
            if words[:2] in wanted:
                return command
    return None


@fact_of(Pipeline)
def audits_npm_signatures(pipeline: Pipeline) -> bool:
    """Whether a command checks the registry's signatures of what npm installed."""
    return _runs(pipeline, lambda words: words[:3] == ["npm", "audit", "signatures"])


@fact_of(Variable)
def holds_cloud_key(variable: Variable) -> bool:
    """Whether it is an access key of AWS that could be real: not the words that emulators are given."""
    value = variable.value
    if str(variable.name) not in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY") or not isinstance(value, Text):
        return False
    return re.fullmatch(r"(?:AKIA|ASIA)[A-Z0-9]{12,}|[A-Za-z0-9/+=]{40}", value) is not None
