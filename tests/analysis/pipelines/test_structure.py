"""What the published schema says of a pipeline file, in words and on the exact span."""

from __future__ import annotations

import pytest

from infralint.analysis.pipelines.structure import faults_in_pipeline
from infralint.model import kinds
from infralint.model.index import Index
from infralint.text.source import Source


def faults(path: str, text: str) -> list[tuple[str, str]]:
    source = Source(path, text)
    document = kinds.load(source, Index("/nonexistent"), kinds.kind_of(path) or "")
    return [(one.raw, one.message) for one in faults_in_pipeline(document) if one.is_certain]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a:\n  scrpt: make\n", ("scrpt", "GitLab CI knows no key `scrpt` here; did you mean `script`?")),
        (
            "a:\n  script: make\n  when: sometime\n",
            ("sometime", "`when` is `sometime`, which GitLab CI does not know; it takes"),
        ),
        ("stages: test\na:\n  script: make\n", ("test", "`stages` is text; GitLab CI takes a list")),
        (
            "a:\n  script: make\n  parallel: [1]\n",
            ("parallel", "`parallel` is a list; GitLab CI takes an integer or a mapping"),
        ),
        ("a:\n  stage: nowhere\n  script: make\n", ("nowhere", "stage `nowhere` is not in `stages`")),
        ("a:\n  needs: [b]\n  script: make\n", ("b", "no job is called `b`")),
        ("a:\n  stage: test\n", ("a", "job `a` has no `script`, `run` or `trigger`")),
        ("a:\n  script: make\n  script: test\n", ("script", "key `script` is written twice")),
    ],
)
def test_a_fault_names_the_key_what_is_wrong_and_what_was_meant(text: str, found: tuple[str, str]) -> None:
    (fault,) = faults(".gitlab-ci.yml", text)
    assert fault[0] == found[0]
    assert fault[1].startswith(found[1])


@pytest.mark.parametrize(
    "text",
    [
        "include: {local: $FILE}\na:\n  script: make\n",
        "a:\n  variables: !reference [.b, variables]\n  script: make\n",
        "include: [{project: a/b, file: c.yml}]\na:\n  extends: .c\n  stage: elsewhere\n",
        ".a: &a\n  image: x:1\n.b: &b\n  stage: test\na:\n  <<: *a\n  <<: *b\n  script: make\n",
    ],
)
def test_what_gitlab_replaces_or_merges_first_is_no_fault(text: str) -> None:
    assert faults(".gitlab-ci.yml", text) == []


def test_a_part_that_another_file_includes_may_use_its_stages_and_jobs() -> None:
    assert faults(".gitlab/ci/test.yml", "a:\n  stage: theirs\n  needs: [theirs]\n  script: make\n") == []


def test_azure_takes_a_boolean_for_a_text_and_cloud_build_other_spellings() -> None:
    assert faults("azure-pipelines.yml", "variables:\n  - name: a\n    value: true\nsteps:\n  - script: make\n") == []
    assert faults("cloudbuild.yaml", "steps:\n  - name: a\noptions:\n  machine_type: E2_HIGHCPU_8\n") == []


def test_a_schema_that_refers_to_another_address_is_used_without_it() -> None:
    """Drone's schema refers to one of Kubernetes; the library would fetch it."""
    text = "kind: pipeline\ntype: kubernetes\nname: a\nmetadata: {x: 1}\nsteps:\n  - name: b\n    image: c:1\n"
    assert faults(".drone.yml", text) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (
            ".circleci/config.yml",
            "version: 2.1\ncommands:\n  a:\n    parameters: {c: {type: string}}\n    steps:\n"
            "      - run: {command: make, when: << parameters.c >>}\n",
        ),
        (
            ".circleci/config.yml",
            "version: 2.1\njobs:\n  a:\n    parameters: {s: {type: steps}}\n    machine: true\n    steps:\n"
            "      - steps: << parameters.s >>\n",
        ),
        (
            "azure-pipelines.yml",
            "jobs:\n- job: a\n  steps:\n  - task: PublishBuildArtifacts@1\n    inputs: {pathtoPublish: out}\n",
        ),
    ],
)
def test_values_that_are_filled_in_and_names_in_other_capitals_are_no_faults(path: str, text: str) -> None:
    assert faults(path, text) == []
