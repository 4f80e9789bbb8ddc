"""The stored secrets that a pipeline certainly uses, by the names that its CI system knows them by."""

from __future__ import annotations

import re
from collections.abc import Iterator

from infralint.model.pipelines.circleci import CircleDocument
from infralint.model.pipelines.document import PipelineDocument
from infralint.model.pipelines.jenkins import JenkinsDocument
from infralint.model.project.summary import Mark, MentionSummary, mark
from infralint.model.shared.value import get, mappings, pairs_of, scalars, text_of
from infralint.syntax.yaml import Mapping, Scalar, Sequence
from infralint.tables.secret_names import names_a_secret
from infralint.text.source import Text

_USED = re.compile(r"(?<![\\\w$])\$(?:([A-Z][A-Z0-9_]{2,80})\b|\{([A-Z][A-Z0-9_]{2,80})\}|\(([A-Za-z][\w.-]{2,80})\))")
"""A variable of the shell in capitals, or Azure's `$(NAME)`."""
_SET = re.compile(
    r"(?m)(?:^|[\s;&|(`\"'-])(?:(?:export|local|readonly|read(?:[ \t]+-\w{1,20}){0,6})[ \t]+)?([A-Z][A-Z0-9_]{2,80})=|\bread[ \t]+(?:-\w{1,20}[ \t]+){0,6}([A-Z][A-Z0-9_]{2,80})\b"
)
"""A variable that a script sets itself."""
_CREDENTIAL = re.compile(r"\b(?:credentialsId[ \t]*:|credentials\()[ \t]*(['\"])([\w./ -]{1,100})\1")
"""A credential of Jenkins by its id."""
_OF_THE_RUN = re.compile(
    r"CI_|GITHUB_TOKEN$|SYSTEM_ACCESSTOKEN$|System\.AccessToken$|BUILDKITE_AGENT_|BITBUCKET_|CIRCLE_|DRONE_|TRAVIS_|AZURE_|ACTIONS_|"
    r"VAULT_ID_TOKEN|ID_TOKEN"
)
"""How the names of what the CI system makes for each run begin; they are no stored secrets."""


def secrets_of_pipeline(document: PipelineDocument) -> tuple[MentionSummary, ...]:
    """The secrets that the pipeline uses, each once: those that it names as such, and variables of such a name that it sets nowhere."""
    found: dict[str, MentionSummary] = {}
    for name, at in _named(document):
        found.setdefault(name, MentionSummary(name, at))
    for name, at in _variables(document):
        found.setdefault(name, MentionSummary(name, at))
    return tuple(found.values())


def _named(document: PipelineDocument) -> Iterator[tuple[str, Mark]]:
    """The secrets that the file names in the CI system's own words."""
    if isinstance(document, JenkinsDocument):
        source = document.source
        for match in _CREDENTIAL.finditer(source.text):
            yield match[2], Mark(source.path, match.start(2), match.end(2))
        return
    is_circle = isinstance(document, CircleDocument)
    for node in document.stream.walk():
        if isinstance(node, Mapping):
            for text in _written(node, is_circle):
                yield str(text), mark(text)


def _written(node: Mapping, is_circle: bool) -> Iterator[Text]:
    """What a mapping names as a secret."""
    yield from scalars(node.get("from_secret"))  # Drone, Woodpecker
    yield from scalars(node.get("secretEnv"))  # Cloud Build
    name = text_of(get(node, "secretKeyRef", "name"))  # Kubernetes
    if name is not None:
        yield name
    if is_circle:
        yield from scalars(node.get("context"))
    for item in mappings(node.get("variables")):  # Azure's groups of variables
        if "group" in item and isinstance(item.parent, Sequence):
            yield from scalars(item.get("group"))
    listed = node.get("secrets")  # GitLab: by name; Woodpecker and Buildkite: a list
    for key, value in pairs_of(listed):
        if isinstance(value, Mapping | Scalar):
            yield key
    if not isinstance(listed, Mapping):
        yield from scalars(listed)


def _variables(document: PipelineDocument) -> Iterator[tuple[str, Mark]]:
    """The variables that scripts use under a name that credentials bear, and that neither the file nor a script sets."""
    source = document.source
    known = {str(variable.name) for variable in document.variables}
    known |= {name for match in _SET.finditer(source.text) if (name := match[1] or match[2])}
    for job in document.jobs:
        if job.is_template:
            continue
        for script in job.scripts:
            for match in _USED.finditer(source.text, script.start, script.end):
                name = match[1] or match[2] or match[3]
                if name in known or _OF_THE_RUN.match(name) or not names_a_secret(name):
                    continue
                if match[3] is None or document.system == "Azure Pipelines":
                    yield name, Mark(source.path, match.start(), match.end())
