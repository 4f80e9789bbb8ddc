"""A rule may say in its header that it judges files for tests, development or examples in the pedantic profile only."""

from __future__ import annotations

from pathlib import Path

import pytest

from infralint.engine.options import Options
from infralint.engine.run import run
from infralint.policy.rule_file import RuleError, read
from infralint.tables.secret_formats import sample

COMPOSE = f"services:\n  a:\n    image: example/a:1.2\n    environment:\n      API_TOKEN: {sample('password', 1)}\n"


def reported(root: Path, name: str, **options: object) -> bool:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(COMPOSE, encoding="utf-8")
    report = run([str(root)], Options(root=str(root), **options))  # type: ignore[arg-type]
    path.unlink()
    return "any/hardcoded-secret" in {one.rule for one in report.findings}


@pytest.mark.parametrize(
    "name",
    [
        "compose.test.yaml",
        "tests/compose.yaml",
        "compose.dev.yaml",
        "examples/a/compose.yaml",
        "sampleconfig/compose.yaml",
    ],
)
def test_a_file_that_is_there_for_tests_or_examples_is_judged_as_such(tmp_path: Path, name: str) -> None:
    assert not reported(tmp_path, name)
    assert reported(tmp_path, name, profile="pedantic")
    assert reported(tmp_path, name, select=["hardcoded-secret"])
    assert not reported(tmp_path, name, select=["default"])


@pytest.mark.parametrize("name", ["compose.yaml", "deploy/compose.prod.yaml", "attestation/compose.yaml"])
def test_other_files_are_judged_in_the_default_profile(tmp_path: Path, name: str) -> None:
    assert reported(tmp_path, name)


def test_a_workflow_that_is_called_test_is_no_test_file(tmp_path: Path) -> None:
    text = f"on: push\nenv:\n  API_TOKEN: {sample('password', 1)}\njobs: {{}}\n"
    path = tmp_path / ".github/workflows/test.yml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    report = run([str(tmp_path)], Options(root=str(tmp_path)))
    assert "any/hardcoded-secret" in {one.rule for one in report.findings}


@pytest.mark.parametrize(
    ("trigger", "found"), [("push", True), ("[push, pull_request]", False), ("pull_request_target", True)]
)
def test_what_a_workflow_gives_to_pull_requests_is_there_for_tests(tmp_path: Path, trigger: str, found: bool) -> None:
    path = tmp_path / ".github/workflows/a.yml"
    path.parent.mkdir(parents=True)
    path.write_text(f"on: {trigger}\nenv:\n  API_TOKEN: {sample('password', 1)}\njobs: {{}}\n", encoding="utf-8")
    report = run([str(tmp_path)], Options(root=str(tmp_path)))
    assert ("any/hardcoded-secret" in {one.rule for one in report.findings}) is found


def test_the_header_names_known_variants() -> None:
    text = "---\ntitle: x\nseverity: low\npedantic_in: [testing]\neach: env.entry\nwhen: entry.name\nat: entry\nsay: x\n---\n"
    with pytest.raises(RuleError, match="'testing' is none of tests, development, examples"):
        read("env/x", "x.md", text)
