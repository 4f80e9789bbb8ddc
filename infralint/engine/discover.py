"""Which files are judged: git's own list inside a repository, a walk that honours .gitignore elsewhere."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator

from infralint.engine.listing import Listing, begin, listed
from infralint.text import regex as re

SKIPPED_FOLDERS = frozenset(
    {".git", "node_modules", ".venv", "venv", "__pycache__", ".tox", ".terraform", ".hg", ".svn"}
)


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


def _in_repository(root: str) -> bool:
    return os.path.lexists(os.path.join(root_of(root), ".git"))


class Tree:
    """The files below a root: every path known, and which of them git tracks (None outside of a repository).

    `nested` are the repositories within it, which are not searched; `unread` the folders that cannot be opened.
    """

    __slots__ = ("nested", "paths", "root", "tracked", "unread")

    def __init__(self, root: str, paths: list[str], tracked: frozenset[str] | None) -> None:
        self.root = root
        self.paths = paths
        self.tracked = tracked
        self.nested: list[str] = []
        self.unread: list[str] = []


_CLOSED = re.compile(r"^warning: could not open directory '([^'\n]+)': ", re.M)


def begin_survey(paths: list[str], root: str | None) -> Listing | None:
    """git at work on what `survey` of the root will ask; None outside of a repository, and where the root is not one's own."""
    first = paths[0] if paths else root or "."
    if any("\0" in path for path in (*paths, root or "")):
        return None
    top = os.path.abspath(root) if root is not None else root_of_all(paths or [first])
    return begin(top) if os.path.isdir(top) and _in_repository(top) else None


def survey(root: str, begun: Listing | None = None) -> Tree:
    """Every file below the root that is not ignored; paths relative to it, POSIX, sorted. `begun`: git's list under way."""
    if begun is not None and begun.root != root:
        begun.end()
        begun = None
    if _in_repository(root):
        files = begun.files() if begun is not None else listed(root)
        if files is not None:
            known = {path for path in (*files.tracked, *files.others) if "node_modules/" not in path}
            modules = files.tracked if ".gitmodules" in known else []
            nested = {path for path in known if path.endswith("/")}
            nested |= {path for path in modules if os.path.isdir(os.path.join(root, path))}
            tree = Tree(root, sorted(known - nested), frozenset(files.tracked))
            tree.nested = sorted(path.rstrip("/") for path in nested)
            tree.unread = sorted(path.rstrip("/") for path in _CLOSED.findall(files.said))
            return tree
    tree = Tree(root, [], None)
    tree.paths = sorted(_walk(root, "", tree))
    return tree


def _walk(root: str, start: str, tree: Tree) -> Iterator[str]:
    """The files below a folder that no .gitignore leaves out, links and special files too; those of links are not followed."""
    stack: list[tuple[str, list[tuple[str, object]]]] = [(start, [])]
    while stack:
        folder, ignores = stack.pop()
        try:
            entries = list(os.scandir(os.path.join(root, folder)))
        except OSError:
            tree.unread.append(folder)
            continue
        if any(entry.name == ".gitignore" and entry.is_file(follow_symlinks=False) for entry in entries):
            spec = _ignore_spec(os.path.join(root, folder, ".gitignore"))
            ignores = [*ignores, (folder, spec)] if spec is not None else ignores
        for entry in entries:
            path = f"{folder}/{entry.name}" if folder else entry.name
            is_folder = entry.is_dir(follow_symlinks=False)
            if is_folder and entry.name in SKIPPED_FOLDERS:
                continue
            if ignores and _is_ignored(path + "/" * is_folder, ignores):
                continue
            if is_folder:
                stack.append((path, ignores))
            elif not (entry.is_symlink() and os.path.isdir(entry.path)):
                yield path


def leads_nowhere(root: str, path: str) -> bool:
    """Whether a path is a link within the root to what is not there, such as an `.env` that each machine makes for itself."""
    full = os.path.join(root, path)
    if not os.path.islink(full) or os.path.exists(full):
        return False
    base, real = os.path.realpath(root), os.path.realpath(full)
    return real.startswith(base.rstrip(os.sep) + os.sep) and not os.path.lexists(real)


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


def files_below(folder: str) -> list[str]:
    """Every plain file below a folder of our own, relative to it."""
    found = (
        os.path.relpath(os.path.join(where, name), folder) for where, _, names in os.walk(folder) for name in names
    )
    return sorted(path.replace(os.sep, "/") for path in found)


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
                wanted.update(_walk(root, relative, tree))
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


def refusal(root: str, path: str, known: dict[str, str]) -> str:
    """Why a path below the root is not read: a link that leads out, a pipe, a device; "" where it may be.

    A link to a regular file of the tree is read. `known` takes down where folders really lie, for all files of a run.
    """
    full = os.path.join(root, path)
    base = _real_folder(root, known)
    try:
        mode = os.lstat(full).st_mode
        if stat.S_ISLNK(mode):
            real = os.path.realpath(full)
        else:
            folder, name = os.path.split(full)
            real = os.path.join(_real_folder(folder, known), name)
        if real != base and not real.startswith(base.rstrip(os.sep) + os.sep):
            return "is a link, or lies behind one, that leads out of the root; it is not read"
        if stat.S_ISLNK(mode):
            mode = os.stat(full).st_mode
    except (OSError, ValueError) as error:
        return f"cannot be opened: {getattr(error, 'strerror', None) or error}"
    return "" if stat.S_ISREG(mode) or stat.S_ISDIR(mode) else "is a pipe, a socket or a device; it is not read"


def _real_folder(folder: str, known: dict[str, str]) -> str:
    if folder not in known:
        known[folder] = os.path.realpath(folder)
    return known[folder]


def target_of(root: str, path: str) -> str:
    """The path below the root that a link stands for; the path itself where it is none."""
    full = os.path.join(root, path)
    if not os.path.islink(full):
        return path
    return os.path.relpath(os.path.realpath(full), os.path.realpath(root)).replace(os.sep, "/")
