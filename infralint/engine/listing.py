"""git's list of the files of a repository: asked for early, read when it is needed."""

from __future__ import annotations

import os
import time

from infralint.engine.programs import outside_of

GIT = ("-c", "core.fsmonitor=false", "-c", "safe.bareRepository=explicit", "-c", "core.untrackedCache=false")
"""Options of git. A repository's own config can name programs for git to run; these switches keep it from that."""
LIST = ("ls-files", "-c", "-o", "-t", "--exclude-standard", "-z")
"""Tracked files and others that are not ignored, each behind a letter (`?` for the others) and a space."""
SECONDS = 60.0
SOON = 1.0
"""Seconds within which git answers, unless the tree is huge or something in it makes git wait."""
SEALED = {
    "GIT_ALLOW_PROTOCOL": "none", "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C",
}  # fmt: skip
"""Nothing is fetched: of a sparse partial clone git would ask the remote, through a program that the config names."""
OUTER = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_EXTERNAL_DIFF", "GIT_PAGER", "GIT_TRACE")
"""What a hook's environment says of the repository that runs it, which need not be the one that is judged."""
PIECE = 1 << 16


def git_environment() -> dict[str, str]:
    """The environment in which git is asked: nothing is fetched, and no other repository is meant."""
    environment = {**os.environ, **SEALED}
    for name in OUTER:
        environment.pop(name, None)
    return environment


class Files:
    """What git lists below a root, and the warnings that it printed beside."""

    __slots__ = ("others", "said", "tracked")

    def __init__(self, out: bytes, said: bytes) -> None:
        rows = [row for row in out.split(b"\0") if row]
        self.tracked = [os.fsdecode(row[2:]) for row in rows if row[:1] != b"?"]
        self.others = [os.fsdecode(row[2:]) for row in rows if row[:1] == b"?"]
        self.said = said.decode("utf-8", "replace")


class Listing:
    """A git at work on the list of a root's files. Without `subprocess`, whose import takes longer than git."""

    __slots__ = ("_errors", "_out", "_pid", "root")

    def __init__(self, root: str, program: str) -> None:
        """Start git. Raises OSError where that fails."""
        import _signal as signal  # `signal` makes enumerations of it first

        self.root = root
        self._out, out = os.pipe()
        self._errors, errors = os.pipe()
        try:
            self._pid = os.posix_spawn(
                program,
                [program, *GIT, "-C", root, *LIST],
                git_environment(),
                file_actions=[
                    (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                    (os.POSIX_SPAWN_DUP2, out, 1),
                    (os.POSIX_SPAWN_DUP2, errors, 2),
                ],
                setsigdef=[signal.SIGPIPE],
            )
        except OSError:
            os.close(self._out)
            os.close(self._errors)
            raise
        finally:
            os.close(out)
            os.close(errors)

    def files(self) -> Files | None:
        """What git lists; None where it fails, or waits for something in the tree."""
        out, said = self._read()
        if out is None:
            self.end()
            return None
        os.close(self._out)
        os.close(self._errors)
        _, status = os.waitpid(self._pid, 0)
        return Files(out, said) if status == 0 else None

    def _read(self) -> tuple[bytes | None, bytes]:
        """What git writes to its two outputs; None for the first where it takes too long."""
        import select

        pieces: dict[int, list[bytes]] = {self._out: [], self._errors: []}
        still = list(pieces)
        started, limit = time.monotonic(), SOON
        while still:
            left = started + limit - time.monotonic()
            ready = select.select(still, [], [], max(left, 0))[0]
            if not ready:
                if limit == SECONDS or makes_git_wait(self.root):
                    return None, b""
                limit = SECONDS
            for pipe in ready:
                piece = os.read(pipe, PIECE)
                pieces[pipe].append(piece)
                if not piece:
                    still.remove(pipe)
        return b"".join(pieces[self._out]), b"".join(pieces[self._errors])

    def end(self) -> None:
        """Stop git: its list is not wanted."""
        import _signal as signal  # `signal` makes enumerations of it first

        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._out)
        os.close(self._errors)


def begin(root: str) -> Listing | None:
    """A git under way; None where there is none, or the system starts programs another way."""
    program = outside_of(root, "git") if hasattr(os, "posix_spawn") else None
    try:
        return Listing(root, program) if program is not None else None
    except OSError:
        return None


def listed(root: str) -> Files | None:
    """What git lists below a root; None where it is not there, fails, or waits for something in the tree."""
    if hasattr(os, "posix_spawn"):
        begun = begin(root)
        return begun.files() if begun is not None else None
    return _listed_elsewhere(root)


def _listed_elsewhere(root: str) -> Files | None:
    """The same on systems without `posix_spawn`."""
    import subprocess

    program = outside_of(root, "git")
    if program is None:
        return None
    command = [program, *GIT, "-C", root, *LIST]
    try:
        done = subprocess.run(
            command, env=git_environment(), stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return Files(done.stdout, done.stderr) if done.returncode == 0 else None


def makes_git_wait(root: str) -> bool:
    """Whether a pipe or a device stands where git reads a list of ignored files."""
    import stat

    def is_special(path: str) -> bool:
        return os.path.lexists(path) and not stat.S_ISREG(os.lstat(path).st_mode)

    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name != ".git"]
        if ".gitignore" in names and is_special(os.path.join(folder, ".gitignore")):
            return True
    return is_special(os.path.join(root, ".git", "info", "exclude"))
