"""Repositories of a git server of the tests' own: folders that git reads; and workflows that use them."""

from __future__ import annotations

import http.server
import os
import subprocess
from pathlib import Path
from typing import Any

EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"


CI = ".github/workflows/ci.yml"
HEAD = "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n"


def use(tree: Path, *lines: str) -> None:
    """Write the tree's workflow: one that uses these actions."""
    (tree / CI).write_text(HEAD + "".join(f"      - uses: {line}\n" for line in lines))


def git(folder: Path, *arguments: str) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "GIT_COMMITTER_DATE": "1700000000 +0000",
        "GIT_AUTHOR_DATE": "1700000000 +0000",
    }
    switches = ("-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "tag.gpgSign=false")
    return subprocess.run(
        ["git", *switches, *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
        env=environment,
        stdin=subprocess.DEVNULL,
    ).stdout.strip()


class Repository:
    """A bare repository of the test's own server."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self.folder = folder
        git(folder, "init", "-q", "--bare", "-b", "main")

    def commit(
        self, message: str, *tags: str, annotated: tuple[str, ...] = (), branch: str = "main", parent: str = ""
    ) -> str:
        git(self.folder, "hash-object", "-t", "tree", "-w", "--stdin")
        commit = git(self.folder, "commit-tree", EMPTY_TREE, "-m", message, *(["-p", parent] if parent else []))
        git(self.folder, "update-ref", f"refs/heads/{branch}", commit)
        for tag in tags:
            git(self.folder, "tag", "-f", tag, commit)
        for tag in annotated:
            git(self.folder, "tag", "-f", "-a", "-m", tag, tag, commit)
        git(self.folder, "update-server-info")
        return commit


class Web(http.server.SimpleHTTPRequestHandler):
    """A web server that serves files, sends old/ to new/, and asks for a password below /private."""

    def do_GET(self) -> None:
        if self.path.startswith("/private"):
            self._empty(401, "WWW-Authenticate", 'Basic realm="x"')
        elif self.path.startswith("/old/"):
            self._empty(301, "Location", self.path.replace("/old/", "/new/", 1))
        else:
            super().do_GET()

    def _empty(self, code: int, header: str, value: str) -> None:
        self.send_response(code)
        self.send_header(header, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None: ...
