"""What a team with findings uses: the baseline commands, and comments that suppress."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from infralint.cli.main import main

ENV = "A=b\nA=b\nB\n"
WORKFLOW = """\
on: issue_comment
permissions: {}
jobs:
  answer:
    runs-on: ubuntu-24.04
    steps:
      - run: echo ${{ github.event.comment.body }}
      - run: |
          set -e
          echo "${{ github.event.comment.body }}"
"""
DOCKERFILE = "FROM debian\nRUN apt-get update && \\\n    apt-get install curl\nUSER root\n"
COMPOSE = 'services:\n  a:\n    image: x:1\n    privileged: true\n    volumes: ["/var/run/docker.sock:/x"]\n'


def call(*arguments: str, **options: Any) -> Result:
    result = CliRunner().invoke(main, list(arguments), **options)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text(ENV, encoding="utf-8")
    return tmp_path


def entries(root: Path) -> list[dict[str, str]]:
    rows = json.loads((root / ".infralint-baseline.json").read_text(encoding="utf-8"))["findings"]
    return [row for row in rows if row is not None]


def test_a_baseline_is_written_shown_pruned_and_updated(root: Path) -> None:
    written = call("baseline", "write")
    assert written.exit_code == 0
    assert 'baseline = ".infralint-baseline.json"' in written.output
    (root / "infralint.toml").write_text('baseline = ".infralint-baseline.json"\nfail-on = "low"\n', encoding="utf-8")
    assert call("check").exit_code == 0
    assert call("check", "--no-baseline").exit_code == 1
    (root / ".env").write_text("A=b\nB\nC\n", encoding="utf-8")
    assert "1 entry of the baseline is fixed" in call("check").output
    assert "2 entries: 1 found, 1 fixed; 1 new" in call("baseline", "show").output
    assert len(entries(root)) == 2, "show changes nothing"
    assert call("baseline", "prune").output == "removed 1 entry, kept 1\n"
    (root / "deploy").mkdir()
    (root / ".env").rename(root / "deploy/.env")
    assert "followed 1 finding, removed 0 entries; 1 new not recorded" in call("baseline", "update").output
    assert [entry["path"] for entry in entries(root)] == ["deploy/.env"]
    assert call("check").exit_code == 1, "the new finding counts"


def test_baselines_merge_line_by_line(root: Path) -> None:
    call("baseline", "write")
    path = root / ".infralint-baseline.json"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([lines[0], lines[2], lines[1], *lines[1:]]), encoding="utf-8")
    assert call("check", "--baseline", str(path), "--fail-on", "low").exit_code == 0


def test_comments_are_written_in_the_style_of_each_format(root: Path) -> None:
    (root / ".github/workflows").mkdir(parents=True)
    (root / ".github/workflows/a.yml").write_text(WORKFLOW, encoding="utf-8")
    (root / "Dockerfile").write_text(DOCKERFILE, encoding="utf-8")
    (root / "compose.yaml").write_text(COMPOSE, encoding="utf-8")
    before = json.loads(call("check", "--format", "json").output)["summary"]["findings"]
    assert before >= 7
    shown = call("suppress", "--reason", "known", "--diff")
    assert (root / ".env").read_text(encoding="utf-8") == ENV
    assert f"would suppress {before} findings" in shown.output
    done = call("suppress", "--reason", "known", "--until", "2999-01-31")
    assert done.exit_code == 0, done.output
    report = json.loads(call("check", "--format", "json").output)
    assert report["findings"] == []
    assert report["summary"]["suppressed"] == before
    dockerfile = (root / "Dockerfile").read_text(encoding="utf-8").splitlines()
    assert dockerfile[2] == "# infralint: ignore[apt-without-yes] known until=2999-01-31" or "ignore[" in dockerfile[2]
    workflow = (root / ".github/workflows/a.yml").read_text(encoding="utf-8")
    assert "      # infralint: ignore[template-injection] known until=2999-01-31\n      - run: |\n" in workflow


def test_only_the_named_rules_are_suppressed(root: Path) -> None:
    assert call("suppress", "duplicate-key", "--reason", "x").exit_code == 0
    assert "env/key-without-value" in call("check").output
    assert call("suppress", "no-such-rule", "--reason", "x").exit_code == 2
    assert call("suppress", "duplicate-key").exit_code == 2
    assert call("suppress", "duplicate-key", "--reason", "x", "--until", "soon").exit_code == 2


def test_a_file_without_comments_is_told(root: Path) -> None:
    (root / ".env").unlink()
    (root / "stack.json").write_text('{"services": {"a": {"image": "x:1", "privileged": true}}}\n', encoding="utf-8")
    (root / "infralint.toml").write_text('[files]\n"*.json" = "compose"\n', encoding="utf-8")
    done = call("suppress", "--reason", "x")
    assert done.exit_code == 1
    assert "per-file-ignores" in done.output


def test_a_comment_above_a_block_covers_the_block(root: Path) -> None:
    (root / ".github/workflows").mkdir(parents=True)
    text = WORKFLOW.replace("      - run: |", "      # infralint: ignore[template-injection] reason\n      - run: |")
    (root / ".github/workflows/a.yml").write_text(text, encoding="utf-8")
    found = json.loads(call("check", "--format", "json", "--select", "template-injection").output)
    assert [one["line"] for one in found["findings"]] == [7]
    assert found["summary"]["suppressed"] == 1
