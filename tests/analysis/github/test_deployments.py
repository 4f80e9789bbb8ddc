"""Deployments of a workflow, and what the project learns of them."""

from __future__ import annotations

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
