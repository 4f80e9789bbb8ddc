"""Deployments of a workflow, and what the project learns of them."""

from __future__ import annotations

import pytest
from github_documents import steps, workflow

from infralint.analysis.github.deployments import deployment_of, job_target, rollback_of_job
from infralint.analysis.github.summary import workflow_summary


def test_deployments() -> None:
    document = steps(
        """\
        - run: kubectl apply -f k8s/${{ inputs.x }}.yml
        - if: failure()
          run: kubectl rollout undo deployment/web
        """,
        extra="    environment: {name: production, url: https://example.com}\n    timeout-minutes: 15\n",
    )
    (job,) = document.jobs
    deployed = deployment_of(job)
    assert deployed is not None and deployed.raw.startswith("kubectl apply")
    assert job_target(job) == "Kubernetes"
    assert rollback_of_job(job) is not None
    assert job.environment == "production" and job.timeout == 15


def test_a_release_that_deploys_tells_the_project_where_and_whether_it_can_go_back() -> None:
    text = """
        on: push
        jobs:
          deploy:
            runs-on: ubuntu-24.04
            environment: production
            steps:
              - run: |
                  make
                  kubectl apply -f k8s/
          test:
            runs-on: ubuntu-24.04
            steps:
              - run: make test
        """
    document = workflow(text)
    (found,) = workflow_summary(document).deployments
    assert (found.how, found.environment, found.has_rollback) == ("Kubernetes", "production", False)
    assert document.source.text[found.at.start : found.at.end] == "kubectl apply -f k8s/"
    (other,) = workflow_summary(workflow(text.replace("make test", "kubectl rollout undo deployment/web"))).deployments
    assert other.has_rollback


@pytest.mark.parametrize(
    "lines",
    [
        "- uses: helm/kind-action@v1\n- run: kubectl apply -f k8s/\n",
        "- run: |\n    k3d cluster create x\n    helm install x chart\n",
        "- run: ansible-playbook tools/smoke-test.yml -v\n",
        "- uses: superfly/flyctl-actions/setup-flyctl@v1\n",
    ],
)
def test_what_lives_as_long_as_the_job_is_no_deployment(lines: str) -> None:
    (job,) = steps(lines).jobs
    assert deployment_of(job) is None
    assert job_target(job) is None


def test_a_job_that_is_named_after_a_test_deploys_nothing() -> None:
    text = "on: push\njobs:\n  {}:\n    runs-on: x\n    steps:\n      - run: kubectl apply -f k8s/\n"
    assert deployment_of(workflow(text.format("e2e-test")).jobs[0]) is None
    assert deployment_of(workflow(text.format("latest")).jobs[0]) is not None


def test_wrangler_puts_up_sites_and_workers() -> None:
    text = "- uses: cloudflare/wrangler-action@v3\n  with:\n    command: {}\n"
    assert job_target(steps(text.format("pages deploy public --project-name=x")).jobs[0]) == "Cloudflare Pages"
    assert job_target(steps(text.format("deploy")).jobs[0]) == "Cloudflare Workers"


@pytest.mark.parametrize(
    ("arguments", "target"),
    [("apply -l environment=prod", "Kubernetes"), ("sync", "Kubernetes"), ("lint", None), ("${{ inputs.what }}", None)],
)
def test_an_action_that_runs_a_program_deploys_by_its_arguments(arguments: str, target: str | None) -> None:
    (job,) = steps(f"- uses: helmfile/helmfile-action@v2\n  with: {{helmfile-args: '{arguments}'}}\n").jobs
    assert job_target(job) == target
    assert (deployment_of(job) is not None) is (target is not None)
