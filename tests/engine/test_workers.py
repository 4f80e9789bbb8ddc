"""Large runs are judged by several processes, and nobody can tell by the findings."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from infralint.engine import workers
from infralint.engine.files import FileResult, judge_file
from infralint.engine.options import Options
from infralint.engine.session import Session
from infralint.engine.workers import judge_in_processes

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for number in range(60):
        folder = tmp_path / f"{number:02}"
        folder.mkdir()
        (folder / "Dockerfile").write_text(f"FROM python:3.{number}\nADD a{number} /a\nUSER root\n", encoding="utf-8")
        (folder / ".env").write_text(f"A={number}\nA={number}\n", encoding="utf-8")
    return tmp_path


def shown(judged: list[FileResult]) -> list[tuple[str, list[str]]]:
    return [(one.path, [f"{each!r} {each.fix is not None}" for each in one.findings]) for one in judged]


def alone(root: Path) -> list[tuple[str, list[str]]]:
    state = Session([str(root)], Options(root=str(root)))
    return shown([one for path, kind in state.plan() if (one := judge_file(state, path, kind)) is not None])


@pytest.mark.parametrize("count", [1, 2, 5])
def test_processes_find_what_one_finds_in_the_same_order(root: Path, count: int) -> None:
    expected = alone(root)
    assert len(expected) == 120
    assert any(findings for _, findings in expected)
    state = Session([str(root)], Options(root=str(root)))
    assert shown(list(judge_in_processes(state, state.plan(), count))) == expected


def test_what_a_process_dies_over_is_judged_all_the_same(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = alone(root)
    parent, judge = os.getpid(), judge_file
    dead = root / "dead"

    def dies(self: Session, path: str, kind: str) -> FileResult | None:
        if os.getpid() != parent:
            dead.touch()
            os._exit(1)
        while (
            path.startswith("04") and not dead.exists()
        ):  # of the first files after the fork: leaves some to the other
            time.sleep(0.01)
        return judge(self, path, kind)

    state = Session([str(root)], Options(root=str(root)))
    planned = state.plan()
    monkeypatch.setattr(workers, "judge_file", dies)
    assert shown(list(judge_in_processes(state, planned, 2))) == expected
    assert dead.exists()


def test_a_fault_within_a_process_comes_out_here(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(self: Session, path: str, kind: str) -> FileResult | None:
        if path.startswith("5"):
            raise RuntimeError(path)
        return None

    state = Session([str(root)], Options(root=str(root)))
    planned = state.plan()
    monkeypatch.setattr(workers, "judge_file", fails)
    with pytest.raises(RuntimeError):
        list(judge_in_processes(state, planned, 2))
