"""The refs of a remote repository, by `git ls-remote` alone: no clone, no prompt, no setting of the scanned tree."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable

from infralint.analysis.github.pins import REPOSITORY
from infralint.engine.discover import UsageError
from infralint.engine.listing import GIT, OUTER, SEALED
from infralint.engine.options import GITHUB
from infralint.engine.programs import outside_of
from infralint.syntax.remote_refs import Refs
from infralint.text import regex as re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO

MAX_ANSWER = 64_000_000
"""Bytes; the largest action repositories answer with a few megabytes, and have a history of as many."""
OUT_OF_TIME = "the time for asking is over"
QUIET = {
    "GIT_TERMINAL_PROMPT": "0", "GIT_ASKPASS": "", "SSH_ASKPASS": "", "SSH_ASKPASS_REQUIRE": "never", "GCM_INTERACTIVE": "never",
    "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C",
}  # fmt: skip
"""git never asks for a password: what needs one fails."""
ELSEWHERE = (
    "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_NAMESPACE", "GIT_SHALLOW_FILE",
    "GIT_GRAFT_FILE", "GIT_REPLACE_REF_BASE", "GIT_CONFIG",
)  # fmt: skip
"""Where a hook's environment has git read and write: not in the folder that we give it."""
STILL = (
    "-c", f"core.hooksPath={os.devnull}", "-c", "credential.interactive=false", "-c", "gc.auto=0", "-c", "maintenance.auto=false",
    "-c", "submodule.recurse=false", "-c", "transfer.unpackLimit=1", "-c", "fetch.unpackLimit=1",
)  # fmt: skip
"""Nothing but the fetch itself happens, into one file whose growth can be watched."""


class RemoteError(Exception):
    """A repository that did not answer; the message says why."""


class Gone(RemoteError):
    """The server says that it has no such repository."""


class Clock:
    """When all asking is to end, whatever is still under way; `stop` ends it now."""

    __slots__ = ("end",)

    def __init__(self, seconds: float) -> None:
        self.end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds."""
        return self.end - time.monotonic()

    def stop(self) -> None:
        """The answers are not needed any more."""
        self.end = 0.0


def checked(server: str) -> str:
    """A server's address without a slash at its end; its repositories are `server/owner/name`. Raises UsageError."""
    match = re.fullmatch(r"(?:https?|git|ssh|file)://[^\s\"\\]+|/[^\s\"\\]*", server)
    if match is None or not server.isprintable():
        raise UsageError(f"--server {server}: write an address such as {GITHUB}, or an absolute path")
    if re.match(r"https?://[^/]*@", server):
        raise UsageError(
            "--server holds a user or password, which would be shown; leave that to git's credential helper"
        )
    return server.rstrip("/")


def ask(url: str, seconds: float, clock: Clock | None = None) -> Refs:
    """What the repository at a URL or absolute path has. Raises RemoteError; UsageError where git is not installed."""
    with (
        tempfile.TemporaryDirectory(prefix="infralint-") as folder,
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
    ):
        command = [*_git(), "-c", "credential.interactive=false", "ls-remote", "--heads", "--tags", "--", url]
        code = _run(
            command, folder, _environment(url, folder), out, err, seconds, clock, lambda: os.fstat(out.fileno()).st_size
        )
        out.seek(0)
        err.seek(0)
        said = err.read(100_000).decode("utf-8", "replace")
        if code != 0:
            raise (Gone if code is not None and _is_gone(url, said) else RemoteError)(_reason(code, said))
        refs = Refs(out.read(MAX_ANSWER).decode("utf-8", "replace"))
        refs.moved_to = _moved_to(url, said)
        return refs


def heard(url: str, said: str) -> Refs:
    """An answer that was written down: all that git printed, and lines for commits that a ref leads to (see Refs)."""
    refs = Refs(said)
    refs.is_gone = _is_gone(url, said)
    refs.moved_to = _moved_to(url, said)
    refs.history = refs.history or frozenset()
    return refs


def reached(url: str, commits: Iterable[str], seconds: float, clock: Clock | None = None) -> frozenset[str]:
    """Those of the commits to which a tag or branch of a repository leads. Raises RemoteError.

    Its files are left away where the server can do that. Where it cannot, a filter must not be asked for: of a server without
    git, git 2.39 then fetches what is missing by calling itself again and again. The remote has a name, because a path cannot be
    one that leaves objects away.
    """
    limit = Clock(seconds)
    with (
        tempfile.TemporaryDirectory(prefix="infralint-") as folder,
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
    ):
        store, trace = os.path.join(folder, "history.git"), os.path.join(folder, "trace")
        environment = _environment(url, folder)

        def call(*arguments: str, **more: str) -> None:
            command = [*_git(), f"--git-dir={store}", *STILL, "-c", f"remote.asked.url={url}", *arguments]
            for stream in (out, err):
                stream.seek(0)
                stream.truncate()
            code = _run(
                command, folder, {**environment, **more}, out, err, limit.left, clock,
                lambda: _size(store) + os.fstat(out.fileno()).st_size,
            )  # fmt: skip
            if code != 0:
                err.seek(0)
                raise RemoteError(_reason(code, err.read(4000).decode("utf-8", "replace")))

        call("init", "-q", "--bare", "--template=", **SEALED)
        call("ls-remote", "asked", "refs/heads/-", GIT_TRACE_PACKET=trace)
        leave = ["--filter=tree:0"] if _can_filter(trace) else []
        fetch = [
            "fetch",
            "-q",
            "--no-tags",
            "--no-recurse-submodules",
            "--no-auto-maintenance",
            "--no-write-fetch-head",
            *leave,
        ]
        call(*fetch, "asked", "+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*", GIT_NO_LAZY_FETCH="1")
        call("rev-list", "--all", **SEALED)
        out.seek(0)
        wanted = {commit.lower() for commit in commits}
        return frozenset(wanted.intersection(line.decode("ascii", "replace").strip() for line in out))


def _can_filter(trace: str) -> bool:
    """Whether what git and a server said to each other holds the server's word that it can leave objects away."""
    try:
        with open(trace, encoding="utf-8", errors="replace") as lines:
            return re.search(r"[ =]filter(?:[ ]|$)", lines.read(1_000_000), re.M) is not None
    except OSError:
        return False


def _size(store: str) -> int:
    """Bytes of the packs of a repository, also of one that is on its way."""
    try:
        with os.scandir(os.path.join(store, "objects", "pack")) as entries:
            return sum(entry.stat(follow_symlinks=False).st_size for entry in entries)
    except OSError:  # not there yet, or a name that has just gone
        return 0


def _is_gone(url: str, said: str) -> bool:
    """Whether git's words leave no doubt. GitHub asks for a password instead, which says nothing."""
    scheme = url.partition("://")[0] if "://" in url else "file"
    if scheme == "file":
        path = url.removeprefix("file://")
        return (
            os.path.isdir(os.path.dirname(os.path.dirname(path)))
            and not os.path.lexists(path)
            and not os.path.lexists(f"{path}.git")
        )
    if scheme.startswith("http"):
        return re.search(r"^fatal: repository '.*' not found$", said, re.M) is not None
    return re.search(r"^ERROR: Repository not found\.", said, re.M) is not None


def _moved_to(url: str, said: str) -> str | None:
    """The `owner/name` to which the server has sent git, where that is another one."""
    base, owner, name = url.rsplit("/", 2)
    match = re.search(rf"^warning: redirecting to {re.escape(base)}/({REPOSITORY}?)(?:\.git)?/?$", said, re.M | re.A)
    return match[1] if match is not None and match[1].lower() != f"{owner}/{name}".lower() else None


def installed() -> None:
    """Raises UsageError where git is not installed."""
    _git()


def _git() -> list[str]:
    found = outside_of(os.getcwd(), "git")
    if found is None:
        raise UsageError("git is not installed, and other repositories are asked with `git ls-remote`")
    return [found, *GIT]


def _environment(url: str, folder: str) -> dict[str, str]:
    """The user's own environment and settings (proxies, certificates), but for what leads to a repository or asks."""
    environment = {name: value for name, value in os.environ.items() if name not in OUTER + ELSEWHERE}
    environment.update(QUIET)
    environment["GIT_CEILING_DIRECTORIES"] = os.path.dirname(os.path.realpath(folder))
    scheme = url.partition("://")[0] if "://" in url else "file"
    environment["GIT_ALLOW_PROTOCOL"] = "https:ssh" if scheme == "https" else scheme
    environment.setdefault("GIT_SSH_COMMAND", "ssh -o BatchMode=yes -o ConnectTimeout=20")
    return environment


def _run(
    command: list[str], folder: str, environment: dict[str, str], out: IO[bytes], err: IO[bytes], seconds: float,
    clock: Clock | None, size: Callable[[], int],
) -> int:  # fmt: skip
    """Exit code. Raises RemoteError where it took too long or said too much, and was ended with all that it started."""
    try:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            start_new_session=True,
        )
    except OSError as error:
        raise RemoteError(f"git cannot be started: {error.strerror or error}") from None
    limit = Clock(seconds)
    try:
        while limit.left > 0 and (clock is None or clock.left > 0):
            code: int | None = None
            with contextlib.suppress(subprocess.TimeoutExpired):
                code = process.wait(0.05)
            if size() > MAX_ANSWER:
                raise RemoteError(f"its answer is larger than {MAX_ANSWER // 1_000_000} MB")
            if code is not None:
                return code
        raise RemoteError(f"git did not answer within {seconds:.3g} s" if limit.left <= 0 else OUT_OF_TIME)
    finally:
        if process.poll() is None:
            if hasattr(os, "killpg"):
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
            process.wait()


def _reason(code: int, said: str) -> str:
    said = re.sub(r"://[^/@\s]*@", "://", said)
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    line = next((line for line in lines if line.startswith("fatal:")), lines[-1] if lines else f"exit code {code}")
    line = line.removeprefix("fatal:").strip()
    if "terminal prompts disabled" in line or "could not read Username" in line:
        return "git is asked for a password there: the repository does not exist or is private"
    return f"git says: {line[:300]}"
