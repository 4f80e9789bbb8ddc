"""What a run prints depends on the files alone: not on the number of processes, the folder it is started in, or the seed of hashes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HOME = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The careless project some times over, so that it is shared out to processes."""
    root = tmp_path_factory.mktemp("many")
    for number in range(40):
        shutil.copytree(HOME / "fixtures" / "projects" / "careless", root / f"part{number}")
    return root


def on_one_core() -> None:
    """Make this process judge alone: it shares files out to as many processes as there are cores."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def printed(folder: Path, *words: str, seed: str = "0", alone: bool = False) -> str:
    done = subprocess.run(
        [
            sys.executable,
            "-P",
            "-m",
            "infralint",
            "check",
            "--no-cache",
            "--profile",
            "all",
            "--fail-on",
            "never",
            *words,
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(HOME), "PYTHONHASHSEED": seed},
        preexec_fn=on_one_core if alone else None,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("form", ["json", "sarif", "text"])
def test_processes_folders_and_seeds_change_no_byte(tree: Path, tmp_path: Path, form: str) -> None:
    first = printed(tree, ".", "--format", form, alone=True)
    assert len(first) > 10_000
    assert printed(tree, ".", "--format", form, seed="7") == first
    assert printed(tmp_path, str(tree), "--root", str(tree), "--format", form, seed="12345") == first


def test_a_file_alone_has_the_findings_that_it_has_in_its_tree(tmp_path: Path) -> None:
    tree = tmp_path / "careless"
    shutil.copytree(HOME / "fixtures" / "projects" / "careless", tree)

    def rows(*words: str) -> list[dict[str, object]]:
        found = json.loads(printed(tree, "--root", ".", "--format", "json", *words))["findings"]
        return [one for one in found if one["kind"] != "project"]

    whole = rows(".")
    paths = sorted({str(one["path"]) for one in whole})
    assert len(paths) == 4
    for path in paths:
        assert rows(path) == [one for one in whole if one["path"] == path], path
