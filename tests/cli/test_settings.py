"""Settings as users write them: the closest file, its own patterns, kinds by pattern, and what fails a run."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import infralint
from infralint.cli.main import main

PRIVILEGED = "services:\n  a:\n    image: x:1\n    privileged: true\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def lay(root: Path, **files: str) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def call(*arguments: str) -> Result:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_fail_on_of_the_settings_counts_unless_the_command_line_says_otherwise(root: Path) -> None:
    lay(root, **{"a.env": "B=1\nA\n", "infralint.toml": 'fail-on = "low"\n'})
    assert call("check").exit_code == 1
    assert call("check", "--fail-on", "medium").exit_code == 0
    lay(root, **{"infralint.toml": 'fail-on = "never"\n', "compose.yaml": PRIVILEGED})
    assert call("check").exit_code == 0
    assert call("check", "--fail-on", "high").exit_code == 1


def test_the_floor_is_that_of_the_file_that_a_finding_stands_in(root: Path) -> None:
    lay(root, **{"a/compose.yaml": PRIVILEGED, "a/infralint.toml": 'fail-on = "never"\n'})
    assert call("check").exit_code == 0
    lay(root, **{"b/compose.yaml": PRIVILEGED})
    assert call("check").exit_code == 1


def test_patterns_of_a_nested_file_count_from_its_folder(root: Path) -> None:
    lay(root, **{"b/examples/compose.yaml": PRIVILEGED, "b/infralint.toml": 'exclude = ["examples/**"]\n'})
    lay(root, **{"examples/compose.yaml": PRIVILEGED})
    shown = call("check", "--format", "concise").output
    assert "b/examples" not in shown
    assert "examples/compose.yaml" in shown


def test_files_names_the_kinds_of_paths(root: Path) -> None:
    lay(root, **{"deploy/web-one.yml": PRIVILEGED})
    assert "privileged-service" not in call("check").output
    lay(root, **{"infralint.toml": '[files]\n"deploy/*.yml" = "compose"\n'})
    assert "privileged-service" in call("check").output
    lay(root, **{"infralint.toml": '[files]\n"deploy/*.yml" = "composed"\n'})
    assert call("check").exit_code == 2


def test_as_names_the_kind_of_the_files_on_the_command_line(root: Path) -> None:
    lay(root, **{"app.txt": PRIVILEGED, "deploy/web-one.yml": PRIVILEGED})
    unknown = call("check", "app.txt")
    assert unknown.exit_code == 3
    assert "--as KIND" in unknown.output
    half = call("check", "deploy/web-one.yml")
    assert half.exit_code == 0
    assert "is judged for its secrets only" in half.output
    assert "privileged-service" in call("check", "--as", "compose", "app.txt").output
    assert call("check", "--as", "composed", "app.txt").exit_code == 2


def test_names_of_peers_work_where_ours_do(root: Path) -> None:
    lay(root, Dockerfile="FROM debian:13\nUSER root\n")
    assert "runs-as-root" in call("check", "--select", "DL3002").output
    assert "runs-as-root" in call("check", "--select", "hadolint/DL3002").output
    lay(root, **{"infralint.toml": 'ignore = ["DL3002"]\n'})
    assert "runs-as-root" not in call("check").output
    lay(root, **{"infralint.toml": '[rules.DL3002]\nseverity = "info"\n'})
    assert " info " in call("check", "--format", "concise").output
    lay(root, **{"infralint.toml": "", "Dockerfile": "FROM debian:13\nUSER root  # no comment\n"})
    lay(root, Dockerfile="FROM debian:13\n# infralint: ignore[DL3002] it starts as root and drops\nUSER root\n")
    shown = call("check").output
    assert "runs-as-root" not in shown
    assert "suppression" not in shown


def test_a_former_name_silences_selects_and_keeps_its_fingerprints(root: Path) -> None:
    lay(root, **{".env": "A=1  \n# infralint: ignore[trailing-blanks] kept\nB=2  \n"})
    report = infralint.check(".", select=["env/trailing-blanks"])
    assert [(one.rule, one.line) for one in report.findings] == [("env/trailing-whitespace", 1)]
    assert report.findings[0].first_id == "env/trailing-blanks"


def test_deleted_files_of_a_list_are_passed_over(root: Path) -> None:
    lay(root, **{"compose.yaml": PRIVILEGED})
    assert call("check", "compose.yaml", "gone/Dockerfile").exit_code == 1
    assert call("check", "gone/Dockerfile").exit_code == 2


def test_paths_are_shown_from_the_working_directory(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(root, **{".git/HEAD": "ref: refs/heads/main\n", "sub/compose.yaml": PRIVILEGED})
    monkeypatch.chdir(root / "sub")
    assert call("check", "--format", "concise").output.startswith("compose.yaml:4:")
    monkeypatch.chdir(root)
    assert call("check", "--format", "concise").output.startswith("sub/compose.yaml:4:")


def test_the_python_interface_takes_a_path_as_it_is_and_names_its_types(root: Path) -> None:
    lay(root, **{"compose.yaml": PRIVILEGED})
    report: infralint.Report = infralint.check("compose.yaml")
    assert {type(one) for one in report.findings} == {infralint.Finding}
    assert report.findings[0].severity is infralint.Severity.HIGH
    assert (Path(infralint.__file__).parent / "py.typed").exists()
    with pytest.raises(infralint.UsageError, match="does not exist"):
        infralint.check("nowhere")
