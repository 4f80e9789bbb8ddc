"""The code base passes its own linter and type checker."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    "arguments", [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"]], ids=" ".join
)
def test_the_house_is_clean(arguments: list[str]) -> None:
    pytest.importorskip(arguments[0])
    done = subprocess.run([sys.executable, "-m", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_modules_stay_small() -> None:
    long = {
        path.relative_to(ROOT).as_posix(): count
        for path in sorted((ROOT / "infralint").rglob("*.py"))
        if "compiled" not in path.parts and (count := len(path.read_text(encoding="utf-8").splitlines())) > 420
    }
    assert long == {}
