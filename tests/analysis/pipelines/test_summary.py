"""Deployments of every CI system are known to the rules on what lies between files."""

from __future__ import annotations

from pathlib import Path

import pytest

from infralint.engine.options import Options
from infralint.engine.run import run

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
