"""Files in folders of fixtures and vendored code are searched for credentials that their format proves, and no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from infralint.engine.discover import UsageError
from infralint.engine.options import Options
from infralint.engine.report import Report
from infralint.engine.run import run
from infralint.tables.secret_formats import sample

DOCKERFILE = "FROM debian:latest\nRUN apt install curl\n"


def laid_out(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def judged(root: Path, path: str = "", **options: object) -> Report:
    return run([str(root / path)], Options(root=str(root), **options))  # type: ignore[arg-type]


def rules(report: Report) -> set[str]:
    return {one.rule for one in report.findings}


def test_a_fixture_is_not_judged_as_what_it_is(tmp_path: Path) -> None:
    report = judged(laid_out(tmp_path, {"pkg/testdata/Dockerfile": DOCKERFILE}))
    assert report.findings == []
    assert [one.kind for one in report.notices] == ["fixtures"]
    assert "1 file lies" in report.notices[0].message
    assert "fixtures = []" in report.notices[0].message


def test_a_credential_of_a_known_format_is_found_in_a_fixture(tmp_path: Path) -> None:
    text = f"A_TOKEN={sample('github-pat', 1)}\nB_PASSWORD={sample('password', 2)}\nC=postgres://a:{sample('password', 3)}@db.example.com/x\n"
    report = judged(laid_out(tmp_path, {"vendor/x/.env": text}))
    assert [(one.rule, one.line) for one in report.findings] == [("any/repository-token", 1)]


@pytest.mark.parametrize("name", ["password", "jwt", "private-key", "password-hash"])
def test_what_a_test_makes_as_easily_as_a_server_is_not(tmp_path: Path, name: str) -> None:
    report = judged(laid_out(tmp_path, {"testdata/a.json": f'{{"secret": "{sample(name, 1)}"}}\n'}))
    assert report.findings == []


def test_a_folder_or_file_that_was_named_is_judged_fully(tmp_path: Path) -> None:
    laid_out(tmp_path, {"pkg/testdata/a/Dockerfile": DOCKERFILE})
    for path in ("pkg/testdata", "pkg/testdata/a", "pkg/testdata/a/Dockerfile"):
        assert "dockerfile/latest-image" in rules(judged(tmp_path, path)), path
    assert rules(judged(tmp_path, "pkg")) == set()


def test_a_fixture_within_a_named_folder_is_one(tmp_path: Path) -> None:
    laid_out(tmp_path, {"testdata/a/vendor/Dockerfile": DOCKERFILE})
    assert rules(judged(tmp_path, "testdata")) == set()


def test_a_root_that_lies_in_such_a_folder_is_judged_fully(tmp_path: Path) -> None:
    root = laid_out(tmp_path / "fixtures" / "project", {"Dockerfile": DOCKERFILE})
    assert "dockerfile/latest-image" in rules(judged(root))


def test_the_setting_names_the_folders(tmp_path: Path) -> None:
    laid_out(
        tmp_path,
        {"testdata/Dockerfile": DOCKERFILE, "legacy/old/Dockerfile": DOCKERFILE, "infralint.toml": "fixtures = []\n"},
    )
    assert {one.path for one in judged(tmp_path).findings} == {"testdata/Dockerfile", "legacy/old/Dockerfile"}
    (tmp_path / "infralint.toml").write_text('fixtures = ["legacy/old"]\n', encoding="utf-8")
    assert {one.path for one in judged(tmp_path).findings} == {"testdata/Dockerfile"}
    (tmp_path / "infralint.toml").write_text('fixtures = "legacy"\n', encoding="utf-8")
    with pytest.raises(UsageError, match="fixtures is a list of texts"):
        judged(tmp_path)


def test_what_a_project_draws_in_from_a_fixture_is_not_reported_there(tmp_path: Path) -> None:
    files = {
        "compose.yaml": "include: [testdata/base.yaml]\nservices:\n  a:\n    image: example/a:1.2\n",
        "testdata/base.yaml": "services:\n  b:\n    image: example/b:1.2\n    privileged: true\n",
    }
    assert judged(laid_out(tmp_path, files)).findings == []
    (tmp_path / "compose.yaml").write_text(files["compose.yaml"].replace("testdata", "base"), encoding="utf-8")
    (tmp_path / "testdata").rename(tmp_path / "base")
    assert rules(judged(tmp_path)) == {"compose/privileged-service"}
