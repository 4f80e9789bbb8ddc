"""The refs of a remote repository, by `git ls-remote` alone: no clone, no prompt, no setting of the scanned tree."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from typing import IO

from infralint.engine.discover import GIT, OUTER, UsageError
from infralint.model.workflow_pins import COMMIT, NAME

MAX_ANSWER = 64_000_000
"""Bytes; the largest action repositories answer with a few megabytes."""
QUIET = {
    "GIT_TERMINAL_PROMPT": "0", "GIT_ASKPASS": "", "SSH_ASKPASS": "", "SSH_ASKPASS_REQUIRE": "never", "GCM_INTERACTIVE": "never",
    "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C",
}  # fmt: skip
"""Nobody is asked for a password: what needs one fails."""


class RemoteError(Exception):
    """A repository that did not answer; the message says why."""


class Refs:
    """Tags and branches of a repository with the commits that they mean; annotated tags are followed to theirs."""

    __slots__ = ("branches", "tags")

    def __init__(self, lines: str) -> None:
        self.tags: dict[str, str] = {}
        self.branches: dict[str, str] = {}
        peeled: dict[str, str] = {}
        for line in lines.splitlines():
            match = re.fullmatch(rf"({COMMIT})\trefs/(tags|heads)/({NAME})(\^\{{\}})?", line, re.ASCII)
            if match is not None:
                commit, sort, name, mark = match.groups()
                (self.branches if sort == "heads" else peeled if mark else self.tags)[name] = commit
        self.tags.update(peeled)


def ask(url: str, seconds: float) -> Refs:
    """What the repository at a URL or absolute path has. Raises RemoteError; UsageError where git is not installed."""
    git = _git()
    with tempfile.TemporaryDirectory(prefix="infralint-") as folder, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        command = [git, *GIT[1:], "-c", "credential.interactive=false", "ls-remote", "--heads", "--tags", "--", url]
        code = _run(command, folder, _environment(url, folder), out, err, seconds)
        out.seek(0)
        err.seek(0)
        if code != 0:
            raise RemoteError(_reason(code, err.read(4000).decode("utf-8", "replace"), seconds))
        return Refs(out.read(MAX_ANSWER).decode("utf-8", "replace"))


def _git() -> str:
    folders = [folder for folder in os.environ.get("PATH", "").split(os.pathsep) if os.path.isabs(folder)]
    found = shutil.which("git", path=os.pathsep.join(folders))
    if found is None:
        raise UsageError("git is not installed, and pins are looked up with `git ls-remote`")
    return found


def _environment(url: str, folder: str) -> dict[str, str]:
    """The user's own environment and settings (proxies, certificates), but for what leads to a repository or asks."""
    environment = {name: value for name, value in os.environ.items() if name not in OUTER}
    environment.update(QUIET)
    environment["GIT_CEILING_DIRECTORIES"] = os.path.dirname(os.path.realpath(folder))
    scheme = url.partition("://")[0] if "://" in url else "file"
    environment["GIT_ALLOW_PROTOCOL"] = "https:ssh" if scheme == "https" else scheme
    environment.setdefault("GIT_SSH_COMMAND", "ssh -o BatchMode=yes -o ConnectTimeout=20")
    return environment


def _run(command: list[str], folder: str, environment: dict[str, str], out: IO[bytes], err: IO[bytes], seconds: float) -> int | None:
    """Exit code; None where it took too long or said too much and was ended with all that it started."""
    try:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=err, start_new_session=True
        )
    except OSError as error:
        raise RemoteError(f"git cannot be started: {error.strerror or error}") from None
    limit = time.monotonic() + seconds
    try:
        while time.monotonic() < limit and os.fstat(out.fileno()).st_size < MAX_ANSWER:
            with contextlib.suppress(subprocess.TimeoutExpired):
                return process.wait(0.05)
        return None
    finally:
        if process.poll() is None:
            if hasattr(os, "killpg"):
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
            process.wait()


def _reason(code: int | None, said: str, seconds: float) -> str:
    if code is None:
        return f"git did not answer within {seconds:g} s"
    said = re.sub(r"://[^/@\s]*@", "://", said)
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    line = next((line for line in lines if line.startswith("fatal:")), lines[-1] if lines else f"exit code {code}")
    line = line.removeprefix("fatal:").strip()
    if "terminal prompts disabled" in line or "could not read Username" in line:
        return "git is asked for a password there: the repository does not exist or is private"
    return f"git says: {line[:300]}"
