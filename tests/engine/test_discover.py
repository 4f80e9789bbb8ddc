"""What is judged: git's own list or a walk, never a thing outside of the root, never a program of the repository."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from infralint.engine import discover
from infralint.engine.discover import UsageError
from infralint.engine.options import Options
from infralint.engine.report import Report
from infralint.engine.run import run


def git(root: Path, *arguments: str) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True, env=environment)


def lay(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("A=1\n", encoding="utf-8")


def test_git_lists_what_is_tracked_or_new_and_not_ignored(tmp_path: Path) -> None:
    lay(tmp_path, "a/.env", ".env", "ignored/.env", "ignored/tracked.env", "node_modules/x/.env", "new.env")
    (tmp_path / ".gitignore").write_text("ignored/\n", encoding="utf-8")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-f", ".env", "a/.env", "ignored/tracked.env")
    tree = discover.survey(str(tmp_path))
    assert tree.paths == [".env", ".gitignore", "a/.env", "ignored/tracked.env", "new.env"]
    assert tree.tracked == {".env", "a/.env", "ignored/tracked.env"}


def test_a_file_that_git_lists_but_is_gone_is_passed_over(tmp_path: Path) -> None:
    lay(tmp_path, ".env", "b.env")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    (tmp_path / ".env").unlink()
    assert run([str(tmp_path)], Options()).notices == []


def test_outside_of_git_gitignore_files_count(tmp_path: Path) -> None:
    lay(tmp_path, ".env", "out/.env", "sub/x.env", "sub/keep/.env", "sub/keep/y.env", ".venv/.env", "sub/deep/out/.env")
    (tmp_path / ".gitignore").write_text("out/\n/.env\n", encoding="utf-8")
    (tmp_path / "sub/.gitignore").write_text("*.env\n!keep/y.env\n", encoding="utf-8")
    tree = discover.survey(str(tmp_path))
    assert tree.paths == [".gitignore", "sub/.gitignore", "sub/keep/y.env"]
    assert tree.tracked is None


def test_a_repositorys_own_settings_run_nothing(tmp_path: Path) -> None:
    lay(tmp_path, ".env")
    git(tmp_path, "init", "-q")
    trap = tmp_path / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/hacked\n", encoding="utf-8")
    trap.chmod(0o755)
    for name in (
        "core.fsmonitor",
        "core.pager",
        "core.sshCommand",
        "diff.external",
        "filter.x.clean",
        "filter.x.smudge",
    ):
        git(tmp_path, "config", name, str(trap))
    (tmp_path / ".gitattributes").write_text("* filter=x\n", encoding="utf-8")
    subprocess.run(["git", "status"], cwd=tmp_path, check=False, capture_output=True)
    assert (tmp_path / "hacked").exists(), "the trap itself works"
    (tmp_path / "hacked").unlink()
    assert ".env" in discover.survey(str(tmp_path)).paths
    assert not (tmp_path / "hacked").exists()


def test_a_bare_repository_in_the_tree_is_not_taken_for_one(tmp_path: Path) -> None:
    trap = tmp_path / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/hacked\n", encoding="utf-8")
    trap.chmod(0o755)
    folder = tmp_path / "tree"
    folder.mkdir()
    git(folder, "init", "-q", "--bare", ".")
    git(folder, "config", "core.bare", "false")
    git(folder, "config", "core.worktree", str(folder))
    git(folder, "config", "core.fsmonitor", str(trap))
    lay(folder, ".env")
    assert ".env" in discover.survey(str(folder)).paths
    outer = tmp_path / "outer"
    outer.mkdir()
    git(outer, "init", "-q")
    folder.rename(outer / "inner")
    run([str(outer / "inner")], Options(root=str(outer / "inner")))
    assert not (tmp_path / "hacked").exists()


def test_the_repository_of_a_hook_is_not_the_one_that_is_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "two"):
        lay(tmp_path, f"{name}/{name}.env")
        git(tmp_path / name, "init", "-q")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "one/.git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path / "one"))
    assert discover.survey(str(tmp_path / "two")).paths == ["two.env"]


def test_links_and_pipes_are_never_opened(tmp_path: Path) -> None:
    root = tmp_path / "root"
    lay(tmp_path, "secret/.env", "root/real.env")
    (root / "real.env").write_text("A=1\nA=2\n", encoding="utf-8")
    (root / "link.env").symlink_to(tmp_path / "secret/.env")
    (root / "folder").symlink_to(tmp_path / "secret")
    (root / "loop").symlink_to(root)
    (root / "device.env").symlink_to("/dev/zero")
    os.mkfifo(root / "pipe.env")
    assert read_of(run([str(root)], Options(root=str(root)))) == {"real.env"}
    git(root, "init", "-q")
    git(root, "add", "-f", "real.env", "link.env", "device.env")
    assert read_of(run([str(root)], Options(root=str(root)))) == {"real.env"}
    for name in ("link.env", "device.env", "folder", "folder/.env", "pipe.env"):
        try:
            assert read_of(run([str(root / name)], Options(root=str(root)))) == set(), name
        except UsageError:
            continue


def read_of(report: Report) -> set[str]:
    """The files that were read; of the others the report says why not."""
    told = {one.path for one in report.notices if one.kind == "unreadable"}
    judged = {one.path for one in report.findings}
    assert all(one.rule == "infralint/unreadable-file" for one in report.findings if one.path in told)
    return judged - told


def test_settings_that_are_a_pipe_or_lead_outside_are_refused(tmp_path: Path) -> None:
    root = tmp_path / "root"
    lay(root, ".env")
    (tmp_path / "infralint.toml").write_text('ignore = ["any"]\n', encoding="utf-8")
    (root / "infralint.toml").symlink_to(tmp_path / "infralint.toml")
    git(root, "init", "-q")
    with pytest.raises(UsageError, match=r"infralint\.toml"):
        run([str(root)], Options(root=str(root)))
    (root / "infralint.toml").unlink()
    (root / "shared.toml").write_text('profile = "pedantic"\n', encoding="utf-8")
    (root / "infralint.toml").symlink_to("shared.toml")
    run([str(root)], Options(root=str(root)))


@pytest.mark.parametrize("path", ["/etc", "/etc/passwd", "..", "../other.env"])
def test_paths_outside_of_the_root_are_refused(tmp_path: Path, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "root").mkdir()
    (tmp_path / "other.env").write_text("A=1\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path / "root")
    with pytest.raises(UsageError, match="outside of"):
        run([path], Options(root="."))


def test_paths_that_cannot_be_meant(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        run([str(tmp_path / "no")], Options(root=str(tmp_path)))
    with pytest.raises(UsageError, match="is not a folder"):
        run([str(tmp_path)], Options(root=str(tmp_path / "no")))


def test_a_root_reached_over_a_link_is_the_same_root(tmp_path: Path) -> None:
    lay(tmp_path, "real/sub/.env")
    (tmp_path / "alias").symlink_to(tmp_path / "real")
    for path in ("alias/sub/.env", "real/sub/.env"):
        tree = discover.survey(str(tmp_path / "alias"))
        assert discover.chosen(tree, str(tmp_path / "alias"), [str(tmp_path / path)])[0] == ["sub/.env"]


@pytest.mark.parametrize(
    "name", ["a b.env", "ä.env", "-x.env", "a\nb.env", "a\tb.env", '"q".env', "#.env", "$(x).env", "\udcff.env"]
)
def test_odd_file_names(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("A=1\nA=2\n", encoding="utf-8")
    (tmp_path / "sub").mkdir()
    for is_repository in (False, True):
        if is_repository:
            git(tmp_path, "init", "-q")
        found = run([str(tmp_path)], Options(root=str(tmp_path))).findings
        assert [(one.path, one.rule) for one in found] == [(name, "env/duplicate-key")]


def test_a_folder_that_git_ignores_is_judged_when_it_is_named(tmp_path: Path) -> None:
    lay(tmp_path, "out/a.env", "out/b.env")
    (tmp_path / ".gitignore").write_text("out\n", encoding="utf-8")
    git(tmp_path, "init", "-q")
    assert run([str(tmp_path)], Options()).files == 0
    assert run([str(tmp_path / "out")], Options()).files == 2
    assert run([str(tmp_path / "out/a.env")], Options()).files == 1


def test_a_gitignore_with_lines_that_git_reads_over_still_counts(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("!\n/\n*.log.env\n", encoding="utf-8")
    for name in ("a.log.env", "b.env"):
        (tmp_path / name).write_text("A=1\n", encoding="utf-8")
    assert discover.survey(str(tmp_path)).paths == [".gitignore", "b.env"]
