"""Engines as processes: found where the scanned tree has no say, started in a folder of their own, bounded in time."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from infralint.engine.discover import UsageError
from infralint.engine.programs import outside_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO

ADVICE = {
    "hadolint": "pip install 'infralint[hadolint]', or name it: --engine-command hadolint=/path/to/hadolint",
    "checkov": "pipx install checkov (an environment of its own suits it best), or name it: --engine-command checkov=/path/to/checkov",
    "shellcheck": "pip install 'infralint[shellcheck]', or name it: --engine-command shellcheck=/path/to/shellcheck",
}
CONFIG_FILES = frozenset(
    (
        ".checkov.yaml",
        ".checkov.yml",
        ".hadolint.yaml",
        ".hadolint.yml",
        ".shellcheckrc",
        "shellcheckrc",
        ".checkov.baseline",
    )
)
"""Names which an engine would take for its own settings: never staged."""
TIME_LIMIT = 600.0
"""Seconds that an engine may take."""
MAX_ARGUMENTS = 100_000
"""Characters of file names in one command line; Windows takes 32,767, POSIX systems 131,072 and more."""
_LAST_WORDS = 300


def command_of(engine: str, given: dict[str, str], root: str) -> list[str]:
    """The command that starts an engine. Raises UsageError, with what to do, if there is none.

    It comes from the command line, from INFRALINT_<ENGINE> in the environment, from beside the interpreter or from the
    absolute folders of PATH outside of the root; never from a file of the scanned tree.
    """
    asked = given.get(engine) or os.environ.get(f"INFRALINT_{engine.upper()}", "")
    if asked:
        path = asked if os.path.isabs(asked) else os.path.abspath(asked) if os.sep in asked else _on_path(asked, root)
        if path is None or not os.access(path, os.X_OK) or os.path.isdir(path):
            raise UsageError(f"the engine {engine} cannot be started: {asked} is no program")
        return [path]
    beside = shutil.which(engine, path=os.path.dirname(sys.executable))
    found = beside or _on_path(engine, root)
    if found is None:
        raise UsageError(f"the engine {engine} is not installed: {ADVICE[engine]}")
    return [os.path.abspath(found)]


def _on_path(name: str, root: str) -> str | None:
    return outside_of(root, name)


SEAL = '''"""Refuses what looks for updates, renders or fetches."""
import socket
import sys

REFUSED = {
    "socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr",
    "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "pty.spawn",
}


def refuse(event, given):
    if event in REFUSED:
        raise PermissionError(event + " is not allowed here")


sys.addaudithook(refuse)
'''
"""A module that Python imports when it starts."""


class Staging:
    """A folder with copies of what an engine may see, an empty HOME, and places for what it prints."""

    __slots__ = ("base", "home", "is_sealed", "left_out", "paths", "tree")

    def __init__(self) -> None:
        self.base = os.path.realpath(tempfile.mkdtemp(prefix="infralint-"))
        self.tree = os.path.join(self.base, "tree")
        self.home = os.path.join(self.base, "home")
        self.is_sealed = False
        self.paths: set[str] = set()
        for folder in (self.tree, self.home):
            os.mkdir(folder, 0o700)

    def put(self, path: str, data: bytes) -> bool:
        """Copy a file of the judged tree to the same path here; False for names that would steer an engine."""
        parts = path.split("/")
        if parts[-1].lower() in CONFIG_FILES or any(part in ("", ".", "..") for part in parts):
            return False
        target = os.path.join(self.tree, *parts)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "wb") as stream:
            stream.write(data)
        self.paths.add(path)
        return True

    def write(self, name: str, text: str) -> str:
        """A file of our own beside the tree, such as an engine's settings; its path."""
        path = os.path.join(self.base, name)
        with open(path, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        return path

    def seal(self) -> None:
        """Let an engine that is written in Python neither contact an address nor start a program."""
        os.mkdir(os.path.join(self.base, "seal"), 0o700)
        self.write(os.path.join("seal", "sitecustomize.py"), SEAL)
        self.is_sealed = True

    def remove(self) -> None:
        """Delete everything."""
        shutil.rmtree(self.base, ignore_errors=True)

    def environment(self) -> dict[str, str]:
        """The few variables that a program needs to run; nothing that points to a configuration."""
        kept = ("PATH", "SYSTEMROOT", "SYSTEMDRIVE", "COMSPEC", "PATHEXT", "LD_LIBRARY_PATH")
        given = {name: os.environ[name] for name in kept if name in os.environ}
        if self.is_sealed:
            given |= {"PYTHONPATH": os.path.join(self.base, "seal"), "GIT_PYTHON_REFRESH": "quiet"}
        return given | {
            "HOME": self.home, "USERPROFILE": self.home, "XDG_CONFIG_HOME": self.home, "TMPDIR": self.home, "TEMP": self.home,
            "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "NO_COLOR": "1", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1",
            "LOG_LEVEL": "ERROR", "BC_SKIP_MAPPING": "TRUE", "CHECKOV_RUN_SCA_PACKAGE_SCAN": "FALSE",
        }  # fmt: skip


class Process:
    """A started engine; its output goes to files, so that no pipe can fill up."""

    __slots__ = ("_err", "_out", "_popen", "_started")

    def __init__(self, command: list[str], staging: Staging, cwd: str | None = None) -> None:
        self._out: IO[bytes] = tempfile.TemporaryFile(dir=staging.base)  # noqa: SIM115 - closed in wait
        self._err: IO[bytes] = tempfile.TemporaryFile(dir=staging.base)  # noqa: SIM115
        self._started = time.monotonic()
        try:
            self._popen = subprocess.Popen(
                command, cwd=cwd or staging.home, env=staging.environment(), stdin=subprocess.DEVNULL,
                stdout=self._out, stderr=self._err, start_new_session=True,
            )  # fmt: skip
        except OSError as error:
            raise UsageError(f"{command[0]} cannot be started: {error.strerror or error}") from None

    def wait(self, limit: float = TIME_LIMIT) -> tuple[int | None, bytes, str]:
        """Exit code (None where it took too long and was ended), output, and its last words."""
        try:
            code: int | None = self._popen.wait(max(limit - (time.monotonic() - self._started), 0.1))
        except subprocess.TimeoutExpired:
            code = None
            self.end()
        with self._out, self._err:
            self._out.seek(0)
            self._err.seek(0)
            return code, self._out.read(), self._err.read().decode("utf-8", "replace").strip()[-_LAST_WORDS:]

    def end(self) -> None:
        """Kill it with all that it started."""
        if hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._popen.pid, signal.SIGKILL)
        else:
            self._popen.kill()
        self._popen.wait()


def batches(names: list[str]) -> list[list[str]]:
    """File names in groups that fit on a command line."""
    found: list[list[str]] = []
    room = 0
    for name in names:
        if room < len(name) + 3:
            found.append([])
            room = MAX_ARGUMENTS
        found[-1].append(name)
        room -= len(name) + 3
    return found
