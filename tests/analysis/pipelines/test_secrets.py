"""Stored secrets are known by name in every CI system; what a file sets itself, and the run's own tokens, are none."""

from __future__ import annotations

import pytest

from infralint.analysis.pipelines.secrets import secrets_of_pipeline
from infralint.model import kinds
from infralint.model.index import Index
from infralint.model.pipelines.document import PipelineDocument
from infralint.text.source import Source

FILES = {
    "gitlab": ".gitlab-ci.yml",
    "circleci": ".circleci/config.yml",
    "azure": "azure-pipelines.yml",
    "bitbucket": "bitbucket-pipelines.yml",
    "drone": ".drone.yml",
    "woodpecker": ".woodpecker.yml",
    "cloudbuild": "cloudbuild.yaml",
    "jenkins": "Jenkinsfile",
}


def secrets(kind: str, text: str) -> list[str]:
    document = kinds.load(Source(FILES[kind], text), Index("."), kind)
    assert isinstance(document, PipelineDocument)
    found = secrets_of_pipeline(document)
    for one in found:
        assert one.text in document.source.text[one.at.start : one.at.end]
    return [one.text for one in found]


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        ("gitlab", "a:\n  script:\n    - deploy --token $DEPLOY_TOKEN ${DB_PASSWORD}\n", ["DEPLOY_TOKEN", "DB_PASSWORD"]),
        ("gitlab", "a:\n  script: login $CI_JOB_TOKEN $CI_REGISTRY_PASSWORD\n", []),
        ("gitlab", "variables: {DEPLOY_TOKEN: x}\na:\n  script: deploy $DEPLOY_TOKEN\n", []),
        ("gitlab", "a:\n  script:\n    - TOKEN=$(make-token)\n    - deploy $TOKEN $DEPLOY_MODE\n", []),
        ("gitlab", "a:\n  secrets:\n    DB: {vault: production/db/password@ops}\n  script: x\n", ["DB"]),
        (
            "circleci",
            "version: 2.1\njobs:\n  a: {docker: [{image: x:1}], steps: [{run: x}]}\n"
            "workflows:\n  w:\n    jobs:\n      - a: {context: [production]}\n",
            ["production"],
        ),
        ("azure", "variables:\n- group: production\nsteps:\n- script: deploy $(apiToken)\n", ["production", "apiToken"]),
        ("azure", "variables: {group: x}\nsteps:\n- script: deploy $(System.AccessToken)\n", []),
        ("bitbucket", "pipelines:\n  default:\n  - step: {script: ['deploy $API_KEY $BITBUCKET_COMMIT']}\n", ["API_KEY"]),
        (
            "drone",
            "kind: pipeline\nsteps:\n- name: a\n  image: x:1\n  environment: {T: {from_secret: api}}\n  commands: [x]\n",
            ["api"],
        ),
        ("woodpecker", "steps:\n  a:\n    image: x:1\n    settings: {key: {from_secret: api}}\n", ["api"]),
        ("cloudbuild", "steps:\n- name: x\n  secretEnv: [PASSWORD]\n  args: [x]\n", ["PASSWORD"]),
        ("jenkins", "node {\n  withCredentials([string(credentialsId: 'deploy', variable: 'T')]) { sh 'x' }\n}\n", ["deploy"]),
    ],
)  # fmt: skip
def test_secrets_are_found_by_name(kind: str, text: str, found: list[str]) -> None:
    assert secrets(kind, text) == found
