"""What the readers of the CI systems find: jobs with images, scripts, limits and approvals, at spans that slice back."""

from __future__ import annotations

import pytest

from infralint.model import kinds
from infralint.model.index import Index
from infralint.model.pipelines.document import PipelineDocument
from infralint.text.source import Source

FILES = {
    "gitlab": (".gitlab-ci.yml", "unit:\n  image: python:3.13\n  script:\n    - make test\n"),
    "circleci": (
        ".circleci/config.yml",
        "jobs:\n  unit:\n    docker:\n      - image: python:3.13\n    steps:\n      - run: make test\nworkflows:\n  main:\n    jobs: [unit]\n",
    ),
    "azure": (
        "azure-pipelines.yml",
        "jobs:\n  - job: unit\n    container: python:3.13\n    steps:\n      - script: make test\n",
    ),
    "bitbucket": (
        "bitbucket-pipelines.yml",
        "image: python:3.13\npipelines:\n  default:\n    - step:\n        name: unit\n        script:\n          - make test\n",
    ),
    "buildkite": (
        ".buildkite/pipeline.yml",
        "steps:\n  - label: unit\n    command: make test\n    plugins:\n      - docker#v5.1.0:\n          image: python:3.13\n",
    ),
    "drone": (
        ".drone.yml",
        "kind: pipeline\nsteps:\n  - name: unit\n    image: python:3.13\n    commands:\n      - make test\n",
    ),
    "woodpecker": (
        ".woodpecker/test.yaml",
        "steps:\n  unit:\n    image: python:3.13\n    commands:\n      - make test\n",
    ),
    "cloudbuild": ("cloudbuild.yaml", "steps:\n  - id: unit\n    name: python:3.13\n    script: make test\n"),
    "tekton": (
        "ci/task.yaml",
        "apiVersion: tekton.dev/v1\nkind: Task\nspec:\n  steps:\n    - name: unit\n      image: python:3.13\n      script: make test\n",
    ),
    "argo": (
        "ci/build.yaml",
        "apiVersion: argoproj.io/v1alpha1\nkind: WorkflowTemplate\nspec:\n  templates:\n    - name: unit\n"
        "      script:\n        image: python:3.13\n        command: [sh]\n        source: make test\n",
    ),
    "jenkins": (
        "Jenkinsfile",
        "pipeline {\n  agent { docker { image 'python:3.13' } }\n  stages {\n    stage('unit') {\n      steps { sh 'make test' }\n    }\n  }\n}\n",
    ),
}


def read(path: str, text: str) -> PipelineDocument:
    source = Source(path, text)
    kind = kinds.kind_of_source(source)
    assert kind is not None
    document = kinds.load(source, Index("/nonexistent"), kind)
    assert isinstance(document, PipelineDocument)
    assert not document.problems
    return document


@pytest.mark.parametrize("kind", FILES)
def test_every_system_gives_jobs_with_images_and_scripts_at_their_spans(kind: str) -> None:
    document = read(*FILES[kind])
    assert document.kind == kind
    (job,) = (one for one in document.jobs if one.scripts)
    assert job.name == "unit"
    assert [image.raw for image in job.images] == ["python:3.13"]
    assert [script.raw for script in job.scripts] == ["make test"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (".travis.yml", "language: python\nscript: make test\n"),
        ("buildspec.yml", "version: 0.2\nphases:\n  build:\n    commands:\n      - make test\n"),
    ],
)
def test_systems_of_one_job_give_its_commands(path: str, text: str) -> None:
    assert [script.raw for script in read(path, text).scripts] == ["make test"]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("ci/.gitlab-ci.yml", "gitlab"),
        (".gitlab/ci/test.yml", "gitlab"),
        ("lib/testdata/.woodpecker/broken.yaml", "config"),
        ("jenkins/Jenkinsfile.release", "jenkins"),
        ("docs/Jenkinsfile.md", None),
        (".azure-pipelines/build.yml", "azure"),
        ("values.yaml", "config"),
    ],
)
def test_files_are_known_by_the_names_and_folders_that_each_system_reads(path: str, kind: str | None) -> None:
    assert kinds.kind_of(path) == kind


@pytest.mark.parametrize(
    ("text", "approved", "limited"),
    [
        ("      - deploy\n", False, False),
        ("      - hold: {type: approval}\n      - deploy: {requires: [hold]}\n", True, False),
        ("      - deploy: {filters: {branches: {only: main}}}\n", False, True),
        (
            "      - hold: {type: approval}\n      - test: {requires: [hold]}\n      - deploy: {requires: [test]}\n",
            True,
            False,
        ),
    ],
)
def test_a_circleci_workflow_says_who_lets_a_job_run_and_where(text: str, approved: bool, limited: bool) -> None:
    head = "jobs:\n  deploy:\n    docker: [{image: a:1}]\n    steps: [{run: make}]\nworkflows:\n  main:\n    jobs:\n"
    (job,) = read(".circleci/config.yml", head + text).jobs
    assert (job.parts.is_approved, job.parts.is_limited) == (approved, limited)


def test_what_a_system_pastes_is_masked_for_the_shell_and_known_as_a_substitution() -> None:
    text = "steps:\n  - script: echo $(System.PullRequest.SourceBranch) $HOME\n"
    document = read("azure-pipelines.yml", text)
    (script,) = document.scripts
    assert script.shell_text == "echo ${System_PullRequest_SourceBranch} $HOME"
    (pasted,) = document.substitutions
    assert (pasted.raw, pasted.writer) == ("$(System.PullRequest.SourceBranch)", "outsider")


def test_groovy_puts_values_into_double_quotes_alone() -> None:
    text = "node {\n  sh \"echo ${env.CHANGE_TITLE} \\$HOME\"\n  sh 'echo $CHANGE_TITLE'\n}\n"
    document = read("Jenkinsfile", text)
    assert [one.raw for one in document.substitutions] == ["${env.CHANGE_TITLE}"]
    assert [str(one.text) for one in document.scripts] == ["echo ${________________} $HOME", "echo $CHANGE_TITLE"]
