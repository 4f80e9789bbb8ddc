"""What a user gets: the wheel alone, and the hooks as pre-commit installs them. Both install from the registry."""

from __future__ import annotations

import os
import pathlib
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).parent.parent


def run(*command: str | pathlib.Path, cwd: pathlib.Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )


def test_a_fresh_environment_with_only_the_wheel_checks(tmp_path: pathlib.Path) -> None:
    built = run(sys.executable, "-m", "build", "--wheel", "--outdir", tmp_path / "dist", ROOT, cwd=tmp_path)
    assert built.returncode == 0, built.stderr[-2000:]
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    assert run(sys.executable, "-m", "venv", tmp_path / "venv", cwd=tmp_path).returncode == 0
    scripts = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")
    installed = run(scripts / "python", "-m", "pip", "install", "-q", wheel, cwd=tmp_path)
    assert installed.returncode == 0, installed.stderr[-2000:]
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / ".env").write_text("PORT=1\nPORT=2\n")
    checked = run(scripts / "infralint", "check", ".", "--format", "concise", cwd=tmp_path / "work")
    assert "env/duplicate-key" in checked.stdout, checked.stderr
    assert checked.returncode == 1
    assert "# Duplicate key" in run(scripts / "infralint", "explain", "duplicate-key", cwd=tmp_path).stdout
    listed = run(scripts / "infralint", "rules", cwd=tmp_path).stdout
    assert f"{len(list((ROOT / 'rules').rglob('[!_]*.md')))} rules" in listed


def test_the_hooks_run_under_pre_commit(tmp_path: pathlib.Path) -> None:
    pytest.importorskip("pre_commit")
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: pre-commit has nothing to clone")
    repository = tmp_path / "repository"
    repository.mkdir()
    run("git", "init", "-q", cwd=repository)
    (repository / ".env.local").write_text("PORT=1\nPORT=1\n")
    (repository / "notes.txt").write_text("PORT=1\nPORT=1\n")
    run("git", "add", ".", cwd=repository)
    environment = [sys.executable, "-m", "pre_commit", "try-repo", str(ROOT)]
    os.environ.setdefault("PRE_COMMIT_HOME", str(tmp_path / "cache"))
    try:
        found = run(*environment, "infralint", "--all-files", cwd=repository)
        assert "env/duplicate-key" in found.stdout, found.stdout[-2000:] + found.stderr[-2000:]
        assert found.returncode == 1
        fixed = run(*environment, "infralint-fix", "--all-files", cwd=repository)
        assert fixed.returncode == 1
        assert (repository / ".env.local").read_text() == "PORT=1\n"
        clean = run(*environment, "infralint-project", "--all-files", cwd=repository)
        assert clean.returncode == 0, clean.stdout[-2000:]
    finally:
        if os.environ["PRE_COMMIT_HOME"] == str(tmp_path / "cache"):
            del os.environ["PRE_COMMIT_HOME"]
