"""How deployments are graded: environment, trigger, approval, order, form."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from infralint.engine.cross_file import project_of
from infralint.engine.options import Options
from infralint.engine.run import judge_all
from infralint.engine.session import Session
from infralint.model.project.summary import DeploymentSummary

HEAD = "on:\n  push:\n    branches: [main]\njobs:\n"
STEP = "    runs-on: ubuntu-24.04\n    steps:\n      - run: {}\n"


def deployments(root: Path, path: str, text: str, **more: str) -> list[DeploymentSummary]:
    for name, content in {path: text, **more}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content, encoding="utf-8")
    session = Session([str(root)], Options(root=str(root)))
    _, judged = judge_all(session, 0.0)
    return [one.summary for one in project_of(session, judged).deployments()]


def one_of(root: Path, text: str, path: str = ".github/workflows/w.yml") -> DeploymentSummary:
    found = deployments(root, path, text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("job", "grade"),
    [
        ("  deploy-prod:\n" + STEP.format("kubectl apply -f k8s/"), {"stage": "production", "is_approved": False}),
        ("  deploy:\n    environment: production\n" + STEP.format("kubectl apply -f k8s/"), {"stage": "production", "is_approved": None}),
        ("  deploy:\n" + STEP.format("helm upgrade shop ./chart -f values-staging.yaml"), {"stage": "staging"}),
        ("  deploy:\n" + STEP.format("kubectl apply -f k8s/"), {"stage": "unknown", "triggers": ("branch",)}),
        ("  deploy:\n    concurrency: deploy\n" + STEP.format("kubectl apply -f k8s/"), {"is_serialised": True}),
        ("  deploy:\n" + STEP.format("terraform apply -auto-approve"), {"form": "infrastructure", "is_serialised": False}),
        ("  deploy:\n" + STEP.format("npx wrangler pages deploy dist"), {"form": "site"}),
        ("  deploy:\n" + STEP.format("pytest && kubectl apply -f k8s/"), {"runs_after_tests": True}),
        ("  test:\n" + STEP.format("pytest") + "  deploy:\n    needs: test\n" + STEP.format("kubectl apply -f k8s/"), {"runs_after_tests": True}),
        ("  test:\n" + STEP.format("pytest") + "  deploy:\n" + STEP.format("kubectl apply -f k8s/"), {"runs_after_tests": False}),
        ("  deploy:\n" + STEP.format("python manage.py migrate && kubectl apply -f k8s/"), {"migrates": True, "migration_at": None}),
    ],
)  # fmt: skip
def test_grades_of_workflows(tmp_path: Path, job: str, grade: dict[str, Any]) -> None:
    found = one_of(tmp_path, HEAD + job)
    assert {name: getattr(found.grade, name) for name in grade} == grade


@pytest.mark.parametrize(
    "job",
    [
        "  publish:\n" + STEP.format("npm publish"),
        "  publish:\n" + STEP.format("twine upload dist/*"),
        "  push:\n" + STEP.format("docker push ghcr.io/a/b:1"),
        "  test:\n" + STEP.format("kind create cluster && kubectl apply -f k8s/"),
        "  e2e:\n" + STEP.format("minikube start && helm upgrade --install a ./chart"),
        "  try:\n" + STEP.format("terraform apply -auto-approve; terraform destroy -auto-approve"),
        "  plan:\n" + STEP.format("terraform plan"),
        "  lint:\n" + STEP.format("kubectl apply --dry-run=client -f k8s/"),
        "  plugin:\n" + STEP.format("helm plugin install https://example.com/upgrade"),
    ],
)
def test_these_deploy_no_service(tmp_path: Path, job: str) -> None:
    assert deployments(tmp_path, ".github/workflows/w.yml", HEAD + job) == []


def test_pull_requests_and_previews_are_no_deployments(tmp_path: Path) -> None:
    job = "jobs:\n  deploy:\n" + STEP.format("kubectl apply -f k8s/")
    assert deployments(tmp_path, ".github/workflows/w.yml", "on: pull_request\n" + job) == []
    job = "jobs:\n  preview:\n" + STEP.format("vercel deploy")
    assert deployments(tmp_path, ".github/workflows/w.yml", "on: push\n" + job) == []


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("deploy:\n  script: kubectl apply -f k8s/\n  when: manual\n", {"is_approved": True, "triggers": ("manual",)}),
        ("deploy:\n  script: kubectl apply -f k8s/\n  resource_group: production\n", {"is_serialised": True}),
        (
            "deploy:\n  stage: deploy\n  script: kubectl apply -f k8s/\ntest:\n  script: pytest\n",
            {"runs_after_tests": True},
        ),
        ("deploy-staging:\n  script: kubectl apply -f k8s/\n", {"stage": "staging"}),
    ],
)
def test_grades_of_gitlab(tmp_path: Path, text: str, grade: dict[str, Any]) -> None:
    found = one_of(tmp_path, text, ".gitlab-ci.yml")
    assert {name: getattr(found.grade, name) for name in grade} == grade


def test_a_name_alone_is_likely(tmp_path: Path) -> None:
    found = one_of(tmp_path, HEAD + "  deploy:\n" + STEP.format("./scripts/deploy.sh"))
    assert found.certainty == "likely"


def test_a_called_workflow_is_started_by_its_callers(tmp_path: Path) -> None:
    called = "on: workflow_call\njobs:\n  deploy:\n" + STEP.format("kubectl apply -f k8s/")
    caller = HEAD + "  release:\n    uses: ./.github/workflows/called.yml\n"
    found = deployments(tmp_path, ".github/workflows/called.yml", called, **{".github/workflows/main.yml": caller})
    assert [one.grade.triggers for one in found if one.certainty == "certain"] == [("branch",)]
