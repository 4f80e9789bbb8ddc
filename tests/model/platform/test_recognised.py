"""Files of platforms are found by their names, or by what they hold; others of the same name are left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from infralint.engine.options import Options
from infralint.engine.run import run
from infralint.model.kinds import kind_of_source, looks_alike
from infralint.text.source import Source

POLICY = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}'
TEMPLATE = "Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n"


@pytest.mark.parametrize(
    ("path", "text", "kind"),
    [
        ("fly.toml", 'app = "x"\n', "fly"),
        ("fly.staging.toml", 'app = "x"\n', "fly"),
        ("web/netlify.toml", "", "netlify"),
        ("vercel.json", "{}", "vercel"),
        ("public/_headers", "/*\n  X-Frame-Options: DENY\n", "pages"),
        ("public/_redirects", "/a /b\n", "pages"),
        ("worker/wrangler.jsonc", "{}", "wrangler"),
        ("railway.json", '{"deploy": {}}', "railway"),
        ("render.yaml", "services: []\n", "render"),
        ("Procfile", "web: x\n", "procfile"),
        ("heroku.yml", "run: {}\n", "heroku"),
        ("serverless.yml", "provider: {}\n", "serverless"),
        ("deploy/template.yaml", TEMPLATE, "cloudformation"),
        ("deploy/stack.json", '{"Resources": {"T": {"Type": "AWS::SNS::Topic"}}}', "cloudformation"),
        ("deploy/other.json", '{\n  "Resources": {\n    "T": {\n      "Type": "AWS::SNS::Topic"\n    }\n  }\n}', "cloudformation"),
        ("task.json", '{"family": "x", "containerDefinitions": []}', "ecs"),
        ("role.json", POLICY, "iam"),
        (".devcontainer/devcontainer.json", "{}", "devcontainer"),
        (".devcontainer/api/devcontainer.json", "{}", "devcontainer"),
        (".vscode/tasks.json", "{}", "editor"),
        (".mcp.json", "{}", "editor"),
        ("Vagrantfile", "", "vagrant"),
        (".tool-versions", "", "versions"),
        (".nvmrc", "22", "versions"),
        ("package.json", '{"name": "x"}', "config"),
        ("settings.yaml", "Type: AWS\n", "config"),
        ("tsconfig.json", '{"compilerOptions": {}}', "config"),
    ],
)  # fmt: skip
def test_files_have_the_kind_that_their_name_or_text_tells(path: str, text: str, kind: str) -> None:
    assert kind_of_source(Source(path, text)) == kind


@pytest.mark.parametrize(
    ("path", "text", "kind"),
    [
        ("render.yaml", "pipeline: []\n", "render"),
        ("app.json", '{"expo": {"name": "x"}}', "heroku"),
        ("fly.local.toml", "[package]\nname = 'x'\n", "fly"),
        ("serverless.yml", "component: express\n", "serverless"),
    ],
)
def test_other_files_of_that_name_are_left_alone(path: str, text: str, kind: str) -> None:
    assert kind_of_source(Source(path, text)) == kind
    assert not looks_alike(Source(path, text), kind)


def test_json_that_only_resembles_a_policy_and_cannot_be_read_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "lines.json").write_text(f"{POLICY}\n{POLICY}\n", encoding="utf-8")
    assert run([str(tmp_path)], Options(root=str(tmp_path))).findings == []


def test_a_file_that_its_name_tells_and_that_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "vercel.json").write_text('{"cleanUrls": }', encoding="utf-8")
    found = run([str(tmp_path)], Options(root=str(tmp_path))).findings
    assert [(one.rule, one.message) for one in found] == [
        ("infralint/unreadable-file", "cannot be read: `}` is not expected here")
    ]


def test_a_template_is_no_example_by_its_name(tmp_path: Path) -> None:
    text = "Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties: {Runtime: python3.8, Environment: {Variables: {DB_PASSWORD: kT9x2LqVw8Zr4Nb7}}}\n"
    (tmp_path / "template.yaml").write_text(text, encoding="utf-8")
    report = run([str(tmp_path / "template.yaml")], Options(root=str(tmp_path)))
    assert {one.rule for one in report.findings} == {"cloudformation/ended-runtime", "any/hardcoded-secret"}
    assert report.notices == []
