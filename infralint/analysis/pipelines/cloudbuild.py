"""Questions about Cloud Build files alone."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.analysis.pipelines.scripts import words_of_job
from infralint.model.element import fact_of, noun_of
from infralint.model.pipelines.cloudbuild import MARK, CloudBuildDocument
from infralint.model.pipelines.document import Pipeline
from infralint.model.pipelines.job import Job
from infralint.model.pipelines.parts import SecretVersion, StepArgument, UndeclaredSubstitution, Wait
from infralint.model.shared.command import Command
from infralint.model.shared.value import get, mappings, pairs_of, scalars, text_of
from infralint.tables.secret_names import names_a_secret
from infralint.text import regex as re
from infralint.text.source import Text

BUILT_IN = frozenset(("_HEAD_BRANCH", "_BASE_BRANCH", "_HEAD_REPO_URL", "_PR_NUMBER"))
"""Substitutions that triggers of pull requests give."""
_SECRET = re.compile(r"projects/[^/\s]+/secrets/[^/\s]+/versions/\S+|\bgcloud secrets versions access\b")


@noun_of(CloudBuildDocument, "secret_version")
def secret_versions_in(file: CloudBuildDocument) -> list[SecretVersion]:
    """The versions of secrets that the build takes."""
    listed = mappings(get(file.root, "availableSecrets", "secretManager"))
    return [SecretVersion(text) for one in listed if (text := text_of(one.get("versionName"))) is not None]


@fact_of(SecretVersion)
def is_latest(secret_version: SecretVersion) -> bool:
    """Whether it means the newest version."""
    return secret_version.text.rstrip().endswith("/versions/latest")


@noun_of(CloudBuildDocument, "step_argument")
def step_arguments_in(file: CloudBuildDocument) -> list[StepArgument]:
    """The arguments of the build's steps."""
    return [StepArgument(text) for step in mappings(get(file.root, "steps")) for text in scalars(step.get("args"))]


@fact_of(StepArgument)
def names_secret(step_argument: StepArgument) -> bool:
    """Whether it holds the path of a secret, reads one, or is given one as `--password=$_PASSWORD`."""
    text = step_argument.text
    if _SECRET.search(text):
        return True
    match = re.fullmatch(r"--?[\w-]*=?\$\{?(_\w+)\}?", text)
    return match is not None and names_a_secret(match[1].strip("_"))


@noun_of(CloudBuildDocument, "undeclared_substitution")
def undeclared_substitutions_in(file: CloudBuildDocument) -> list[UndeclaredSubstitution]:
    """The user's substitutions that the file uses and does not declare."""
    declared = {str(name) for name, _ in pairs_of(get(file.root, "substitutions"))}
    found: dict[str, UndeclaredSubstitution] = {}
    for step in mappings(get(file.root, "steps")):
        for key in ("name", "args", "env", "dir", "entrypoint", "waitFor", "id"):
            for text in scalars(step.get(key)):
                for name, place in _used(text):
                    if name not in declared and name not in BUILT_IN:
                        found.setdefault(name, UndeclaredSubstitution(place))
    for key in ("images", "tags"):
        for text in scalars(get(file.root, key)):
            for name, place in _used(text):
                if name not in declared and name not in BUILT_IN:
                    found.setdefault(name, UndeclaredSubstitution(place))
    return list(found.values())


def _used(text: Text) -> Iterator[tuple[str, Text]]:
    for match in MARK.finditer(text):
        name = match[1] or match[2]
        if name.startswith("_") and name.upper() == name:
            yield name, text.slice(match.start(), match.end())


@noun_of(CloudBuildDocument, "wait")
def waits_in(file: CloudBuildDocument) -> list[Wait]:
    """What steps wait for."""
    steps = mappings(get(file.root, "steps"))
    known = {str(text_of(step.get("id"))) for step in steps}
    return [
        Wait(text, "$" not in text and text not in known)
        for step in steps
        for text in scalars(step.get("waitFor"))
        if text and text != "-"
    ]


@fact_of(Job)
def parent_folder(job: Job) -> Text | None:
    """The folder of a step that leads out of the workspace."""
    text = text_of(get(job.node, "dir"))
    return text if text is not None and ".." in text.split("/") else None


@fact_of(Pipeline)
def service_account(pipeline: Pipeline) -> bool:
    """Whether the build names the account that it runs as."""
    text = text_of(get(pipeline.file.root, "serviceAccount"))
    return text is not None and bool(text.strip())


@fact_of(Pipeline)
def uses_legacy_account(pipeline: Pipeline) -> bool:
    """Whether the account that it names is the one which Cloud Build or Compute Engine makes for all."""
    text = text_of(get(pipeline.file.root, "serviceAccount")) or ""
    return text.endswith(("@cloudbuild.gserviceaccount.com", "-compute@developer.gserviceaccount.com"))


@fact_of(Pipeline)
def pushed_image(pipeline: Pipeline) -> Command | None:
    """The first command that pushes an image."""
    for job in pipeline.jobs:
        for command, words in words_of_job(job):
            if words[:2] == ["docker", "push"] or (words[:2] == ["docker", "buildx"] and "--push" in words):
                return command
    return None
