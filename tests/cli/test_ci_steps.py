"""`infralint init --ci`: the job that is added, to which CI systems, and what stays as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from infralint.cli.init import command
from infralint.engine.options import Options
from infralint.engine.run import run

GITLAB = "# ours\r\nstages: [build, deploy] # two\r\nbuild:\r\n  script: make\r\n"


def init(folder: Path, code: int = 0) -> str:
    done = CliRunner().invoke(command, [str(folder), "--ci"])
    assert done.exit_code == code, done.output
    return done.output


def test_a_workflow_that_our_own_rules_find_nothing_in(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert "wrote" in init(tmp_path)
    written = tmp_path / ".github" / "workflows" / "infralint.yml"
    report = run([str(written)], Options(root=str(tmp_path), profile="pedantic"))
    assert [one.rule for one in report.findings] == []
    assert "exists already; it was left as it is" in init(tmp_path)


def test_a_job_at_the_end_of_gitlabs_file(tmp_path: Path) -> None:
    file = tmp_path / ".gitlab-ci.yml"
    file.write_bytes(GITLAB.encode())
    assert "added the job `infralint`" in init(tmp_path)
    text = file.read_bytes().decode()
    assert text.startswith(GITLAB.rstrip())
    assert "\ninfralint:\r\n  stage: build\r\n  image: " in text
    assert "\n" not in text.replace("\r\n", "")
    report = run([str(file)], Options(root=str(tmp_path)))
    assert [one.rule for one in report.findings] == []
    assert "has a job already" in init(tmp_path)
    assert file.read_bytes().decode() == text
    assert not (tmp_path / ".github").exists()


@pytest.mark.parametrize("text", ["{build: {script: make}}\n", "", "a: [\n"])
def test_a_file_that_cannot_be_edited_stays(tmp_path: Path, text: str) -> None:
    file = tmp_path / ".gitlab-ci.yml"
    file.write_text(text, encoding="utf-8")
    assert "could not be edited and stays as it is; docs/ci.md has the job" in init(tmp_path, 2)
    assert file.read_text(encoding="utf-8") == text


def test_other_systems_are_told_where_the_step_is_written(tmp_path: Path) -> None:
    (tmp_path / "Jenkinsfile").write_text("pipeline {}\n", encoding="utf-8")
    assert 'docs/ci.md has it under "Jenkins"' in init(tmp_path)
    assert not (tmp_path / ".github").exists()
