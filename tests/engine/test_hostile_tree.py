"""A stranger's tree: links, pipes, nested repositories and programs in it are told or refused, and nothing waits."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from infralint.engine.options import Options
from infralint.engine.programs import outside_of
from infralint.engine.report import FAILURES, Report
from infralint.engine.run import run

FAULTY = "FROM alpine\nRUN sudo ls\n"
OTHER_RULES = {"dockerfile/untagged-image", "dockerfile/sudo-in-run"}


def judged(root: Path, *paths: str) -> Report:
    return run([str(root / path) for path in paths] or [str(root)], Options(root=str(root)))


def is_told(report: Report, path: str) -> bool:
    return any(one.path == path for one in (*report.notices, *report.findings))


def fails(report: Report) -> bool:
    return any(one.kind in FAILURES for one in report.notices)


def commit(root: Path) -> None:
    words = ("git", "-C", str(root), "-c", "user.name=t", "-c", "user.email=t@localhost")
    for rest in (("init", "-q"), ("add", "-A", "-f"), ("commit", "-qm", "x")):
        subprocess.run([*words, *rest], check=True, capture_output=True)


def test_a_link_to_a_file_of_the_tree_is_judged(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text(FAULTY)
    (tmp_path / "Dockerfile").symlink_to("real.txt")
    for report in (judged(tmp_path), judged(tmp_path, "Dockerfile")):
        assert {one.rule for one in report.findings} >= OTHER_RULES
        assert {one.path for one in report.findings} == {"Dockerfile"}


def test_a_link_to_what_is_judged_itself_is_not_judged_twice(tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text(FAULTY)
    (tmp_path / "Dockerfile.dev").symlink_to("Dockerfile")
    assert {one.path for one in judged(tmp_path).findings} == {"Dockerfile"}


@pytest.mark.parametrize("in_git", [False, True])
def test_a_link_to_a_file_that_each_machine_makes_is_no_fault(tmp_path: Path, in_git: bool) -> None:
    (tmp_path / "apps").mkdir()
    (tmp_path / "apps/.env").symlink_to("../.env")
    (tmp_path / "Dockerfile").write_text(FAULTY)
    if in_git:
        commit(tmp_path)
    assert not is_told(judged(tmp_path), "apps/.env")
    assert fails(judged(tmp_path, "apps/.env"))
    (tmp_path / "apps/gone.env").symlink_to("../../elsewhere/.env")
    assert is_told(judged(tmp_path), "apps/gone.env")


@pytest.mark.parametrize("in_git", [False, True])
def test_a_link_out_of_the_root_is_told_and_not_read(tmp_path: Path, in_git: bool) -> None:
    outside, root = tmp_path / "outside", tmp_path / "root"
    outside.mkdir()
    root.mkdir()
    (outside / "Dockerfile").write_text(FAULTY)
    (root / "Dockerfile").symlink_to("../outside/Dockerfile")
    (root / "below").symlink_to("../outside")
    if in_git:
        commit(root)
    report = judged(root)
    assert is_told(report, "Dockerfile")
    assert fails(report)
    assert OTHER_RULES.isdisjoint(one.rule for one in report.findings)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_pipes_are_told_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "compose.yaml")
    for report in (judged(tmp_path), judged(tmp_path, "compose.yaml")):
        assert is_told(report, "compose.yaml")
        assert fails(report)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_git_does_not_wait_for_a_pipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from infralint.engine import listing

    (tmp_path / "Dockerfile").write_text(FAULTY)
    commit(tmp_path)
    os.mkfifo(tmp_path / ".gitignore")
    monkeypatch.setattr(listing, "SOON", 0.2)
    assert {one.path for one in judged(tmp_path).findings} == {"Dockerfile"}


def test_a_nested_repository_is_told(tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text("FROM alpine:3.22\nUSER 10001\n")
    commit(tmp_path)
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "Dockerfile").write_text(FAULTY)
    commit(tmp_path / "inner")
    assert is_told(judged(tmp_path), "inner")
    assert {one.rule for one in judged(tmp_path, "inner").findings} >= OTHER_RULES


@pytest.mark.parametrize("entry", [".", "", "{root}", "{root}/bin", "{link}"])
def test_no_program_of_the_tree_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entry: str) -> None:
    root = tmp_path / "root"
    (root / "bin").mkdir(parents=True)
    (tmp_path / "link").symlink_to(root / "bin")
    for folder in (root, root / "bin"):
        (folder / "git").write_text("#!/bin/sh\ntouch executed\n")
        (folder / "git").chmod(0o755)
    (root / "Dockerfile").write_text(FAULTY)
    monkeypatch.chdir(root)
    path = entry.format(root=root, link=tmp_path / "link")
    monkeypatch.setenv("PATH", path + os.pathsep + os.environ["PATH"])
    found = outside_of(str(root), "git")
    assert found is None or not os.path.realpath(found).startswith(str(root))
    monkeypatch.setenv("PATH", path)
    assert outside_of(str(root), "git") is None
    commitless = judged(root)
    assert {one.path for one in commitless.findings} == {"Dockerfile"}
    assert not list(root.rglob("executed"))


def test_a_fix_does_not_replace_a_link(tmp_path: Path) -> None:
    import infralint

    (tmp_path / "real.txt").write_text("FROM debian:13\nRUN apt-get install vim\nUSER 10001\n")
    (tmp_path / "Dockerfile").symlink_to("real.txt")
    infralint.fix([str(tmp_path)], root=str(tmp_path), select="dockerfile/apt-without-yes")
    assert (tmp_path / "Dockerfile").is_symlink()
