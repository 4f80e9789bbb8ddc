"""What the tests of this folder share: a git server of their own and a tree that uses actions; `git_server` lies beside them."""

from __future__ import annotations

import functools
import http.server
import os
import sys
import threading
from collections.abc import Iterator
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


@pytest.fixture
def web(server: Path) -> Iterator[str]:
    """The address of that server over HTTP."""
    from git_server import Web

    server.mkdir(exist_ok=True)
    listening = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Web, directory=str(server)))
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{listening.server_address[1]}"
    listening.shutdown()
    listening.server_close()
