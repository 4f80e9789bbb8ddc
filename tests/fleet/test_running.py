"""A fleet on a real scheduler with two worker processes: same findings as one by one, resumed, and none lost or doubled."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("distributed")
pytest.importorskip("pyarrow")

from infralint.fleet.judging import Plan
from infralint.fleet.running import Outcome, cluster, run_fleet
from infralint.fleet.sources import repositories_of
from infralint.fleet.store import Store

pytestmark = [
    pytest.mark.filterwarnings("ignore"),
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that fork"),
]
DOCKERFILE = "FROM busybox:1.37\nRUN curl -s https://example.com/install.sh | sh\n"
COMPOSE = "services:\n  app:\n    image: example/app:1.0\n    privileged: true\n"
TODAY = date(2026, 11, 26)


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    with cluster(None, 2) as found:
        yield found


def git(folder: Path, *arguments: str) -> None:
    names = ["-c", "user.name=a", "-c", "user.email=a@localhost", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *names, *arguments], cwd=folder, check=True, capture_output=True)


def make(folder: Path, count: int = 4) -> Path:
    """Repositories: even ones with a Dockerfile, odd ones with a compose file; each has one that is clean beside."""
    for number in range(count):
        root = folder / f"r{number:03}"
        (root / "sub").mkdir(parents=True)
        (root / ("Dockerfile" if number % 2 == 0 else "compose.yaml")).write_text(
            DOCKERFILE if number % 2 == 0 else COMPOSE, encoding="utf-8"
        )
        (root / "CODEOWNERS").write_text("* @all\nDockerfile @docker\n", encoding="utf-8")
        git(root, "init", "-q")
        git(root, "add", ".")
        git(root, "commit", "-qm", "first")
    return folder


def run(client: Any, sources: list[Path], store: Path, day: date = TODAY, **more: Any) -> Outcome:
    @contextmanager
    def connect() -> Iterator[Any]:
        yield client

    plan = Plan(
        today=day, policy=more.pop("policy", None), seconds=more.pop("seconds", 600), wants_json="reports" in more
    )
    repositories = repositories_of([str(source) for source in sources], clone=False)
    return run_fleet(repositories, plan, Store(str(store)), connect, **more)


def findings(store: Path, day: date = TODAY) -> list[tuple[str, str, str, str]]:
    rows = Store(str(store)).read("findings", day.isoformat()).to_pylist()
    return sorted((row["repository"], row["path"], row["rule"], row["owner"]) for row in rows)


def states(store: Path, day: date = TODAY) -> dict[str, Any]:
    rows = Store(str(store)).read("repositories", day.isoformat()).to_pylist()
    assert len({row["repository"] for row in rows}) == len(rows), "a repository has two rows"
    return {row["repository"]: row for row in rows}


def test_reports_are_those_of_check_byte_by_byte(client: Any, tmp_path: Path) -> None:
    make(tmp_path / "all")
    outcome = run(client, [tmp_path / "all"], tmp_path / "out", reports=str(tmp_path / "reports"))
    assert (outcome.judged, outcome.failed) == (4, 0)
    for root in sorted((tmp_path / "all").iterdir()):
        alone = subprocess.run(
            [sys.executable, "-m", "infralint", "check", ".", "--format", "json"],
            cwd=root, capture_output=True, env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}, check=False,
        )  # fmt: skip
        assert (tmp_path / "reports" / f"{root.name}.json").read_bytes() == alone.stdout
        assert json.loads(alone.stdout)["findings"]


def test_bare_clones_and_archives_are_judged_like_the_checkout(client: Any, tmp_path: Path) -> None:
    make(tmp_path / "all", 1)
    (tmp_path / "bare").mkdir()
    git(tmp_path, "clone", "-q", "--bare", str(tmp_path / "all" / "r000"), str(tmp_path / "bare" / "r000.git"))
    (tmp_path / "packed").mkdir()
    with tarfile.open(tmp_path / "packed" / "r000.tar.gz", "w:gz") as tar:
        tar.add(tmp_path / "all" / "r000" / "Dockerfile", "r000-main/Dockerfile")
        tar.add(tmp_path / "all" / "r000" / "CODEOWNERS", "r000-main/CODEOWNERS")
    found = []
    for form in ("all", "bare", "packed"):
        assert run(client, [tmp_path / form], tmp_path / f"out-{form}").failed == 0
        found.append(findings(tmp_path / f"out-{form}"))
        if form != "packed":
            assert len(states(tmp_path / f"out-{form}")["r000"]["commit"]) == 40
    assert found[0] == found[1] == found[2]
    assert ("r000", "Dockerfile", "dockerfile/download-piped-into-shell", "@docker") in found[0]


def test_what_has_not_changed_is_taken_over(client: Any, tmp_path: Path) -> None:
    make(tmp_path / "all")
    out = tmp_path / "out"
    assert run(client, [tmp_path / "all"], out).judged == 4
    first = findings(out)
    again = run(client, [tmp_path / "all"], out)
    assert (again.judged, again.carried) == (0, 4)
    (tmp_path / "all" / "r000" / "Dockerfile").write_text("FROM busybox:1.37\nUSER nobody\n", encoding="utf-8")
    later = date(2026, 11, 27)
    third = run(client, [tmp_path / "all"], out, later)
    assert (third.judged, third.carried) == (1, 3)
    assert findings(out, later) == [row for row in first if row[0] != "r000"]
    assert findings(out) == first
    assert states(out, later)["r001"]["judged"] == "2026-11-26"


def test_a_rerun_of_the_same_day_replaces_what_changed_and_drops_what_is_gone(client: Any, tmp_path: Path) -> None:
    make(tmp_path / "all")
    out = tmp_path / "out"
    run(client, [tmp_path / "all"], out)
    (tmp_path / "all" / "r000" / "Dockerfile").write_text("FROM busybox:1.37\nUSER nobody\n", encoding="utf-8")
    only = [tmp_path / "all" / name for name in ("r000", "r001")]
    assert run(client, only, out).judged == 1
    assert set(states(out)) == {"r000", "r001"}
    assert {row[0] for row in findings(out)} == {"r001"}


def test_a_part_that_was_not_finished_does_not_count(client: Any, tmp_path: Path) -> None:
    make(tmp_path / "all", 2)
    out = tmp_path / "out"
    run(client, [tmp_path / "all"], out)
    whole = findings(out)
    (part,) = (out / "repositories" / f"date={TODAY}").iterdir()
    part.unlink()  # killed before the part was whole
    assert Store(str(out)).days() == []
    assert run(client, [tmp_path / "all"], out).judged == 2
    assert findings(out) == whole
    assert len(list((out / "findings" / f"date={TODAY}").iterdir())) == 1


def test_dated_suppressions_are_judged_again_on_another_day(client: Any, tmp_path: Path) -> None:
    make(tmp_path / "all", 2)
    (tmp_path / "all" / "r000" / "Dockerfile").write_text(
        DOCKERFILE.replace("RUN", "# infralint: ignore[download-piped-into-shell] mirrored until=2026-11-26\nRUN"),
        encoding="utf-8",
    )
    out = tmp_path / "out"
    run(client, [tmp_path / "all"], out)
    later = date(2026, 11, 27)
    assert run(client, [tmp_path / "all"], out, later).judged == 1
    rules = {rule for name, _, rule, _ in findings(out, later) if name == "r000"}
    assert "dockerfile/download-piped-into-shell" in rules
    assert "dockerfile/download-piped-into-shell" not in {rule for name, _, rule, _ in findings(out) if name == "r000"}


def test_a_repository_that_cannot_be_judged_is_a_row_and_is_tried_again(client: Any, tmp_path: Path) -> None:
    make(tmp_path / "all", 2)
    (tmp_path / "all" / "r000" / "infralint.toml").write_text("selct = []\n", encoding="utf-8")
    out = tmp_path / "out"
    outcome = run(client, [tmp_path / "all"], out)
    assert (outcome.judged, outcome.failed) == (2, 1)
    assert "infralint.toml:1: " in states(out)["r000"]["error"]
    assert run(client, [tmp_path / "all"], out).judged == 1


def test_a_repository_over_its_time_is_a_row(client: Any, tmp_path: Path) -> None:
    make(tmp_path / "all", 1)
    outcome = run(client, [tmp_path / "all"], tmp_path / "out", seconds=0)
    assert outcome.failed == 1
    assert states(tmp_path / "out")["r000"]["error"] == "took longer than 0 s"


def test_exceptions_of_the_policy_hold_for_the_repositories_that_they_name(client: Any, tmp_path: Path) -> None:
    make(tmp_path / "all")
    policy = tmp_path / "policy.toml"
    policy.write_text(
        'required = ["privileged-service"]\n[[exception]]\nrule = "privileged-service"\npath = "**"\nowner = "a team"\n'
        'reason = "moves"\nuntil = 2027-01-01\nrepository = "r001"\n',
        encoding="utf-8",
    )
    run(client, [tmp_path / "all"], tmp_path / "out", policy=str(policy))
    fired = {name for name, _, rule, _ in findings(tmp_path / "out") if rule == "compose/privileged-service"}
    assert fired == {"r003"}


def test_workers_that_are_killed_lose_and_double_nothing(tmp_path: Path) -> None:
    make(tmp_path / "all", 24)
    killed: list[int] = []
    with cluster(None, 2) as own:

        def kill(done: int, total: int, failed: int) -> None:
            if done % 8 == 4 and len(killed) < 3:
                workers = [each["pid"] for each in own.run(lambda: {"pid": os.getpid()}).values()]
                os.kill(workers[0], signal.SIGKILL)
                killed.append(workers[0])

        outcome = run(own, [tmp_path / "all"], tmp_path / "out", progress=kill)
    assert killed
    assert (outcome.judged, outcome.failed) == (24, 0)
    assert len(states(tmp_path / "out")) == 24
    found = findings(tmp_path / "out")
    assert len(found) == len(set(found))
    assert {name for name, _, _, _ in found} == {f"r{number:03}" for number in range(24)}


def test_practices_are_recorded_where_they_are_wanted(client: Any, tmp_path: Path) -> None:
    from infralint.fleet.report import report_of

    make(tmp_path / "all", 2)

    @contextmanager
    def connect() -> Iterator[Any]:
        yield client

    store = Store(str(tmp_path / "out"))
    repositories = repositories_of([str(tmp_path / "all")], clone=False)
    run_fleet(repositories, Plan(today=TODAY, wants_posture=True), store, connect)
    practices = {row.practice: row for row in report_of(store).practices}
    assert practices["no-hardcoded-secrets"].met == 2
    assert all(sum(row[1:]) == 2 for row in practices.values())
