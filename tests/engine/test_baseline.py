"""A baseline holds what is there, by what it is and not by where it stands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from infralint.cli.main import main
from infralint.tables.secret_formats import sample

ENV = "A=1\nA=2\nB\n"


def check(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(
        main, ["check", str(root), "--root", str(root), "--format", "json", "--fail-on", "low", *arguments]
    )


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    root = tmp_path / "tree"
    root.mkdir()
    (root / ".env").write_text(ENV, encoding="utf-8")
    return root


def test_only_what_is_new_counts(tree: Path, tmp_path: Path) -> None:
    file = str(tmp_path / "baseline.json")
    assert check(tree).exit_code == 1
    assert check(tree, "--write-baseline", file).exit_code == 0
    same = check(tree, "--baseline", file)
    assert (same.exit_code, json.loads(same.stdout)["summary"]["suppressed"]) == (0, 2)
    (tree / ".env").write_text("# moved\n\n" + ENV, encoding="utf-8")
    assert check(tree, "--baseline", file).exit_code == 0
    (tree / ".env").write_text(ENV + "C\n", encoding="utf-8")
    found = json.loads(check(tree, "--baseline", file).stdout)["findings"]
    assert [one["line"] for one in found] == [4]


def test_the_file_is_sorted_and_holds_no_lines(tree: Path, tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    check(tree, "--write-baseline", str(file))
    *rows, last = json.loads(file.read_text(encoding="utf-8"))["findings"]
    assert last is None, "so that every entry's line ends alike, wherever lines are merged in"
    assert [set(row) for row in rows] == [{"path", "rule", "fingerprint", "key", "text", "context"}] * 2
    assert [row["rule"] for row in rows] == ["env/duplicate-key", "env/key-without-value"]


def test_what_was_mended_is_told(tree: Path, tmp_path: Path) -> None:
    file = str(tmp_path / "baseline.json")
    check(tree, "--write-baseline", file)
    (tree / ".env").write_text("A=1\nB\n", encoding="utf-8")
    notices = json.loads(check(tree, "--baseline", file).stdout)["notices"]
    assert [notice["kind"] for notice in notices] == ["baseline"]
    assert notices[0]["message"].startswith("1 entry")


@pytest.mark.parametrize("text", ["", "[]", '{"findings": [1]}', "{" * 10_000])
def test_a_file_that_is_no_baseline_is_refused(tree: Path, tmp_path: Path, text: str) -> None:
    file = tmp_path / "baseline.json"
    file.write_text(text, encoding="utf-8")
    done = check(tree, "--baseline", str(file))
    assert (done.exit_code, "is no baseline" in done.stderr) == (2, True)
    assert check(tree, "--baseline", str(tmp_path / "gone")).exit_code == 2


def test_fixes_leave_what_the_baseline_holds(tree: Path, tmp_path: Path) -> None:
    file = str(tmp_path / "baseline.json")
    (tree / ".env").write_text("A=b\nA=b\n", encoding="utf-8")
    check(tree, "--write-baseline", file)
    (tree / ".env").write_text("A=b\nA=b\nC=d\nC=d\n", encoding="utf-8")
    assert check(tree, "--baseline", file, "--fix").exit_code == 1
    assert (tree / ".env").read_text(encoding="utf-8") == "A=b\nA=b\nC=d\n"


def test_another_secret_in_the_same_place_is_new(tree: Path, tmp_path: Path) -> None:
    file = str(tmp_path / "baseline.json")
    first, second = (sample("github-pat", at) for at in (1, 2))
    (tree / ".env").write_text(f"TOKEN={first}\n", encoding="utf-8")
    assert check(tree, "--write-baseline", file).exit_code == 0
    (tree / ".env").write_text(f"# moved\nTOKEN={first}\n", encoding="utf-8")
    assert check(tree, "--baseline", file).exit_code == 0
    (tree / ".env").write_text(f"TOKEN={second}\n", encoding="utf-8")
    assert check(tree, "--baseline", file).exit_code == 1
