"""A file that takes too long is stopped and told, and the others are judged."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from infralint.engine import files
from infralint.engine.options import Options
from infralint.engine.report import FAILURES, Report
from infralint.engine.run import run
from infralint.engine.watch import OverTime, within


def lay(root: Path, settings: str = "") -> None:
    (root / "infralint.toml").write_text(settings)
    (root / "a").mkdir()
    (root / "b").mkdir()
    for folder in ("a", "b"):
        (root / folder / "Dockerfile").write_text("FROM alpine\nRUN sudo ls\n")


def endless(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the judging of one file never end, whatever catches an Exception on the way."""
    judge = files.judge

    def slow(document: object, *rest: object) -> object:
        while document.source.path == path and document.kind == "dockerfile" and document.source.text:  # type: ignore[attr-defined]
            try:
                for _ in range(1000):
                    pass
            except Exception:  # noqa: BLE001, S112 - as careless code on the way would
                continue
        return judge(document, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(files, "judge", slow)


def rules_of(report: Report, path: str) -> set[str]:
    return {one.rule for one in report.findings if one.path == path}


def test_one_endless_file_is_told_and_the_run_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(tmp_path, "file-seconds = 1\n")
    endless("a/Dockerfile", monkeypatch)
    report = run([str(tmp_path)], Options(root=str(tmp_path)))
    assert "dockerfile/sudo-in-run" in rules_of(report, "b/Dockerfile")
    assert any(
        one.path == "a/Dockerfile" and one.kind in FAILURES and "file-seconds" in one.message for one in report.notices
    )


def test_what_is_quick_is_left_alone(tmp_path: Path) -> None:
    lay(tmp_path)
    report = run([str(tmp_path)], Options(root=str(tmp_path)))
    assert rules_of(report, "a/Dockerfile") == rules_of(report, "b/Dockerfile") != set()
    assert not [one for one in report.notices if one.kind in FAILURES]


def test_too_little_memory_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(tmp_path)
    judge = files._judge_file

    def greedy(session: object, path: str, kind: str) -> object:
        if path == "a/Dockerfile":
            raise MemoryError
        return judge(session, path, kind)  # type: ignore[arg-type]

    monkeypatch.setattr(files, "_judge_file", greedy)
    report = run([str(tmp_path)], Options(root=str(tmp_path)))
    assert rules_of(report, "a/Dockerfile") == {"infralint/unreadable-file"}
    assert "dockerfile/sudo-in-run" in rules_of(report, "b/Dockerfile")


def test_the_watch_stops_and_is_put_away() -> None:
    import signal

    before = signal.getsignal(signal.SIGVTALRM)
    with pytest.raises(OverTime), within(0.05):
        while True:
            pass
    assert signal.getsignal(signal.SIGVTALRM) is before
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)


def test_in_another_thread_there_is_no_watch() -> None:
    seen = []

    def work() -> None:
        with within(0.001):
            seen.append(sum(range(100_000)))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the system does not tell what a process holds")
def test_a_file_that_takes_too_much_memory_is_told_and_the_run_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(tmp_path, "file-memory = 200\n")
    large = tmp_path / "a" / "Dockerfile"
    large.write_text("FROM alpine\n" + "# a comment that makes the file large\n" * 4000)
    judge = files.judge

    def greedy(document: object, *rest: object) -> object:
        held = []
        while document.source.path == "a/Dockerfile" and document.source.text and len(held) < 100:  # type: ignore[attr-defined]
            held.append(bytearray(20_000_000))
        return judge(document, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(files, "judge", greedy)
    report = run([str(tmp_path)], Options(root=str(tmp_path)))
    (told,) = [one for one in report.findings if one.path == "a/Dockerfile"]
    assert told.rule == "infralint/unreadable-file"
    assert "takes more than 200 MB of memory to judge; exclude it, or raise `file-memory`" in told.message
    assert "dockerfile/sudo-in-run" in rules_of(report, "b/Dockerfile")
    bytearray(400_000_000)  # the limit is gone
