"""The CI job that `infralint init --ci` adds: a workflow of its own for GitHub, a job at the end of GitLab's file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from infralint import __version__
from infralint.engine.discover import UsageError
from infralint.model.shared.value import scalars
from infralint.syntax import yaml
from infralint.text.source import Source, Unreadable

CHECKOUT = "actions/checkout@34e114876b0b11c390a56381ad16ebd13914f8d5 # v4.3.1"
WORKFLOW = f"""\
name: infralint
on:
  pull_request:
  push:
    branches: [main]
permissions: {{}}
concurrency:
  group: infralint-${{{{ github.ref }}}}
  cancel-in-progress: true
jobs:
  infralint:
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    permissions:
      contents: read
    steps:
      - uses: {CHECKOUT}
        with:
          persist-credentials: false
      - run: pipx run infralint=={__version__} check . --format github
"""
JOB = f"""\
infralint:
  image: python:3.13-slim
  interruptible: true
  script:
    - pip install --quiet infralint=={__version__}
    - infralint check . --output gitlab=gl-code-quality-report.json --output gitlab-sast=gl-sast-report.json
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
      sast: gl-sast-report.json
"""
BY_HAND_GITLAB = 'could not be edited and stays as it is; docs/ci.md has the job under "GitLab"'
BY_HAND = {
    "azure-pipelines.yml": "Azure Pipelines",
    ".circleci/config.yml": "CircleCI",
    "bitbucket-pipelines.yml": "Bitbucket Pipelines",
    "Jenkinsfile": "Jenkins",
}
"""Files whose jobs hang together in ways that only people know, with their sections in docs/ci.md."""


def add_steps(folder: Path) -> Iterator[str]:
    """Add a job to the CI systems of a folder; says of each what was done. Raises UsageError for a file that cannot be edited."""
    gitlab = folder / ".gitlab-ci.yml"
    by_hand = {name: section for name, section in BY_HAND.items() if (folder / name).is_file()}
    if (folder / ".github").is_dir() or not (gitlab.is_file() or by_hand):
        yield _add_workflow(folder / ".github" / "workflows" / "infralint.yml")
    if gitlab.is_file():
        yield _add_job(gitlab)
    for name, section in by_hand.items():
        yield f'{folder / name}: add the step by hand; docs/ci.md has it under "{section}"'


def _add_workflow(path: Path) -> str:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as stream:
            stream.write(WORKFLOW)
    except FileExistsError:
        return f"{path} exists already; it was left as it is"
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror or error}") from None
    return f"wrote {path}"


def _add_job(path: Path) -> str:
    """Put the job at the end of GitLab's file, whose text stays as it is otherwise."""
    data = path.read_bytes()
    try:
        source = Source(path.name, data)
    except Unreadable as error:
        raise UsageError(f"{path}: {error}; the job was not added") from None
    roots = [one for one in yaml.parse(source, merge=True).documents if isinstance(one, yaml.Mapping)]
    if not roots or roots[-1].is_flow:
        raise UsageError(f"{path} {BY_HAND_GITLAB}")
    if "infralint" in source.text:
        return f"{path} has a job already"
    stages = [str(text) for text in scalars(roots[-1].get("stages"))]
    stage = f"  stage: {stages[0]}\n" if stages and "test" not in stages else ""
    job = JOB.replace("  image:", f"{stage}  image:", 1)
    newline = "\r\n" if "\r\n" in source.text else "\n"
    text = source.text.rstrip() + "\n\n" + job
    after = Source(path.name, text)
    root = [one for one in yaml.parse(after, merge=True).documents if isinstance(one, yaml.Mapping)][-1]
    if root.get("infralint") is None:
        raise UsageError(f"{path} {BY_HAND_GITLAB}")
    fresh = path.with_suffix(f".{os.getpid()}.new")
    fresh.write_bytes(source.encode(text.replace("\r\n", "\n").replace("\n", newline)))
    os.replace(fresh, path)
    return f"added the job `infralint` to {path}"
