"""What is said over the runs of a fleet: on the terminal, as a page, as CSV and JSON; and the patches."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

pytest.importorskip("distributed")
pytest.importorskip("pyarrow")

from infralint.cli.fleet import command
from infralint.fleet import running
from infralint.fleet.page import to_page
from infralint.fleet.report import report_of
from infralint.fleet.show import to_csv, to_json, to_text
from infralint.fleet.store import Batch, Store, failed
from infralint.fleet.task import unpacked


def row(repository: str, **counts: Any) -> dict[str, Any]:
    plain = failed(repository, f"/r/{repository}", "checkout", "", "")
    return plain | {"key": "k", "judged": "2026-11-25"} | counts


def finding(repository: str, rule: str, fingerprint: str, severity: str = "high") -> dict[str, Any]:
    return {
        "repository": repository, "commit": "", "path": "Dockerfile", "line": 1, "rule": rule, "severity": severity,
        "confidence": "high", "fingerprint": fingerprint, "fixable": True, "fix": "safe", "owner": "", "required": False, "message": "m",
    }  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Two days: of `a` one finding is gone, one new and one stays; `b` is new; `c` could not be judged."""
    found = Store(str(tmp_path / "out"))
    first = Batch(found, date(2026, 11, 25))
    first.add(row("a", findings=2, high=2), [finding("a", "x/one", "1"), finding("a", "x/two", "2")])
    first.flush()
    second = Batch(found, date(2026, 11, 26))
    ends = {"repository": "a", "rule": "x/one", "path": "**", "owner": "web", "reason": "moves", "file": "f"}
    second.add(
        row("a", findings=2, high=1, low=1),
        [finding("a", "x/one", "1"), finding("a", "x/three", "3", "low")],
        [ends | {"until": "2026-12-01"}, ends | {"until": "2027-06-01"}],
    )
    second.add(row("b", findings=1, high=1), [finding("b", "x/one", "1")])
    second.add(row("c", error="took longer than 600 s <script>"))
    second.flush()
    return found


def test_new_fixed_and_unchanged_are_told_by_fingerprint_within_a_repository(store: Store) -> None:
    report = report_of(store)
    assert (report.since, report.new, report.fixed, report.unchanged, report.fresh) == ("2026-11-25", 1, 1, 1, 1)
    by_rule = {one.rule: one for one in report.rules}
    assert by_rule["x/one"][1:] == ("high", 2, 2, 2, 0, 0)
    assert (by_rule["x/three"].new, by_rule["x/two"].fixed) == (1, 1)
    assert [one.repository for one in report.repositories] == ["c", "a", "b"]
    assert [(one.until, one.rule) for one in report.endings] == [("2026-12-01", "x/one")]
    assert report_of(store, day="2026-11-25").since == ""


def test_the_terminal_shows_the_worst_and_the_change(store: Store) -> None:
    text = to_text(report_of(store))
    assert text.startswith("2026-11-26: 3 repositories, 1 of them not judged; 3 findings, 2 of them high or critical\n")
    assert "Since 2026-11-25: 1 new, 1 fixed, 1 unchanged; 1 in repositories not judged then\n" in text
    assert ["high", "2", "2", "x/one"] in [line.split() for line in text.splitlines()]
    assert "  c: took longer than 600 s <script>\n" in text
    assert "2026-12-01  x/one in ** of a: web, moves" in text


def test_the_page_holds_no_markup_of_repositories_and_no_script(store: Store) -> None:
    page = to_page(report_of(store))
    assert "took longer than 600 s &lt;script&gt;" in page
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")
    assert "<polyline" in page


def test_programs_get_all_of_it(store: Store) -> None:
    report = report_of(store)
    data = json.loads(to_json(report))
    assert (data["new"], data["fixed"], len(data["rules"]), len(data["runs"])) == (1, 1, 3, 2)
    rows = list(csv.DictReader(io.StringIO(to_csv(report))))
    assert [(each["repository"], each["findings"]) for each in rows] == [("c", "0"), ("a", "2"), ("b", "1")]


def test_the_command_tells_what_is_missing(tmp_path: Path) -> None:
    asked = CliRunner().invoke(command, ["report", str(tmp_path)])
    assert asked.exit_code == 2
    assert "holds no results; run `infralint fleet SOURCES --output" in asked.output
    nowhere = CliRunner().invoke(command, [str(tmp_path / "nowhere"), "--output", str(tmp_path / "out")])
    assert nowhere.exit_code == 2
    assert "does not exist; name folders of checkouts" in nowhere.output
    clone = CliRunner().invoke(command, ["--clone", "https://git.example.com/a", "--output", str(tmp_path / "out")])
    assert clone.exit_code == 2
    assert "allow it with --online" in clone.output
    assert not (tmp_path / "out").exists()


def test_patches_are_mails_that_git_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from infralint.fleet.task import judge_one

    def here(client: Any, repositories: Any, request: Any) -> Any:
        for one in repositories:
            yield one, unpacked(judge_one({**request, "repository": list(one)}))

    @contextmanager
    def cluster(*_: Any) -> Any:
        yield None

    monkeypatch.setattr(running, "answers", here)
    monkeypatch.setattr("infralint.fleet.patches.answers", here)
    monkeypatch.setattr(running, "cluster", cluster)
    root = tmp_path / "all" / "web"
    root.mkdir(parents=True)
    (root / "Dockerfile").write_text("FROM busybox:1.37\nADD app.py /app.py\nUSER 1000\n", encoding="utf-8")
    (root / "app.py").write_text("", encoding="utf-8")
    who = ["git", "-c", "user.name=a", "-c", "user.email=a@localhost", "-c", "core.hooksPath=/dev/null"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "first"]):
        subprocess.run([*who, *words], cwd=root, check=True)
    out = tmp_path / "out"
    asked = CliRunner().invoke(command, [str(tmp_path / "all"), "--output", str(out)])
    assert asked.exit_code == 0, asked.output
    assert "1 repositories in" in asked.output
    done = CliRunner().invoke(command, ["patches", str(out), "--rule", "add-instead-of-copy"])
    assert done.exit_code == 0, done.output
    assert "wrote 1 patch to" in done.output
    subprocess.run([*who, "am", "-q", str(out / "patches" / "web.patch")], cwd=root, check=True)
    assert "COPY app.py /app.py" in (root / "Dockerfile").read_text(encoding="utf-8")
    said = subprocess.run(["git", "log", "-1", "--format=%s%n%b"], cwd=root, capture_output=True, text=True, check=True)
    assert "Dockerfile:2: " in said.stdout
    wrong = CliRunner().invoke(command, ["patches", str(out), "--rule", "add-insted-of-copy"])
    assert wrong.exit_code == 2
    assert "did you mean" in wrong.output
