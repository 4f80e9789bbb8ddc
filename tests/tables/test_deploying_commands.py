"""Commands that deploy, and options with which they build, plan or check only."""

from __future__ import annotations

import pytest

from infralint.tables.deploys import target_of_command


@pytest.mark.parametrize(
    ("command", "target"),
    [
        ("vercel --prod", "Vercel"),
        ("vercel --token x --prod", "Vercel"),
        ("vercel build --prod", None),
        ("vercel", None),
        ("git push heroku main", "Heroku"),
        ("git push -f dokku HEAD:main", "Dokku"),
        ("git push origin main", None),
        ("fly deploy --remote-only", "Fly.io"),
        ("fly deploy --build-only --push", None),
        ("sam deploy --no-execute-changeset", None),
        ("cdk deploy --no-execute", None),
        ("terraform apply -refresh-only", None),
        ("ansible-playbook site.yml --syntax-check", None),
        ("helm upgrade shop chart --dry-run=server", None),
        ("ecspresso deploy", "Amazon ECS"),
    ],
)
def test_a_command_deploys_unless_it_only_prepares(command: str, target: str | None) -> None:
    assert target_of_command(command.split()) == target
