"""Tables of GitHub Actions, and what counts as deploying."""

from __future__ import annotations

import pytest

from infralint.tables import deploys, github


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("github.event.issue.title", True),
        ("github.head_ref", True),
        ("github.event.commits.*.message", True),
        ("github.event.commits.[].author.name", True),
        ("github.event.*.title", True),
        ("github.event.pull_request.number", False),
        ("github.event.issue", False),
        ("github.[]", False),
        ("github.sha", False),
        ("env.TITLE", False),
    ],
)
def test_who_writes_a_context(path: str, wanted: bool) -> None:
    assert github.is_attacker_controlled(tuple(path.split("."))) is wanted


def test_an_object_as_json_holds_what_is_below_it() -> None:
    assert github.is_attacker_controlled(("github", "event"), whole=True)
    assert not github.is_attacker_controlled(("github", "sha"), whole=True)


def test_no_context_is_both_fixed_and_written_by_strangers() -> None:
    assert [path for path in github.FIXED if github.is_attacker_controlled(tuple(path.split(".")))] == []


@pytest.mark.parametrize(
    ("command", "target"),
    [
        ("kubectl -n prod apply -f k8s/", "Kubernetes"),
        ("helm upgrade --install app ./chart", "Kubernetes"),
        ("aws ecs --region eu-west-1 update-service --cluster c", "Amazon ECS"),
        ("npx serverless deploy --stage prod", "Serverless Framework"),
        ("/usr/bin/flyctl deploy --remote-only", "Fly.io"),
        ("bundle exec cap production deploy", "Capistrano"),
        ("terraform plan", None),
        ("kubectl apply --dry-run=client -f x", None),
        ("kubectl get pods", None),
        ("echo terraform apply", None),
    ],
)
def test_commands_that_deploy(command: str, target: str | None) -> None:
    assert deploys.target_of_command(command.split()) == target


def test_actions_that_deploy() -> None:
    assert deploys.target_of_action("Azure/webapps-deploy") == "Azure App Service"
    assert deploys.target_of_action("superfly/flyctl-actions") == "Fly.io"
    assert deploys.target_of_action("actions/checkout") is None


@pytest.mark.parametrize(
    ("command", "wanted"),
    [
        ("kubectl rollout undo deployment/web", True),
        ("helm rollback web 3", True),
        ("helm upgrade --install --atomic web ./chart", True),
        ("helm upgrade --install web ./chart", False),
        ("git revert HEAD", False),
    ],
)
def test_ways_back(command: str, wanted: bool) -> None:
    assert deploys.is_rollback(command.split()) is wanted
