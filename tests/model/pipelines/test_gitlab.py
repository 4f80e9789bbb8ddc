"""GitLab CI as it is merged: extends, defaults, local includes; which pipelines a job runs in."""

from __future__ import annotations

from pathlib import Path

import pytest

from infralint.model.element import UNKNOWN
from infralint.model.index import Index
from infralint.model.pipelines.gitlab import GitlabDocument
from infralint.model.pipelines.gitlab_rules import can_be_read, evaluate
from infralint.model.pipelines.job import Job
from infralint.text.source import Source


def jobs(text: str, root: Path | None = None) -> dict[str, Job]:
    file = GitlabDocument(Source(".gitlab-ci.yml", text), Index(str(root or "/nonexistent")), "gitlab")
    assert not file.problems
    return {str(job.name): job for job in file.jobs}


def test_a_job_takes_from_its_bases_and_the_default_what_it_does_not_say_itself() -> None:
    found = jobs(
        "default:\n  image: alpine:3.22\n  timeout: 10m\n"
        ".base:\n  image: python:3.13\n  variables: {A: one, B: two}\n  script: make\n"
        "unit:\n  extends: .base\n  variables: {B: three}\n"
        "lint:\n  script: make lint\n"
    )
    assert [str(image) for image in found["unit"].images] == ["python:3.13"]
    assert {str(one.name): one.value for one in found["unit"].variables} == {"B": "three", "A": "one"}
    assert [str(script.text) for script in found["unit"].scripts] == ["make"]
    assert [str(image) for image in found["lint"].images] == ["alpine:3.22"]
    assert found["lint"].timeout == "10m"
    assert found[".base"].is_template


def test_a_local_include_lends_jobs_and_a_missing_one_makes_what_it_could_say_unknown(tmp_path: Path) -> None:
    (tmp_path / "ci").mkdir()
    (tmp_path / "ci/base.yml").write_text(".base:\n  image: python:3.13\n  script: make\n", encoding="utf-8")
    here = jobs("include: /ci/base.yml\nunit:\n  extends: .base\n", tmp_path)
    assert [str(image) for image in here["unit"].images] == ["python:3.13"]
    assert here["unit"].timeout is None
    gone = jobs("include:\n  - project: a/b\n    file: /c.yml\nunit:\n  script: make\n")
    assert gone["unit"].timeout is UNKNOWN


def test_inherit_switches_the_default_off() -> None:
    found = jobs("default:\n  timeout: 10m\nunit:\n  inherit: {default: false}\n  script: make\n")
    assert found["unit"].timeout is None


@pytest.mark.parametrize(
    ("keys", "runs"),
    [
        ("", False),
        ("  only: [merge_requests]\n", True),
        ("  only: [main]\n", False),
        ("  rules:\n    - if: $CI_PIPELINE_SOURCE == 'merge_request_event'\n", True),
        (
            "  rules:\n    - if: $CI_PIPELINE_SOURCE == 'merge_request_event'\n      when: never\n    - when: always\n",
            False,
        ),
        ("  rules:\n    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH\n", False),
        ("  rules:\n    - if: $DEPLOY == 'yes'\n", UNKNOWN),
        ("  rules:\n    - changes: [src/**]\n", UNKNOWN),
    ],
)
def test_the_rules_tell_whether_a_job_runs_for_a_merge_request(keys: str, runs: object) -> None:
    assert jobs(f"unit:\n  script: make\n{keys}")["unit"].parts.runs_on_change is runs


@pytest.mark.parametrize(
    ("keys", "approved", "allows"),
    [
        ("  when: manual\n", True, True),
        ("  when: manual\n  allow_failure: false\n", True, False),
        ("  rules:\n    - when: manual\n", True, False),
        ("  rules:\n    - if: $A\n      when: manual\n    - if: $B\n", False, False),
        ("", False, False),
    ],
)
def test_a_manual_job_lets_the_pipeline_pass_unless_rules_made_it_manual(
    keys: str, approved: bool, allows: bool
) -> None:
    parts = jobs(f"deploy:\n  script: make\n{keys}")["deploy"].parts
    assert (parts.is_approved, parts.allows_failure) == (approved, allows)


@pytest.mark.parametrize(
    ("condition", "value"),
    [
        ('$A == "b"', True),
        ('$A != "b" || $C', UNKNOWN),
        ('$A == "x" && $C', False),
        ("$A =~ /^b$/", True),
        ("$A !~ /c/", True),
        ("$NONE", False),
        ("$NONE == null", True),
        ("($A == 'b')", True),
    ],
)
def test_conditions_are_evaluated_with_three_values(condition: str, value: object) -> None:
    assert evaluate(condition, {"$A": "b", "$NONE": "\0"}) is value


@pytest.mark.parametrize("condition", ["${A} == 'b'", "$A = 'b'", "$A ==", "($A"])
def test_what_gitlab_cannot_read_is_no_condition(condition: str) -> None:
    assert not can_be_read(condition)
