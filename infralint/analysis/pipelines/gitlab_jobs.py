"""Questions about GitLab CI jobs and variables alone."""

from __future__ import annotations

from infralint.analysis.pipelines.scripts import words_of_job
from infralint.model.element import fact_of
from infralint.model.pipelines.job import Job
from infralint.model.shared.command import Command
from infralint.model.shared.image import Image
from infralint.model.shared.value import get, mappings, text_of
from infralint.model.shared.variable import Variable
from infralint.syntax.yaml import Mapping
from infralint.text import regex as re
from infralint.text.source import Text

_SCANNERS = re.compile(
    r"(?:SAST|DAST|SECRET_DETECTION|DEPENDENCY_SCANNING|CONTAINER_SCANNING|API_FUZZING|COVFUZZ|LICENSE_MANAGEMENT|CODE_QUALITY|IAC_SAST)_DISABLED"
)


@fact_of(Variable)
def disables_security_job(variable: Variable) -> bool:
    """Whether it switches off one of GitLab's security scanners; every value but an empty one, `false` and `0` does."""
    value = variable.value
    return (
        _SCANNERS.fullmatch(str(variable.name)) is not None
        and isinstance(value, Text)
        and value.lower() not in ("", "false", "0")
    )


@fact_of(Job)
def unverified_artifacts(job: Job) -> Text | None:
    """The other project whose artifacts the job takes."""
    for item in mappings(get(job.node, "needs")):
        project = text_of(item.get("project"))
        if project is not None and text_of(item.get("artifacts")) != "false":
            return project
    return None


@fact_of(Job)
def token_without_audience(job: Job) -> Text | None:
    """The name of an ID token that says no audience."""
    tokens = get(job.node, "id_tokens")
    for name, value in tokens.items() if isinstance(tokens, Mapping) else ():
        if not isinstance(value, Mapping) or value.get("aud") is None:
            return name
    return None


@fact_of(Job)
def open_docker_daemon(job: Job) -> Image | None:
    """The docker-in-docker service whose daemon answers without TLS; None where TLS is on, or none is there."""
    service = next((one for one in job.services if "dind" in str(one.reference)), None)
    if service is None:
        return None
    values = {str(one.name): one.value for one in job.variables}
    host, folder = values.get("DOCKER_HOST"), values.get("DOCKER_TLS_CERTDIR")
    plain = isinstance(host, str) and host.endswith(":2375")
    return (
        service
        if plain or (isinstance(folder, str) and not folder) or ("DOCKER_TLS_CERTDIR" in values and folder is None)
        else None
    )


@fact_of(Job)
def foreign_token_use(job: Job) -> Command | None:
    """The command that uses the job's token for another project's repository or API."""
    for command, _ in words_of_job(job):
        written = str(command)
        if "CI_JOB_TOKEN" not in written:
            continue
        if re.search(r"gitlab-ci-token:\$\{?CI_JOB_TOKEN\}?@", written) and not re.search(
            r"\$\{?CI_(?:PROJECT_PATH|REPOSITORY_URL|PROJECT_URL)", written
        ):
            return command
        if re.search(r"/projects/(?!\$\{?CI_PROJECT_ID)[\w%$]", written):
            return command
    return None
