"""Commands that deploy, and options with which they build, plan or check only."""

from __future__ import annotations

import pytest

from infralint.tables.deploy_names import target_of_text
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
        ("mike deploy 1.2 latest --push", "GitHub Pages"),
        ("mike deploy 1.2", None),
    ],
)
def test_a_command_deploys_unless_it_only_prepares(command: str, target: str | None) -> None:
    assert target_of_command(command.split()) == target


@pytest.mark.parametrize(
    ("command", "job", "target"),
    [
        ('curl -X POST "${{ secrets.RENDER_DEPLOY_HOOK }}"', "notify", "what its deploy hook starts"),
        ("curl https://example.com/status", "deploy", None),
        ("git push https://heroku:$KEY@git.heroku.com/shop.git main", "build", "Heroku"),
        ("ssh shop@example.com", "deploy", "a server over SSH"),
        ("ssh shop@example.com", "test", None),
        ("aws s3 sync ./public/ s3://${{ env.BUCKET }} --delete", "deploy", "Amazon S3"),
        ("aws s3 cp s3://shop/model.bin .", "deploy", None),
        ("docker compose -f compose.yaml up -d", "deploy", "the machine that runs the job"),
        ("docker compose up", "deploy", None),
        ("docker compose up -d", "test-deploy", None),
    ],
)
def test_what_is_written_of_a_command_tells_where_it_seems_to_deploy(
    command: str, job: str, target: str | None
) -> None:
    assert target_of_text(command, command.split(), job) == target
