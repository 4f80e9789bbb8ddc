"""Deployments of every CI system are known to the rules on what lies between files."""

from __future__ import annotations

from pathlib import Path

import pytest

from infralint.analysis.pipelines.summary import pipeline_summary
from infralint.engine.options import Options
from infralint.engine.run import run
from infralint.model.index import Index
from infralint.model.kinds import load
from infralint.model.pipelines.document import PipelineDocument
from infralint.text.source import Source

DEPLOYING = {
    ".gitlab-ci.yml": "deploy:\n  environment: production\n  script: helm upgrade app chart\n",
    "Jenkinsfile": "node {\n  sh 'helm upgrade app chart'\n}\n",
    "bitbucket-pipelines.yml": "pipelines:\n  default:\n    - step:\n        script: [helm upgrade app chart]\n",
}


@pytest.mark.parametrize("path", DEPLOYING)
@pytest.mark.parametrize(
    ("more", "found"),
    [("", True), (" --atomic", False)],
    ids=["without a way back", "with one"],
)
def test_a_deployment_without_a_rollback_is_found_in_any_system(
    tmp_path: Path, path: str, more: str, found: bool
) -> None:
    text = DEPLOYING[path].replace("app chart", f"app chart{more}")
    (tmp_path / path).write_text(text, encoding="utf-8")
    rules = [one.rule for one in run([str(tmp_path)], Options(root=str(tmp_path), profile="pedantic")).findings]
    assert ("project/rollback-undocumented" in rules) is found


def triggers(pipeline: str) -> list[tuple[str, ...]]:
    document = load(Source(".gitlab-ci.yml", pipeline), Index("."), "gitlab")
    assert isinstance(document, PipelineDocument)
    return [one.grade.triggers for one in pipeline_summary(document).deployments]


@pytest.mark.parametrize(
    ("rules", "found"),
    [
        ("workflow: {rules: [{if: $CI_COMMIT_REF_NAME}]}\n", [("pull request", "branch")]),
        ("workflow: {rules: [{if: '$CI_PIPELINE_SOURCE == \"merge_request_event\"'}, {if: $CI_COMMIT_BRANCH}]}\n", [("pull request", "branch")]),
        ("workflow: {rules: [{if: '$CI_PIPELINE_SOURCE == \"merge_request_event\"'}]}\n", []),
        ("workflow: {rules: [{if: $CI_COMMIT_TAG}]}\n", [("branch",)]),
    ],
)  # fmt: skip
def test_a_job_that_changes_and_pushes_run_is_a_deployment(rules: str, found: list[tuple[str, ...]]) -> None:
    assert triggers(f"{rules}deploy:\n  script: helm upgrade shop chart\n") == found


def test_a_job_that_changes_alone_run_is_none() -> None:
    job = "deploy:\n  script: helm upgrade shop chart\n"
    assert triggers(f"{job}  rules: [{{if: '$CI_PIPELINE_SOURCE == \"merge_request_event\"'}}]\n") == []
    assert triggers(f"{job}  only: [merge_requests]\n") == []


@pytest.mark.parametrize(
    ("script", "how"),
    [
        ("sshpass -p $SECRET ssh shop@example.com ./up.sh", "a server over SSH"),
        ("python scripts/deploy.py", "a target that its script knows"),
        ("npx ts-node tools/deploy.ts live", "a target that its script knows"),
        ("echo done", None),
    ],
)
def test_a_script_that_deploys_by_its_name_is_likely(script: str, how: str | None) -> None:
    document = load(Source(".gitlab-ci.yml", f"deploy:\n  script: {script}\n"), Index("."), "gitlab")
    assert isinstance(document, PipelineDocument)
    found = pipeline_summary(document).deployments
    assert [(one.how, one.certainty) for one in found] == ([(how, "likely")] if how else [])
