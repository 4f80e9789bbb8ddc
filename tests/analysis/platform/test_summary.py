"""What platform files tell the project: deployments with their health checks, releases and state; versions of languages."""

from __future__ import annotations

import pytest

from infralint.model.index import Index
from infralint.model.kinds import kind_of_source, load
from infralint.model.project.summary import PlatformSummary
from infralint.policy.catalogue import summary_of
from infralint.text.source import Source


def summary(path: str, text: str) -> PlatformSummary:
    source = Source(path, text)
    kind = kind_of_source(source)
    assert kind is not None
    found = summary_of(load(source, Index("."), kind))
    assert isinstance(found, PlatformSummary)
    return found


FLY = """\
app = "shop"
[deploy]
release_command = "migrate"
[http_service]
internal_port = 8080
min_machines_running = 2
[[http_service.checks]]
path = "/"
[[mounts]]
source = "data"
destination = "/data"
"""
RENDER = """\
services:
  - {type: web, name: shop, runtime: node, numInstances: 3, preDeployCommand: migrate}
  - {type: worker, name: jobs, runtime: node}
databases:
  - {name: orders}
"""


@pytest.mark.parametrize(
    ("path", "text", "platform", "health", "release", "state", "certainty", "instances"),
    [
        ("fly.toml", FLY, "Fly.io", True, True, ("data",), "certain", 2),
        ("examples/fly.toml", FLY, "Fly.io", True, True, ("data",), "likely", 2),
        ("fly.toml", 'app = "x"\n[http_service]\ninternal_port = 80\n', "Fly.io", False, False, (), "certain", None),
        ("render.yaml", RENDER, "Render", False, True, ("orders",), "certain", 3),
        ("railway.toml", '[deploy]\nhealthcheckPath = "/"\n', "Railway", True, False, (), "certain", None),
        ("Procfile", "web: x\nrelease: migrate\n", "Heroku", None, True, (), "likely", None),
        ("Procfile", "web: x\n", "Heroku", None, False, (), "likely", None),
        ("app.json", '{"formation": {"web": {"quantity": 2}}}', "Heroku", None, None, (), "likely", 2),
        ("vercel.json", "{}", "Vercel", None, None, (), "likely", None),
        ("serverless.yml", "provider: {runtime: nodejs22.x}\nfunctions: {a: {handler: b}}\n", "Serverless Framework", None, None, (), "certain", None),
    ],
)  # fmt: skip
def test_deployments(
    path: str,
    text: str,
    platform: str,
    health: bool | None,
    release: bool | None,
    state: tuple[str, ...],
    certainty: str,
    instances: int | None,
) -> None:
    [one] = summary(path, text).deployments
    assert (one.platform, one.how) == (platform, platform)
    assert (one.has_health_check, one.has_release_phase, one.state) == (health, release, state)
    assert (one.certainty, one.instances) == (certainty, instances)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("template.yaml", "Resources:\n  Role:\n    Type: AWS::IAM::Role\n"),
        (".devcontainer/devcontainer.json", '{"image": "debian:12"}'),
        ("fly.toml", 'app = "x"\n'),
        ("vercel.json", '{"cleanUrls": }'),
    ],
)
def test_what_runs_nothing_deploys_nothing(path: str, text: str) -> None:
    assert summary(path, text).deployments == ()


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        (".nvmrc", "v22.1.0\n", [("node", "22.1.0", "development")]),
        (".nvmrc", "lts/*\n", []),
        (".python-version", "# why\n3.13\n", [("python", "3.13", "development")]),
        (".tool-versions", "nodejs 22.1.0\nterraform 1.9.0\ngolang 1.24.0\n", [("node", "22.1.0", "development"), ("go", "1.24.0", "development")]),
        ("mise.toml", '[tools]\nnode = "22"\npython = ["3.13", "3.12"]\n', [("node", "22", "development"), ("python", "3.13", "development")]),
        (".devcontainer/devcontainer.json", '{"image": "mcr.microsoft.com/devcontainers/python:1-3.12-bookworm"}', [("python", "3.12", "development")]),
        (".devcontainer/devcontainer.json", '{"features": {"ghcr.io/devcontainers/features/node:1": {"version": "22"}}}', [("node", "22", "development")]),
        ("netlify.toml", '[build.environment]\nNODE_VERSION = "22"\n', [("node", "22", "build")]),
        ("serverless.yml", "provider: {runtime: nodejs22.x}\nfunctions: {a: {handler: b}}\n", [("node", "22", "image")]),
    ],
)  # fmt: skip
def test_runtimes(path: str, text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(one.language, one.version, one.role) for one in summary(path, text).runtimes] == expected


def test_secrets_that_a_platform_stores_are_known_by_name() -> None:
    render = """\
services:
  - type: web
    name: shop
    envVars:
      - {key: API_TOKEN, sync: false}
      - {key: MODE, value: production}
      - {key: SALT, generateValue: true}
"""
    assert [one.text for one in summary("render.yaml", render).secrets] == ["API_TOKEN"]
    task = '{"family": "x", "containerDefinitions": [{"name": "a", "secrets": [{"name": "KEY", "valueFrom": "arn"}]}]}'
    assert [one.text for one in summary("task.json", task).secrets] == ["KEY"]


def test_a_procfile_of_programs_on_one_machine_deploys_nothing() -> None:
    assert summary("Procfile", "a1: ./server --port=1\na2: ./server --port=2\n").deployments == ()
    assert len(summary("Procfile", "clock: x\nworker: y\n").deployments) == 1
