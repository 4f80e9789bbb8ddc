"""Which files are judged: git's own list inside a repository, a walk that honours .gitignore elsewhere."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator

GIT = ("git", "-c", "core.fsmonitor=false", "-c", "safe.bareRepository=explicit", "-c", "core.untrackedCache=false")
"""A repository's own config can name programs for git to run; these switches keep it from that."""
SKIPPED_FOLDERS = frozenset(
    {".git", "node_modules", ".venv", "venv", "__pycache__", ".tox", ".terraform", ".hg", ".svn"}
)
GIT_SECONDS = 60
SEALED = {
    "GIT_ALLOW_PROTOCOL": "none", "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C",
}  # fmt: skip
"""Nothing is fetched: of a sparse partial clone git would ask the remote, through a program that the config names."""
OUTER = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_EXTERNAL_DIFF", "GIT_PAGER", "GIT_TRACE")
"""What a hook's environment says of the repository that runs it, which need not be the one that is judged."""


class UsageError(Exception):
    """A path or setting that cannot be meant; the message names it and says what to do."""


def root_of(start: str) -> str:
    """The top of the repository that holds a path; outside of one the folder itself, or what holds its `.github`."""
    folder = os.path.abspath(start if os.path.isdir(start) else os.path.dirname(start) or ".")
    current = folder
    while True:
        if os.path.lexists(os.path.join(current, ".git")):
            return current
        parent = os.path.dirname(current)
        if parent == current:
            return _above_forge(folder)
        current = parent


def root_of_all(starts: list[str]) -> str:
    """The root of the first of several paths; outside of repositories the folder that holds all of them."""
    root = root_of(starts[0])
    if len(starts) == 1 or os.path.lexists(os.path.join(root, ".git")):
        return root
    roots = [root, *(root_of(start) for start in starts[1:] if os.path.lexists(start))]
    if any(os.path.lexists(os.path.join(each, ".git")) for each in roots):
        return root
    try:
        return os.path.commonpath(roots)
    except ValueError:  # on several drives
        return root


def _above_forge(folder: str) -> str:
    """The folder that holds the outermost `.github`, `.gitea` or `.forgejo` on the way to a folder; else the folder."""
    parts = folder.split(os.sep)
    at = next((at for at, part in enumerate(parts) if part in (".github", ".gitea", ".forgejo")), None)
    return folder if at is None else os.sep.join(parts[:at]) or os.sep


def git_environment() -> dict[str, str]:
    """The environment in which git is asked: nothing is fetched, and no other repository is meant."""
    environment = {**os.environ, **SEALED}
    for name in OUTER:
        environment.pop(name, None)
    return environment


def _git(root: str, *arguments: str) -> list[str] | None:
    import subprocess

    try:
        done = subprocess.run(
            [*GIT, *arguments], cwd=root, capture_output=True, env=git_environment(), stdin=subprocess.DEVNULL,
            timeout=GIT_SECONDS, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return None
    if done.returncode:
        return None
    return [os.fsdecode(name) for name in done.stdout.split(b"\0") if name]


def _in_repository(root: str) -> bool:
    return os.path.lexists(os.path.join(root_of(root), ".git"))


class Tree:
    """The files below a root: every path known, and which of them git tracks (None outside of a repository)."""

    __slots__ = ("paths", "root", "tracked")

    def __init__(self, root: str, paths: list[str], tracked: frozenset[str] | None) -> None:
        self.root = root
        self.paths = paths
        self.tracked = tracked


def survey(root: str) -> Tree:
    """Every file below the root that is not ignored; paths relative to it, POSIX, sorted."""
    if _in_repository(root):
        tracked = _git(root, "ls-files", "-z")
        others = _git(root, "ls-files", "-o", "--exclude-standard", "-z")
        if tracked is not None and others is not None:
            known = [path for path in {*tracked, *others} if "node_modules/" not in path]
            return Tree(root, sorted(known), frozenset(tracked))
    return Tree(root, sorted(_walk(root)), None)


def _walk(root: str) -> Iterator[str]:
    stack: list[tuple[str, list[tuple[str, object]]]] = [("", [])]
    while stack:
        folder, ignores = stack.pop()
        try:
            entries = list(os.scandir(os.path.join(root, folder)))
        except OSError:
            continue
        if any(entry.name == ".gitignore" and entry.is_file(follow_symlinks=False) for entry in entries):
            spec = _ignore_spec(os.path.join(root, folder, ".gitignore"))
            ignores = [*ignores, (folder, spec)] if spec is not None else ignores
        for entry in entries:
            path = f"{folder}/{entry.name}" if folder else entry.name
            if entry.is_symlink():
                continue
            is_folder = entry.is_dir(follow_symlinks=False)
            if is_folder and entry.name in SKIPPED_FOLDERS:
                continue
            if ignores and _is_ignored(path + "/" * is_folder, ignores):
                continue
            if is_folder:
                stack.append((path, ignores))
            elif entry.is_file(follow_symlinks=False):
                yield path


def _ignore_spec(path: str) -> object | None:
    """What a `.gitignore` leaves out; lines that git reads over (`!`, `/`) are read over too."""
    try:
        with open(path, encoding="utf-8", errors="replace") as stream:
            lines = stream.read(1_000_000).splitlines()
    except OSError:
        return None
    import pathspec

    try:
        return pathspec.GitIgnoreSpec.from_lines(lines)
    except ValueError:
        return pathspec.GitIgnoreSpec.from_lines(line for line in lines if _is_pattern(line))


def _is_pattern(line: str) -> bool:
    import pathspec

    try:
        pathspec.GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True


def _is_ignored(path: str, ignores: list[tuple[str, object]]) -> bool:
    verdict = False
    for folder, spec in ignores:
        inner = path[len(folder) + 1 :] if folder else path
        result = spec.check_file(inner).include  # type: ignore[attr-defined]
        if result is not None:
            verdict = result
    return verdict


def inside(root: str, path: str) -> str:
    """A path given by the user as one below the root. Raises UsageError when it lies elsewhere."""
    full = os.path.abspath(path)
    real, base = os.path.realpath(full), os.path.realpath(root)
    if real != base and not real.startswith(base.rstrip(os.sep) + os.sep):
        raise UsageError(f"{path} lies outside of {root}; name its own root with --root")
    absolute = os.path.abspath(root)
    relative = os.path.relpath(full if full == absolute or full.startswith(absolute.rstrip(os.sep) + os.sep) else real,
                               absolute if full.startswith(absolute) else base)  # fmt: skip
    return "" if relative == "." else relative.replace(os.sep, "/")


def existing(paths: list[str]) -> tuple[list[str], list[str]]:
    """The paths that exist and those that do not: a list of changed files names deleted ones too.

    Where no path exists the list stays as it is, so that the error names them.
    """
    there = [path for path in paths if os.path.lexists(path)]
    return (there, [path for path in paths if not os.path.lexists(path)]) if there else (paths, [])


def chosen(tree: Tree, root: str, paths: Iterable[str]) -> tuple[list[str], set[str]]:
    """The paths to judge, and those of them that were named one by one. Raises UsageError for what does not exist."""
    wanted: set[str] = set()
    named: set[str] = set()
    for path in paths:
        if not os.path.lexists(path):
            raise UsageError(f"{path} does not exist")
        relative = inside(root, path)
        if os.path.isdir(path):
            prefix = f"{relative}/" if relative else ""
            wanted.update(known for known in tree.paths if known.startswith(prefix))
            if relative and not any(known.startswith(prefix) for known in tree.paths):
                wanted.update(f"{prefix}{known}" for known in _walk(os.path.join(root, relative)))
        else:
            wanted.add(relative)
            named.add(relative)
    return sorted(wanted), named


def is_regular(root: str, path: str) -> bool:
    """Whether a plain file stands there: no link, device, pipe or folder."""
    try:
        return stat.S_ISREG(os.lstat(os.path.join(root, path)).st_mode)
    except OSError:
        return False
