"""What the tests of this folder share: a git server of their own and a tree that uses actions; `git_server` lies beside them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent))


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the server's repositories; git's own settings of this machine do not count."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    return tmp_path / "server"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A repository without workflows yet."""
    folder = tmp_path / "tree"
    (folder / ".github/workflows").mkdir(parents=True)
    return folder
