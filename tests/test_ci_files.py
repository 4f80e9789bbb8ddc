"""What users copy into their CI: our own rules find nothing in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import infralint

ROOT = Path(__file__).parent.parent
FILES = {
    "name: infralint": ".github/workflows/infralint.yml",
    "infralint:\n": ".gitlab-ci.yml",
    "pool:": "azure-pipelines.yml",
    "version: 2.1": ".circleci/config.yml",
    "image: python": "bitbucket-pipelines.yml",
    "pipeline {": "Jenkinsfile",
    "repos:": ".pre-commit-config.yaml",
}


@pytest.mark.parametrize("path", ["action.yml", "templates", "Dockerfile", ".github", ".pre-commit-hooks.yaml"])
def test_our_own_files_are_clean(path: str) -> None:
    if not (ROOT / path).exists():
        pytest.skip("not a checkout")
    report = infralint.check(ROOT / path, root=ROOT)
    assert [str(one) for one in report.findings] == []


def test_the_snippets_of_the_page_are_clean(tmp_path: Path) -> None:
    snippets = re.findall(r"```(?:yaml|groovy)\n(.*?)```", (ROOT / "docs/ci.md").read_text("utf-8"), re.S)
    laid = set()
    for snippet in snippets:
        for start, name in FILES.items():
            if snippet.startswith(start):
                (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
                (tmp_path / name).write_text(snippet, "utf-8")
                laid.add(name)
    assert laid == set(FILES.values())
    report = infralint.check(tmp_path, root=tmp_path)
    assert [str(one) for one in report.findings] == []


def test_every_output_and_input_of_the_action_is_described() -> None:
    text = (ROOT / "action.yml").read_text("utf-8")
    assert "${{" not in "\n".join(re.findall(r"run: (.*?)(?=\n    - |\Z)", text, re.S)), (
        "inputs reach scripts by env alone"
    )
