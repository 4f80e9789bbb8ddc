"""The command line as a user meets it: exit codes, formats, files, and no traceback whatever is typed."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from infralint.cli.main import main

HIGH = "services:\n  a:\n    image: x:1\n    privileged: true\n"


def call(*arguments: str, **options: Any) -> Result:
    result = CliRunner().invoke(main, list(arguments), **options)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_exit_codes_and_which_of_them_wins(root: Path) -> None:
    (root / "a.env").write_text("A=1\n", encoding="utf-8")
    assert call("check").exit_code == 0
    (root / "a.env").write_text("B=1\nA\n", encoding="utf-8")
    assert call("check").exit_code == 0, "a low finding is below the default floor"
    assert call("check", "--fail-on", "low").exit_code == 1
    (root / "compose.yaml").write_text(HIGH, encoding="utf-8")
    assert call("check").exit_code == 1
    assert call("check", "--fail-on", "critical").exit_code == 0
    assert call("check", "--fail-on", "never").exit_code == 0
    (root / "docker-compose.yml").write_text("services: [\n", encoding="utf-8")
    assert call("check").exit_code == 3, "what could not be read wins over what was found"
    assert call("check", "--fail-on", "never").exit_code == 3
    assert call("check", "--config", "no.toml").exit_code == 2


@pytest.mark.parametrize("form", ["text", "concise", "json", "github", "sarif"])
def test_formats_name_the_rule_and_the_line(root: Path, form: str) -> None:
    (root / "compose.yaml").write_text(HIGH, encoding="utf-8")
    result = call("check", "--format", form)
    assert result.exit_code == 1
    assert "compose/privileged-service" in result.stdout
    if form in ("json", "sarif"):
        json.loads(result.stdout)


def test_outputs_are_written_whole(root: Path) -> None:
    (root / "compose.yaml").write_text(HIGH, encoding="utf-8")
    result = call("check", "--output", "out.sarif", "--output", "json=report", "-q")
    assert result.exit_code == 1
    assert json.loads(Path("out.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    json.loads(Path("report").read_text(encoding="utf-8"))
    assert call("check", "--output", "no/such/out.sarif").exit_code == 2
    assert call("check", "--output", "report").exit_code == 2


def test_diff_prints_and_patch_writes_what_git_takes(root: Path) -> None:
    before = b"\xef\xbb\xbf# caf\xe9\r\nA=b\r\nA=b\r\n"
    (root / ".env").write_bytes(before)
    shown = call("check", "--select", "duplicate-key", "--diff")
    assert shown.exit_code == 1
    assert call("check", "--select", "duplicate-key", "--patch", "x.patch").exit_code == 1
    assert (root / ".env").read_bytes() == before
    assert shown.stdout_bytes == (root / "x.patch").read_bytes()
    subprocess.run(["git", "apply", "x.patch"], check=True, cwd=root)
    assert (root / ".env").read_bytes() == before.replace(b"A=b\r\nA=b\r\n", b"A=b\r\n")


def test_fix_mends_and_says_so(root: Path) -> None:
    (root / ".env").write_text("A=b\nA=b\n", encoding="utf-8")
    result = call("check", "--fix")
    assert result.exit_code == 1, "a hook has to see that files changed"
    assert "fixed 1 finding in 1 file" in result.stderr
    assert call("check", "--fix").exit_code == 0


def test_standard_input_is_judged_by_its_name(root: Path) -> None:
    result = call("check", "--stdin-filename", "deploy/compose.yaml", "--format", "concise", input=HIGH)
    assert result.exit_code == 1
    assert "deploy/compose.yaml:4" in result.stdout
    fixed = call("check", "-", "--stdin-filename", ".env", "--select", "duplicate-key", "--fix", input="A=b\nA=b\n")
    assert (fixed.exit_code, fixed.stdout) == (0, "A=b\n")
    shown = call("check", "-", "--as", "env", "--select", "duplicate-key", "--diff", input="A=b\nA=b\n")
    assert shown.stdout.endswith("@@ -1,2 +1 @@\n A=b\n-A=b\n")
    assert call("check", "-", input="A=1\n").exit_code == 2
    assert call("check", "--stdin-filename", ".env", input=b"\0").exit_code == 3


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "no-such-file"], ["check", "--root", ".", "/etc"], ["check", "--select", "no-such-rule"], ["check", "--select", ","],
        ["check", "--fail-on", "loud"], ["check", "--format", "xml"], ["check", "--profile", "x"], ["check", "--nope"],
        ["check", "--root", "no"], ["check", "--rules", "no"], ["check", "--output", "x"], ["check", "--config", "/"],
        ["nope"], ["explain"], ["explain", "no-such"], ["nouns", "nope"], ["rules", "nope"], ["trace", "x", "no"],
        ["prove", "nope"], ["new", "nope"], ["new", "nope/x"], ["init", "no-such-folder"], ["explain", ""],
    ],
)  # fmt: skip
def test_wrong_usage_is_two_and_says_what(root: Path, arguments: list[str]) -> None:
    result = call(*arguments)
    assert result.exit_code == 2
    assert result.output.strip()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("profil = 'x'", "did you mean 'profile'"), ("profile = 'loud'", "one of default"), ("ignore = ['dupl-key']", "no rule or kind"),
        ("ignore = 'x'", "list of texts"), ("[", "is not TOML"), ("extends = '../x.toml'", "not a file below"),
        ("[rules.nope]\na = 1", "no rule 'nope'"), ("[rules.duplicate-key]\na = 1", "no setting 'a'"), ("honor = ['x']", "honor names"),
    ],
)  # fmt: skip
def test_wrong_settings_name_file_and_line(root: Path, text: str, message: str) -> None:
    (root / ".env").write_text("A=1\n", encoding="utf-8")
    (root / "infralint.toml").write_text("# first\n" + text + "\n", encoding="utf-8")
    result = call("check")
    assert result.exit_code == 2
    assert message in result.output
    assert f"infralint.toml:{3 if 'a = 1' in text and 'dupl' in text else 2}" in result.output


def test_the_other_commands(root: Path) -> None:
    assert "env/duplicate-key" in call("explain", "dotenv-linter/DuplicatedKey").output
    assert "env/duplicate-key" in call("explain", "DuplicatedKey").output
    assert "env/duplicate-key" in call("rules", "env", "--same-as").output
    assert json.loads(call("rules", "env", "--format", "json").output)
    assert ".previous_definition" in call("nouns", "env.entry").output
    (root / ".env").write_text("A=1\nA=2\n", encoding="utf-8")
    traced = call("trace", "duplicate-key", ".env").output
    assert "fires" in traced
    assert "silent" in traced
    assert call("init").exit_code == 0
    assert call("check", "--select", "default-credential").exit_code == 0
    assert call("init").exit_code == 2
    assert call("new", "env/my-rule").exit_code == 0
    assert Path(".infralint/rules/env/my-rule.md").is_file()
    assert call("prove", "env/duplicate-key").exit_code == 0
    assert call("--version").output.startswith("infralint ")


def test_explain_tells_whose_a_rule_is_that_no_rule_answers() -> None:
    done = CliRunner().invoke(main, ["explain", "checkov/CKV_AZURE_1"])
    assert (done.exit_code, "if checkov has it, `infralint check . --with checkov`" in done.output) == (2, True)
    assert "no rule is called 'DL9999'" in CliRunner().invoke(main, ["explain", "DL9999"]).output
    assert CliRunner().invoke(main, ["explain", "XY1234"]).exit_code == 2
