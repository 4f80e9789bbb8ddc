"""What git knows of changes: the findings of an earlier state, and what is about to be committed. Nothing is checked out."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import copy

from infralint.engine.baseline import Baseline, entries_of
from infralint.engine.config import NAMES, Configs
from infralint.engine.discover import Tree, UsageError, root_of_all
from infralint.engine.listing import GIT, SECONDS, git_environment
from infralint.engine.options import Options
from infralint.engine.peers.names import NAMES as PEERS
from infralint.engine.programs import outside_of
from infralint.engine.run import run
from infralint.engine.session import own_rules
from infralint.text.source import MAX_BYTES, Source, Unreadable

BLOB = "100"
"""How the modes of plain files begin."""
OWN = ".infralint/"


def findings_of(ref: str, paths: Sequence[str], options: Options) -> Baseline:
    """The findings of the state where the work left `ref`, judged with today's settings and rules. Raises UsageError."""
    root = os.path.abspath(options.root) if options.root is not None else root_of_all(list(paths))
    base = _base(root, ref)
    files = _files(root, base)
    with tempfile.TemporaryDirectory(prefix="infralint-") as folder:
        names = _lay(root, files, folder)
        earlier = copy(options)
        earlier.root, earlier.baseline, earlier.progress, earlier.stdin = folder, "", None, None
        earlier.staged = False
        report = run([folder], earlier, tree=Tree(folder, sorted(names), frozenset(names)))
        return Baseline(entries_of(report), ref, _renames(root, base), reason=f"there already in {ref}")


@contextmanager
def policy_of(where: str, paths: Sequence[str], options: Options) -> Iterator[None]:
    """Let a run take its settings from a git ref, or add the policy in a file whose name ends in .toml. Raises UsageError.

    A ref is never looked for as a file: a pull request could add one of that name.
    """
    if where.endswith(".toml"):
        options.policy = where
        yield
        return
    root = os.path.abspath(options.root) if options.root is not None else root_of_all(list(paths))
    commit = _commit(root, where, "--policy-from")
    with tempfile.TemporaryDirectory(prefix="infralint-") as folder:
        files = _files(root, commit)
        kept = {path: blob for path, blob in files.items() if _is_of_settings(path)}
        _lay_blobs(root, kept, folder)
        baseline = Configs(folder, sorted(kept), None, own_rules(folder, options.rules_folder)[0]).of("").baseline
        if baseline is not None and baseline in files:
            _lay_blobs(root, {baseline: files[baseline]}, folder)
        options.settings_root = folder
        yield


def _is_of_settings(path: str) -> bool:
    """Whether a file may be settings, something that settings extend, a rule of the users, or another linter's configuration."""
    return path.endswith(".toml") or path.startswith(OWN) or path in PEERS


def _lay_blobs(root: str, files: dict[str, str], folder: str) -> None:
    for path, data in zip(files, _contents(root, list(files.values())), strict=True):
        _write(folder, path, data if data is not None and len(data) <= MAX_BYTES else b"")


def staged(root: str) -> dict[str, Source]:
    """The texts of the files that are about to be committed, by path. Raises UsageError outside of a repository."""
    environment = _with_index(root)
    changed = ("diff-index", "--cached", "--relative", "--name-only", "--diff-filter=ACMR", "-z")
    names = _git(root, *changed, _head(root), environment=environment)
    if names is None:
        raise UsageError("--staged needs a git repository")
    found: dict[str, Source] = {}
    paths = [os.fsdecode(name) for name in names.split(b"\0") if name and b"\n" not in name]
    objects = [f":./{path}" for path in paths]
    for path, data in zip(paths, _contents(root, objects, environment), strict=True):
        try:
            if data is not None:
                found[path] = Source(path, data)
        except Unreadable:  # the file itself is read in its place, and the same is said of it
            continue
    return found


def _with_index(root: str) -> dict[str, str]:
    """The environment with the index that a hook of this repository is given: that of a partial commit."""
    environment = git_environment()
    index = os.environ.get("GIT_INDEX_FILE")
    own = (_git(root, "rev-parse", "--absolute-git-dir") or b"").decode("utf-8", "surrogateescape").strip()
    if (
        index
        and own
        and os.path.realpath(os.path.join(root, index)).startswith(os.path.join(os.path.realpath(own), ""))
    ):
        environment["GIT_INDEX_FILE"] = os.path.realpath(os.path.join(root, index))
    return environment


def _head(root: str) -> str:
    """The last commit; before the first one the empty tree."""
    head = _git(root, "rev-parse", "--verify", "--quiet", "HEAD")
    return head.decode().strip() if head else "4b825dc642cb6eb9a060e54bf8d69288fbee4904"


def _base(root: str, ref: str) -> str:
    """The commit where the work left a ref. Raises UsageError where there is none, or a shallow clone has cut it off."""
    commit = _commit(root, ref, "--new-from")
    base = _git(root, "merge-base", commit, "HEAD")
    if not base and _is_shallow(root):
        raise UsageError(f"--new-from {ref}: where the work left it is not known{SHALLOW}")
    return base.decode().strip() if base else commit


SHALLOW = "; this clone is shallow, so fetch the history (`git fetch --unshallow`, `fetch-depth: 0`)"


def _is_shallow(root: str) -> bool:
    return (_git(root, "rev-parse", "--is-shallow-repository") or b"").strip() == b"true"


def _commit(root: str, ref: str, option: str) -> str:
    """The commit of a ref. Raises UsageError where there is none."""
    if _git(root, "rev-parse", "--is-shallow-repository") is None:
        raise UsageError(f"{option} {ref}: {root} is no git repository")
    commit = None if ref.startswith("-") else _git(root, "rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}")
    if not commit:
        raise UsageError(f"{option} {ref}: there is no such commit here{SHALLOW if _is_shallow(root) else ''}")
    return commit.decode().strip()


def _files(root: str, commit: str) -> dict[str, str]:
    """The plain files of a commit below the root with their objects."""
    listed = _git(root, "ls-tree", "-r", "-z", commit) or b""
    found = {}
    for row in listed.split(b"\0"):
        meta, _, name = row.partition(b"\t")
        if meta.startswith(BLOB.encode()):
            found[os.fsdecode(name)] = meta.split()[2].decode()
    return found


def _renames(root: str, commit: str) -> dict[str, str]:
    """New paths by old ones, of what the index has moved since a commit."""
    listed = _git(root, "diff-index", "--cached", "--relative", "-M", "--name-status", "--diff-filter=R", "-z", commit)
    parts = [os.fsdecode(part) for part in (listed or b"").split(b"\0")]
    return {parts[at + 1]: parts[at + 2] for at in range(0, len(parts) - 2, 3)}


def _lay(root: str, files: dict[str, str], folder: str) -> list[str]:
    """Write the files of a commit into a folder, with today's settings and rules in place of those of then."""
    kept = {
        path: blob for path, blob in files.items() if path.rpartition("/")[2] not in NAMES and not path.startswith(OWN)
    }
    _lay_blobs(root, kept, folder)
    today = [path for path in _today(root) if path.rpartition("/")[2] in NAMES or path.startswith(OWN)]
    for path in today:
        with open(os.path.join(root, path), "rb") as stream:
            _write(folder, path, stream.read(MAX_BYTES))
    return [*kept, *today]


def _today(root: str) -> list[str]:
    listed = _git(root, "ls-files", "-co", "--exclude-standard", "-z") or b""
    paths = {os.fsdecode(name) for name in listed.split(b"\0") if name}
    return [
        path
        for path in sorted(paths)
        if os.path.isfile(os.path.join(root, path)) and not os.path.islink(os.path.join(root, path))
    ]


def _write(folder: str, path: str, data: bytes) -> None:
    full = os.path.join(folder, path)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    with open(full, "wb") as stream:
        stream.write(data)


def _contents(root: str, objects: list[str], environment: dict[str, str] | None = None) -> list[bytes | None]:
    """The contents of objects as git stores them, without filters; None for one that is not here."""
    if not objects:
        return []
    asked = "".join(f"{each}\n" for each in objects).encode("utf-8", "surrogateescape")
    output = _git(root, "cat-file", "--batch", given=asked, environment=environment) or b""
    found: list[bytes | None] = []
    at = 0
    for _ in objects:
        end = output.find(b"\n", at)
        head = output[at:end].split()
        at = end + 1
        if len(head) < 3 or not head[-1].isdigit():  # missing
            found.append(None)
            continue
        size = int(head[-1])
        found.append(output[at : at + size])
        at += size + 1
    return found


def _git(root: str, *arguments: str, given: bytes = b"", environment: dict[str, str] | None = None) -> bytes | None:
    """What git answers; None where it fails, or is only in the tree itself."""
    program = outside_of(root, "git")
    if program is None:
        return None
    try:
        done = subprocess.run(
            [program, *GIT, *arguments], cwd=root, capture_output=True, env=environment or git_environment(), input=given,
            timeout=SECONDS * 5, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
