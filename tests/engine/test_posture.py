"""The practices of repositories: each state, the page's forms, and the tables that they are made of."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from infralint.analysis.project.standing import EVIDENCE
from infralint.cli.main import main
from infralint.engine.fixing import fix, write
from infralint.engine.options import Options
from infralint.engine.posture import Posture, Standing, posture_of
from infralint.engine.practice_docs import page
from infralint.output.posture import to_json, to_markdown, to_text
from infralint.output.posture_badge import to_badge
from infralint.output.posture_html import to_html
from infralint.policy.catalogue import read_rule_files, rules_folder
from infralint.tables.document_topics import TOPICS
from infralint.tables.practices import PRACTICES

DOCS = Path(__file__).parents[2] / "docs"
DEPLOY = """\
on:
  push:
    branches: [main]
permissions: {}
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - run: pytest
  deploy-production:
    needs: test
    runs-on: ubuntu-24.04
    steps:
      - run: kubectl apply -f k8s/
        env:
          TOKEN: ${{ secrets.CLUSTER_TOKEN }}
"""
CAREFUL = {
    ".github/workflows/deploy.yml": """\
on:
  push:
    branches: [main]
permissions: {}
concurrency: deploy
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - run: pytest
  deploy-staging:
    needs: test
    environment: staging
    runs-on: ubuntu-24.04
    steps:
      - run: python manage.py migrate
      - run: kubectl apply -f k8s/
  deploy-production:
    needs: deploy-staging
    environment: production
    runs-on: ubuntu-24.04
    steps:
      - run: python manage.py migrate
      - run: kubectl apply -f k8s/ --token "$TOKEN"
        env:
          TOKEN: ${{ secrets.CLUSTER_TOKEN }}
      - run: kubectl rollout status deployment/shop
""",
    ".github/CODEOWNERS": "* @example/operations\n",
    ".gitignore": ".env\n",
    ".env.example": "SHOP_TOKEN=\n",
    "Dockerfile": "FROM python:3.13-slim\nCOPY app.py /\nUSER 10001:10001\nHEALTHCHECK CMD python -c 'import app'\nCMD [\"python\", \"app.py\"]\n",
    "app.py": "print('shop')\n",
    "compose.prod.yaml": (
        "services:\n  db:\n    image: postgres:17.5\n    volumes: [data:/var/lib/postgresql/data]\n"
        "    healthcheck:\n      test: [CMD, pg_isready]\nvolumes:\n  data:\n"
    ),
    "uv.lock": "version = 1\n",
    "README.md": (
        "# Shop\n\n" + "This is the shop of the town and it is for the people who want to buy the shoes that are in it. " * 6
        + "\n\n## Getting started\n\n## Deployment\n\n## Environments\n"
    ),
    "SECURITY.md": "Write to security@example.com.\n",
    "docs/operations.md": "# Operations\n\n## Rollback\n\n## Backups\n\n## Restore\n\n## Secret rotation\n\n## Monitoring\n",
}  # fmt: skip
CARELESS = {".github/workflows/deploy.yml": DEPLOY, "README.md": "# Shop\n"}
LIBRARY = {"README.md": "# A parser\n", "src/parser.py": "pass\n"}


def laid_out(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def judged(root: Path, files: dict[str, str]) -> Posture:
    return posture_of([str(laid_out(root, files))], Options())


def states(posture: Posture) -> dict[str, str]:
    return {one.practice.name: one.state for one in posture.standings}


def standing(posture: Posture, name: str) -> Standing:
    return next(one for one in posture.standings if one.practice.name == name)


def test_a_careful_repository_meets_every_practice(tmp_path: Path) -> None:
    posture = judged(tmp_path, CAREFUL)
    assert {name: state for name, state in states(posture).items() if state != "met"} == {}, to_text(posture)
    rollback = standing(posture, "rollback")
    assert [(one.path, one.line) for one in rollback.evidence] == [("docs/operations.md", 3)]


def test_a_careless_repository(tmp_path: Path) -> None:
    posture = judged(tmp_path, CARELESS)
    assert states(posture) == {
        "infrastructure-as-code": "met",
        "automation": "not met",
        "secure-defaults": "not applicable",
        "no-hardcoded-secrets": "met",
        "least-privilege": "met",
        "secret-rotation": "not met",
        "access-control": "not met",
        "environments": "not assessed",
        "migrations": "not applicable",
        "monitoring": "not met",
        "staging": "not met",
        "rollback": "not met",
        "backup": "not applicable",
        "reproducibility": "not assessed",
        "documentation": "not met",
    }
    found = standing(posture, "secret-rotation").findings[0]
    assert (found.path, found.rule) == (".github/workflows/deploy.yml", "project/secret-rotation-undocumented")


def test_a_library_deploys_nothing(tmp_path: Path) -> None:
    posture = judged(tmp_path, LIBRARY)
    assert not posture.counts["not met"]
    assert states(posture)["rollback"] == "not applicable"
    assert standing(posture, "rollback").why == "nothing in this repository certainly deploys a running service"


def test_pipelines_named_after_tests_are_the_projects_own(tmp_path: Path) -> None:
    workflow = "on: push\njobs:\n  a: {runs-on: ubuntu-24.04, steps: [{run: make}]}\n"
    posture = judged(tmp_path, {".gitlab-ci.yml": "build:\n  script: make\n", ".github/workflows/test.yml": workflow})
    assert standing(posture, "infrastructure-as-code").state == "met"
    assert [one.rule for one in standing(posture, "least-privilege").findings] == ["workflow/permissions-missing"]


GITLAB = """\
stages: [test, deploy]
test:
  services: [postgres:17]
  variables: {POSTGRES_PASSWORD: postgres}
  script: pytest
deploy-dev:
  stage: deploy
  script: helm upgrade shop ./chart -f values-dev.yaml
  only: [develop]
deploy-prod:
  stage: deploy
  script: helm upgrade shop ./chart -f values-prod.yaml
  only: [main]
"""
UNWRITTEN = """\
# Shop

## Getting started

To make it easy for you to get started with GitLab, here's a list of recommended next steps.

## Test and Deploy

Use the built-in continuous integration in GitLab. It is what the people who are new to it need for the deployment of their own.

## Installation

Within a particular ecosystem, there may be a common way of installing things, such as using Yarn, NuGet, or Homebrew. However, \
consider the possibility that whoever is reading your README is a novice and would like more guidance. Listing specific steps \
helps remove ambiguity and gets people to using your project as quickly as possible.
"""


@pytest.mark.parametrize(
    "script",
    [
        "sshpass -p $PASSWORD ssh deploy@shop.example.com 'docker pull shop && docker run -d shop'",
        "npx ts-node scripts/deploy.ts production",
        "docker compose up -d",
    ],
)
def test_a_job_that_may_deploy_leaves_open_whether_practices_apply(tmp_path: Path, script: str) -> None:
    pipeline = f"deploy-production:\n  stage: deploy\n  script: {script}\n  only: [main]\n"
    posture = judged(tmp_path, {".gitlab-ci.yml": pipeline, "README.md": "# Shop\n"})
    for name in ("secret-rotation", "environments", "monitoring", "staging", "rollback"):
        assert standing(posture, name).state == "not assessed", name
        assert "`deploy-production` (.gitlab-ci.yml:3) may deploy" in standing(posture, name).why
    assert not posture.counts["not met"], to_text(posture)


def test_a_pipeline_of_gitlab_is_told_as_it_is(tmp_path: Path) -> None:
    posture = judged(tmp_path, {".gitlab-ci.yml": GITLAB, "Dockerfile": "FROM a:1\nUSER 1\n", "README.md": UNWRITTEN})
    (staging,) = standing(posture, "staging").evidence
    assert (staging.says, staging.line) == ("job `deploy-dev` deploys to an environment before production", 8)
    assert standing(posture, "secure-defaults").findings == ()
    assert standing(posture, "access-control").state == "not met"
    assert all("resource group" in one.message for one in standing(posture, "automation").findings)


def test_the_readme_that_gitlab_gives_a_new_project_tells_nothing(tmp_path: Path) -> None:
    posture = judged(tmp_path / "a", {".gitlab-ci.yml": GITLAB, "README.md": UNWRITTEN})
    assert standing(posture, "documentation").evidence == ()
    written = UNWRITTEN.replace(
        "Within a particular ecosystem, there may be a common way of installing things", "Run `npm ci`"
    )
    posture = judged(tmp_path / "b", {".gitlab-ci.yml": GITLAB, "README.md": written})
    assert [one.says for one in standing(posture, "documentation").evidence] == ["README", 'set-up: "Installation"']


@pytest.mark.parametrize(
    "path",
    ["migrations/000001_orders.up.sql", "db/migrations/V1__orders.sql", "app/prisma/main/migrations/1_a/migration.sql"],
)
def test_migrations_of_any_tool_make_the_practice_apply(tmp_path: Path, path: str) -> None:
    down = path.replace(".up.", ".down.")
    files = {path: "CREATE TABLE orders (id int);\n", down: "DROP TABLE orders;\n", "app/prisma/main/schema.prisma": ""}
    assert standing(judged(tmp_path, files), "migrations").state != "not applicable"


def test_a_mention_is_left_to_a_person(tmp_path: Path) -> None:
    posture = judged(tmp_path, {**CARELESS, "README.md": "# Shop\n\nTo return to the previous version, ask Ada.\n"})
    rollback = standing(posture, "rollback")
    assert rollback.state == "not assessed"
    assert "previous version" in rollback.why
    assert "README.md:3" in rollback.why


def test_what_is_suppressed_is_not_met_by_that(tmp_path: Path) -> None:
    silenced = CAREFUL | {
        "docs/operations.md": "# Operations\n\n## Backups\n\n## Restore\n\n## Secret rotation\n\n## Monitoring\n"
    }
    posture = judged(tmp_path / "a", silenced)
    assert standing(posture, "rollback").state == "not met"
    workflow = silenced[".github/workflows/deploy.yml"].replace(
        "      - run: kubectl apply -f k8s/\n",
        "      # infralint: ignore[rollback-undocumented] told elsewhere\n      - run: kubectl apply -f k8s/\n",
        1,
    )
    posture = judged(tmp_path / "b", {**silenced, ".github/workflows/deploy.yml": workflow})
    assert standing(posture, "rollback").state == "not assessed"
    assert "suppressed" in standing(posture, "rollback").why


def test_fixes_write_one_runbook_whose_blanks_are_no_proof(tmp_path: Path) -> None:
    state = {"compose.prod.yaml": CAREFUL["compose.prod.yaml"]}
    root = laid_out(tmp_path, CARELESS | state)
    result = fix([str(root)], Options(root=str(root), select=["project"]), unsafe=True)
    assert write(result) == []
    headings = re.findall(r"^## (.*)$", (root / "docs/runbook.md").read_text("utf-8"), re.M)
    assert sorted(headings) == ["Access", "Backup and restore", "Rollback", "Secret rotation"]
    again = fix([str(root)], Options(root=str(root), select=["project"]), unsafe=True)
    assert again.applied == []
    posture = posture_of([str(root)], Options())
    for name in ("rollback", "backup", "secret-rotation"):
        assert standing(posture, name).state == "not assessed", name


def test_a_part_of_a_repository_is_not_assessed(tmp_path: Path) -> None:
    laid_out(tmp_path, CARELESS)
    posture = posture_of([str(tmp_path / ".github")], Options(root=str(tmp_path)))
    assert standing(posture, "rollback").state == "not assessed"
    assert "does not see the whole repository" in to_text(posture)


def test_json_has_its_schema(tmp_path: Path) -> None:
    schema = json.loads((DOCS / "schemas/posture.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    for name, files in (("a", CAREFUL), ("b", CARELESS), ("c", LIBRARY)):
        posture = judged(tmp_path / name, files)
        jsonschema.validate(json.loads(to_json(posture)), schema)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.loads += [name for name, _ in attrs if name in ("src", "href", "onclick", "style")]


def test_the_page_loads_nothing_and_shows_what_files_say_as_text(tmp_path: Path) -> None:
    evil = "# Shop\n\n## Rollback <script>alert(1)</script> `x`\n"
    posture = judged(tmp_path, {**CARELESS, "README.md": evil})
    read = _Page()
    text = to_html(posture)
    read.feed(text)
    assert read.loads == []
    assert "script" not in read.tags
    assert "prefers-color-scheme: dark" in text
    assert "@media print" in text
    assert read.tags.count("section") == len(PRACTICES)
    assert "<script" not in to_markdown(posture)


def test_markdown_has_a_row_for_each_practice(tmp_path: Path) -> None:
    text = to_markdown(judged(tmp_path, CARELESS))
    assert [one.title for one in PRACTICES] == re.findall(r"^\| ([A-Z][^|]*?) \| (?:met|not)", text, re.M)


@pytest.mark.parametrize(("files", "says"), [(CAREFUL, "15 of 15 met"), (LIBRARY, "1 of 1 met|none assessed")])
def test_the_badge_counts_what_is_met(tmp_path: Path, files: dict[str, str], says: str) -> None:
    assert re.search(says, to_badge(judged(tmp_path, files)))


def call(*arguments: str) -> Result:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_the_command(tmp_path: Path) -> None:
    root = laid_out(tmp_path / "shop", CARELESS)
    assert call("posture", str(root)).output.startswith("shop: 15 practices, ")
    assert call("posture", str(root), "--exit-code").exit_code == 1
    done = call(
        "posture", str(root), "--format", "html", "-o", str(tmp_path / "p.html"), "--badge", str(tmp_path / "b.svg")
    )
    assert (done.exit_code, done.output) == (0, "")
    assert (tmp_path / "p.html").read_text("utf-8").startswith("<!doctype html>")
    assert (tmp_path / "b.svg").read_text("utf-8").startswith("<svg ")
    assert call("posture", str(tmp_path / "nowhere")).exit_code == 2


def test_explain_why(tmp_path: Path) -> None:
    root = laid_out(tmp_path, {**CARELESS, "docs/notes.md": "# Notes\n\nDeploys.\n"})
    text = call("explain", "--why", str(root), "rollback-undocumented").output
    assert ".github/workflows/deploy.yml:14: fires" in text
    assert "project.rollback is None  →  true" in text
    assert "deploys to Kubernetes; certain; service; environment production" in text
    assert "docs/notes.md: Notes" in text
    assert "rollback: nothing found" in text
    (root / "docs/notes.md").write_text("# Notes\n\n## Rollback\n", encoding="utf-8")
    text = call("explain", "--why", str(root), "rollback-undocumented").output
    assert "deploy.yml:14: silent" in text
    assert 'rollback: section "Rollback" (docs/notes.md:3)' in text
    refused = call("explain", "--why", str(root), "DL3002")
    assert refused.exit_code == 2
    assert "infralint trace DL3002 FILE" in refused.output


def test_the_page_of_practices_is_fresh() -> None:
    assert (DOCS / "practices.md").read_text("utf-8") == page()


def test_the_table_names_what_exists() -> None:
    rules = {rule_file.id for rule_file in read_rule_files(rules_folder())}
    assert len({one.name for one in PRACTICES}) == len(PRACTICES) == 15
    assert [rule for one in PRACTICES for rule in one.rules if rule not in rules] == []
    assert {name for one in PRACTICES for name in one.evidence} == set(EVIDENCE)
    assert {one.topic for one in PRACTICES} - {""} <= set(TOPICS)


def test_each_practice_has_a_rule_with_a_bad_a_good_and_a_project_to_which_it_does_not_apply() -> None:
    known = {rule_file.id: rule_file for rule_file in read_rule_files(rules_folder())}
    outside = re.compile(r"^## .*(?:does not apply|library|static site)", re.I | re.M)
    for practice in PRACTICES:
        verdicts = [
            {one.verdict for one in known[rule].examples} for rule in practice.rules if outside.search(known[rule].body)
        ]
        assert any({"bad", "good"} <= each for each in verdicts), practice.name
