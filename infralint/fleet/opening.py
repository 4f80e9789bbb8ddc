"""A repository as a folder that can be judged: checkouts where they are, all else laid into a temporary folder.

Contents come out of git as they are stored: no filter, hook or attribute of the repository is asked, and nothing of an
archive is written outside of its folder.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from infralint.engine.discover import Tree, UsageError
from infralint.engine.listing import GIT, git_environment
from infralint.engine.programs import outside_of
from infralint.fleet.sources import Repository, commit_of
from infralint.text.source import MAX_BYTES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO, Any

MAX_FILES = 500_000
MAX_TOTAL = 4 * 1024**3
"""Bytes that an archive may unpack to."""
CLONE_SECONDS = 900
PROTOCOLS = "https:ssh:git:http:file"
_SHA = re.compile(rb"^[0-9a-f]{40,64}$")
_BARE = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "safe.bareRepository=all")


class Opened:
    """A folder to judge. `tree`: its files where git is not asked; `commit`: "" where it is not known."""

    __slots__ = ("commit", "root", "tree")

    def __init__(self, root: str, commit: str, tree: Tree | None = None) -> None:
        self.root = root
        self.commit = commit
        self.tree = tree


@contextmanager
def opened(repository: Repository) -> Iterator[Opened]:
    """The folder of a repository, for as long as it is needed. Raises UsageError where it cannot be had."""
    if repository.form == "checkout":
        if not os.path.isdir(repository.place):
            raise UsageError("the folder is gone")
        yield Opened(repository.place, commit_of(os.path.join(repository.place, ".git")))
        return
    with tempfile.TemporaryDirectory(prefix="infralint-fleet-") as folder:
        files = os.path.join(folder, "files")
        os.mkdir(files)
        if repository.form == "archive":
            commit = unpack(repository.place, files)
            yield Opened(_inner(files), commit)
        else:
            git = repository.place
            if repository.form == "address":
                git = os.path.join(folder, "clone")
                clone(repository.place, git)
            commit, paths = lay(git, files)
            yield Opened(files, commit, Tree(files, sorted(paths), frozenset(paths)))


def clone(address: str, folder: str) -> None:
    """A bare clone of the newest commit alone. Raises UsageError with what git says."""
    program = outside_of(folder, "git")
    if program is None:
        raise UsageError("git is not found")
    environment = {**git_environment(), "GIT_ALLOW_PROTOCOL": PROTOCOLS, "GIT_CONFIG_NOSYSTEM": "1"}
    command = [program, *GIT, "-c", "core.hooksPath=/dev/null", "-c", "protocol.ext.allow=never", "clone", "-q"]
    command += ["--bare", "--depth", "1", "--single-branch", "--no-tags", "--template=", "--", address, folder]
    try:
        done = subprocess.run(
            command, capture_output=True, env=environment, timeout=CLONE_SECONDS, check=False, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired:
        raise UsageError(f"cloning took longer than {CLONE_SECONDS} s") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise UsageError(f"cannot be cloned: {said[-1] if said else 'git failed'}")


def lay(git: str, folder: str) -> tuple[str, list[str]]:
    """Write the files of HEAD of a bare clone into a folder; the commit and the paths. Raises UsageError."""
    program = outside_of(git, "git")
    if program is None:
        raise UsageError("git is not found")
    base = [program, *_BARE, f"--git-dir={os.path.abspath(git)}"]
    commit = _answer([*base, "rev-parse", "--verify", "HEAD^{commit}"]).strip()
    listed = _answer([*base, "ls-tree", "-r", "-z", commit.decode()])
    rows = []
    for row in listed.split(b"\0"):
        meta, _, name = row.partition(b"\t")
        parts = meta.split()
        if len(parts) == 3 and parts[1] == b"blob" and is_plain(os.fsdecode(name)):
            rows.append((parts[0] == b"120000", parts[2], os.fsdecode(name)))
    if len(rows) > MAX_FILES:
        raise UsageError(f"has more than {MAX_FILES} files")
    with subprocess.Popen(
        [*base, "cat-file", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=git_environment()
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        for is_link, blob, path in rows:
            process.stdin.write(blob + b"\n")
            process.stdin.flush()
            data, size = _object(process.stdout)
            full = os.path.join(folder, path)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            if is_link and data is not None:
                os.symlink(os.fsdecode(data), full)
                continue
            with open(full, "wb") as stream:
                if data is None:
                    stream.truncate(size)  # told as too large; its content is not needed
                else:
                    stream.write(data)
        process.stdin.close()
    return commit.decode(), [path for _, _, path in rows]


def _object(stream: IO[bytes]) -> tuple[bytes | None, int]:
    """Content and size of the next object that `git cat-file --batch` gives.

    No content where it is larger than what is read, and where a partial clone lacks it, which is taken for as large.
    """
    head = stream.readline().split()
    if len(head) < 3 or not head[2].isdigit():
        return None, MAX_BYTES + 1
    left = size = int(head[2])
    if size <= MAX_BYTES:
        data = stream.read(size)
        stream.read(1)
        return data, size
    left += 1  # the line break behind it
    while left > 0:
        left -= len(stream.read(min(left, 1 << 20))) or left
    return None, size


def _answer(command: list[str]) -> bytes:
    try:
        done = subprocess.run(command, capture_output=True, env=git_environment(), timeout=CLONE_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise UsageError("git takes too long") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise UsageError(f"cannot be read by git: {said[-1] if said else 'it failed'}")
    return done.stdout


def is_plain(path: str) -> bool:
    """Whether a path stays below the folder that it is relative to, and is none of git's own."""
    parts = path.replace("\\", "/").split("/")
    return (
        bool(path) and not os.path.isabs(path) and not {"", ".", "..", ".git"}.intersection(parts) and "\0" not in path
    )


def unpack(archive: str, folder: str) -> str:
    """Write the plain files of an archive into a folder; the commit that it names, else "". Raises UsageError."""
    import tarfile
    import zipfile
    import zlib

    try:
        if archive.lower().endswith(".zip"):
            with zipfile.ZipFile(archive) as packed:
                _unzip(packed, folder)
                comment = packed.comment
            return comment.decode() if _SHA.match(comment) else ""
        with tarfile.open(archive) as tar:
            _untar(tar, folder)
            named = str(tar.pax_headers.get("comment", "")).encode("ascii", "replace")
        return named.decode() if _SHA.match(named) else ""
    except (
        OSError,
        tarfile.TarError,
        zipfile.BadZipFile,
        EOFError,
        zlib.error,
        ValueError,
        NotImplementedError,
    ) as error:
        raise UsageError(f"cannot be unpacked: {error}") from None


def _unzip(packed: Any, folder: str) -> None:
    entries = [entry for entry in packed.infolist() if not entry.is_dir() and is_plain(entry.filename)]
    _bounded(len(entries), sum(entry.file_size for entry in entries))
    for entry in entries:
        with packed.open(entry) as stream:
            _keep(folder, entry.filename, stream, entry.file_size)


def _untar(tar: Any, folder: str) -> None:
    count = total = 0
    for entry in tar:
        if entry.isfile() and is_plain(entry.name):
            count, total = count + 1, total + entry.size
            _bounded(count, total)
            _keep(folder, entry.name, tar.extractfile(entry), entry.size)


def _bounded(count: int, total: int) -> None:
    if count > MAX_FILES or total > MAX_TOTAL:
        raise UsageError(f"holds more than {MAX_FILES} files or {MAX_TOTAL >> 30} GB")


def _keep(folder: str, path: str, stream: Any, size: int) -> None:
    full = os.path.join(folder, path)
    try:
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "xb") as target:
            if size > MAX_BYTES:
                target.truncate(size)
            else:
                target.write(stream.read(MAX_BYTES + 1))
    except (FileExistsError, NotADirectoryError, IsADirectoryError):
        return  # a second entry of that name: the first one counts


def _inner(folder: str) -> str:
    """The one folder in which everything of an archive lies, else the folder itself."""
    names = os.listdir(folder)
    only = os.path.join(folder, names[0]) if len(names) == 1 else folder
    return only if os.path.isdir(only) else folder
