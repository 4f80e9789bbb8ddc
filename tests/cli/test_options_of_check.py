"""The options of `check`: what is judged, what is reported, what is old, and how it is laid out."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from infralint.cli.main import main

ENV = "A=b\nA=b\nB\n"
HIGH = "services:\n  a:\n    image: x:1\n    privileged: true\n"


def call(*arguments: str, **options: Any) -> Result:
    result = CliRunner().invoke(main, list(arguments), **options)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def rules(*arguments: str) -> list[str]:
    report = json.loads(call("check", "--format", "json", *arguments).stdout)
    return sorted(one["rule"].rpartition("/")[2] for one in report["findings"])


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text(ENV, encoding="utf-8")
    (tmp_path / "compose.yaml").write_text(HIGH, encoding="utf-8")
    return tmp_path


def git(*arguments: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@b.example", *arguments], check=True, capture_output=True
    )


ALL = ["duplicate-key", "key-without-value", "privileged-service"]


@pytest.mark.parametrize(
    ("arguments", "left"),
    [
        ([], ALL),
        (["--ignore", "duplicate-key"], ALL[1:]), (["--ignore", "env,no-such"], None), (["--ignore", "env"], ALL[2:]),
        (["--select", "env", "--ignore", "DuplicatedKey"], ALL[1:2]), (["--exclude", "*.yaml"], ALL[:2]),
        (["--select", "env", "--extend-select", "privileged-service"], ALL),
        (["--min-severity", "high"], ALL[2:]), (["--min-severity", "critical"], []), (["--min-confidence", "high", "--select", "privileged-service"], ALL[2:]),
    ],
)  # fmt: skip
def test_what_is_reported(root: Path, arguments: list[str], left: list[str] | None) -> None:
    if left is None:
        assert call("check", *arguments).exit_code == 2
    else:
        assert rules(*arguments) == left


def test_ignored_and_mild_findings_are_not_fixed(root: Path) -> None:
    call("check", "--fix", "--ignore", "duplicate-key")
    call("check", "--fix", "--min-severity", "high")
    assert (root / ".env").read_text(encoding="utf-8") == ENV


def test_exclude_of_outer_settings_holds_in_inner_folders(root: Path) -> None:
    (root / "sub/old").mkdir(parents=True)
    (root / "sub/old/compose.yaml").write_text(HIGH, encoding="utf-8")
    (root / "sub/infralint.toml").write_text("", encoding="utf-8")
    (root / "infralint.toml").write_text('exclude = ["old"]\n', encoding="utf-8")
    assert rules("--select", "privileged-service") == ["privileged-service"]
    named = call("check", "--root", ".", "sub/old/compose.yaml")
    assert "is not judged: `exclude`" in named.output
    assert "is not judged" not in call("check", "--root", ".", "--force-exclude", "sub/old/compose.yaml").output


def test_two_folders_outside_of_a_repository_are_judged_together(root: Path) -> None:
    for name in ("x", "y"):
        (root / name).mkdir()
        (root / name / "compose.yaml").write_text(HIGH, encoding="utf-8")
    shown = call("check", "x", "y", "--format", "concise").output
    assert "x/compose.yaml:4" in shown
    assert "y/compose.yaml:4" in shown


def test_statistics_count_by_rule(root: Path) -> None:
    lines = call("check", "--statistics").output.splitlines()
    assert [line.split()[:2] for line in lines[:3]] == [["1", "high"], ["1", "medium"], ["1", "low"]] or len(lines) == 5
    data = json.loads(call("check", "--statistics", "--format", "json").output)
    assert {row["rule"]: row["findings"] for row in data["rules"]}["env/duplicate-key"] == 1


def test_findings_are_grouped_and_cut(root: Path) -> None:
    shown = call("check", "--group-by", "rule").output
    assert any(
        line.startswith("compose/privileged-service  Privileged service · 1 finding") for line in shown.splitlines()
    )
    cut = call("check", "--max-findings", "1")
    assert "2 more findings are not shown" in cut.output
    assert "privileged" in cut.output
    assert "3 findings" in cut.output
    assert call("check", "--max-findings", "0").exit_code == 1, "what is not shown counts all the same"


def test_the_files_and_settings_of_a_run_are_shown(root: Path) -> None:
    (root / "infralint.toml").write_text('fail-on = "low"\n', encoding="utf-8")
    assert {".env: env", "compose.yaml: compose"} <= set(call("check", "--show-files").output.splitlines())
    shown = call("check", "--show-settings", "--profile", "pedantic").output
    assert 'fail-on = "low"  # infralint.toml:1' in shown
    assert 'profile = "pedantic"  # the command line' in shown
    assert 'min-severity = "info"  # default' in shown
    assert 'fail-on = "low"  # infralint.toml:1' in call("config").output


def test_new_from_reports_only_what_is_new(root: Path) -> None:
    git("init", "-q", "-b", "main")
    git("add", ".env")
    git("commit", "-q", "-m", "one")
    assert rules("--new-from", "main") == ["privileged-service"]
    (root / "deploy").mkdir()
    git("mv", ".env", "deploy/.env")
    assert rules("--new-from", "main") == ["privileged-service"]
    call("check", "--new-from", "main", "--fix")
    assert (root / "deploy/.env").read_text(encoding="utf-8") == ENV
    gone = call("check", "--new-from", "nope")
    assert gone.exit_code == 2
    assert "no such commit" in gone.output


def test_new_from_says_that_a_clone_is_shallow(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git("init", "-q", "-b", "main")
    for message in ("one", "two"):
        git("add", ".env")
        git("commit", "-q", "--allow-empty", "-m", message)
    git("clone", "-q", "--depth", "1", f"file://{root}", "shallow")
    monkeypatch.chdir(root / "shallow")
    failed = call("check", "--new-from", "HEAD~1")
    assert failed.exit_code == 2
    assert "shallow" in failed.output


def test_staged_judges_what_will_be_committed(root: Path) -> None:
    git("init", "-q")
    git("add", ".env")
    (root / ".env").write_text("A=1\n", encoding="utf-8")
    assert rules("--staged") == ALL[:2]
    git("add", ".env")
    assert rules("--staged") == []
    assert rules() == ALL[2:]


def test_watch_judges_when_something_changes(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from infralint.cli import watch

    seen: list[int] = []

    def judge() -> int:
        seen.append(len((root / ".env").read_text(encoding="utf-8")))
        return 0

    def wait(seconds: float) -> None:
        (root / ".env").write_text("A=1\nCHANGED=1\n", encoding="utf-8")

    monkeypatch.setattr(watch.time, "sleep", wait)
    assert watch.watch(["."], judge, rounds=2) == 0
    assert seen == [len(ENV), 14]


@pytest.mark.parametrize("arguments", [["-"], ["-", "x"], ["--watch", "--fix"], ["--new-from", "x", "--baseline", "y"]])
def test_what_does_not_go_together_is_refused(root: Path, arguments: list[str]) -> None:
    assert call("check", *arguments, input="").exit_code == 2


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_complete_rules(shell: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "_INFRALINT_COMPLETE" in call("completion", shell).output
    monkeypatch.setenv("_INFRALINT_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "infralint check --select runs-as-r")
    monkeypatch.setenv("COMP_CWORD", "3")
    shown = CliRunner().invoke(main, [], prog_name="infralint").output
    assert "runs-as-root" in shown


def test_text_fits_the_terminal_and_links_the_pages(root: Path) -> None:
    import infralint
    from infralint.output.text import Look, to_text

    report = infralint.check(".")
    for line in to_text(report, look=Look(width=60)).splitlines():
        assert len(line) <= 60 or " · " in line or line.startswith(("note", "Next")), line
    linked = to_text(report, look=Look(color=True, links=True))
    assert "\x1b]8;;file://" in linked
    report.docs_url = "https://docs.example.org/lint/"
    assert "\x1b]8;;https://docs.example.org/lint/rules/compose/privileged-service/\x1b" in to_text(
        report, look=Look(links=True)
    )


def test_the_job_summary_of_github_is_written(root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    call("check", "--format", "github")
    assert (tmp_path / "summary.md").read_text(encoding="utf-8").startswith("## infralint\n")
    (tmp_path / "summary.md").unlink()
    call("check", "--format", "text")
    assert not (tmp_path / "summary.md").exists()
