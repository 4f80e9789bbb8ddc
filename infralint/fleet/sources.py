"""The repositories that a run is asked for: checkouts, bare clones, archives, and addresses of git servers."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from typing import Literal

from infralint.engine.discover import SKIPPED_FOLDERS, UsageError
from infralint.text import regex as re
from infralint.text.record import NamedTuple

ARCHIVES = (".tar", ".tar.gz", ".tgz", ".tar.xz", ".tar.bz2", ".zip")
_ADDRESS = re.compile(r"^(?:https?|ssh|git|file)://\S+$|^[\w.-]+@[\w.-]+:\S+$")
_SHA = re.compile(r"^[0-9a-f]{40}(?:[0-9a-f]{24})?$")
MAX_LIST_BYTES = 50_000_000
HINT = "name folders of checkouts, bare clones or archives, or a text file with one path or git address a line"

Form = Literal["checkout", "bare", "archive", "address"]


class Repository(NamedTuple):
    """One repository: its name within the run, where it is, and in which form."""

    name: str
    place: str
    """An absolute path, or the address of a git server."""
    form: Form


def repositories_of(sources: list[str], *, clone: bool) -> list[Repository]:
    """The repositories that sources mean, in their order, with names that are unique. Raises UsageError.

    `clone`: whether addresses may be named.
    """
    found: dict[str, Repository] = {}
    places: set[str] = set()
    for source in sources:
        for place, form, origin in _places(source):
            if form == "address" and not clone:
                raise UsageError(f"{origin}: {place} is an address; clone it with --clone --online, or name a folder")
            if place in places:
                continue
            places.add(place)
            name = _name(place, form)
            if name in found:  # one name, several places: the folder above tells them apart
                name = next(each for each in _longer(place, form) if each not in found)
            found[name] = Repository(name, place, form)
    return list(found.values())


def _places(source: str) -> Iterator[tuple[str, Form, str]]:
    """Place, form and origin of each repository that a source means."""
    if _ADDRESS.match(source):
        yield source, "address", "the command line"
        return
    if not os.path.lexists(source):
        raise UsageError(f"{source} does not exist; {HINT}")
    full = os.path.abspath(source)
    if os.path.isdir(full):
        form = form_of(full)
        if form is not None:
            yield full, form, source
            return
        below = [os.path.join(full, name) for name in sorted(os.listdir(full)) if not name.startswith(".")]
        places = [(path, inner) for path in below if (inner := form_of(path)) is not None or os.path.isdir(path)]
        if not places:
            raise UsageError(f"{source} holds no repositories; {HINT}")
        for path, inner in places:
            yield path, inner or "checkout", source
        return
    form = form_of(full)
    if form is not None:
        yield full, form, source
        return
    yield from _listed(full, source)


def _listed(full: str, shown: str) -> Iterator[tuple[str, Form, str]]:
    try:
        with open(full, "rb") as stream:
            data = stream.read(MAX_LIST_BYTES + 1)
        text = data.decode("utf-8")
    except OSError as error:
        raise UsageError(f"{shown}: cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{shown}: is neither a repository nor a list of them; {HINT}") from None
    if len(data) > MAX_LIST_BYTES or "\0" in text:
        raise UsageError(f"{shown}: is no list of repositories; {HINT}")
    for number, line in enumerate(text.splitlines(), 1):
        entry = line.strip()
        if not entry or entry.startswith("#"):
            continue
        if _ADDRESS.match(entry):
            yield entry, "address", f"{shown}:{number}"
            continue
        path = os.path.normpath(os.path.join(os.path.dirname(full), entry))
        form = form_of(path)
        if form is None and not os.path.isdir(path):
            raise UsageError(f"{shown}:{number}: {entry} is no folder, archive or git address")
        yield path, form or "checkout", f"{shown}:{number}"


def form_of(path: str) -> Form | None:
    """What a path is: a checkout, a bare clone or an archive; None for what is none by its look."""
    if os.path.isfile(path):
        return "archive" if path.lower().endswith(ARCHIVES) else None
    if os.path.lexists(os.path.join(path, ".git")):
        return "checkout"
    if all(os.path.exists(os.path.join(path, name)) for name in ("HEAD", "objects", "refs")):
        return "bare"
    return None


def _name(place: str, form: Form) -> str:
    base = re.split(r"[/\\:]", place.rstrip("/\\"))[-1] or place
    if form == "archive":
        base = next((base[: -len(end)] for end in ARCHIVES if base.lower().endswith(end)), base)
    return base.removesuffix(".git") or base


def _longer(place: str, form: Form) -> Iterator[str]:
    """Longer and longer names of a place, then numbered ones."""
    parts = [part for part in re.split(r"[/\\:@]+", place) if part]
    short = _name(place, form)
    for count in range(1, len(parts)):
        yield "/".join([*parts[-1 - count : -1], short])
    number = 2
    while True:
        yield f"{short}-{number}"
        number += 1


def state_of(repository: Repository) -> tuple[str, str]:
    """The commit of a repository ("" where it is not known) and a digest that changes whenever what is judged does.

    Of folders the digest is made of names, sizes and times of change, not of contents. The state of an address is "":
    only the server knows it.
    """
    if repository.form == "address":
        return "", ""
    if repository.form == "archive":
        try:
            found = os.stat(repository.place)
        except OSError:
            return "", ""
        return "", _digest([f"{found.st_size} {found.st_mtime_ns}"])
    folder = repository.place if repository.form == "bare" else os.path.join(repository.place, ".git")
    commit = commit_of(folder)
    if repository.form == "bare":
        return commit, _digest([commit]) if commit else ""
    return commit, _digest([commit, *_stats(repository.place)])


def commit_of(folder: str) -> str:
    """The commit that HEAD of a git folder names, read without git; "" where it cannot be told."""
    if os.path.isfile(folder):  # a worktree: `gitdir: PATH`
        told = _line(folder)
        folder = os.path.join(os.path.dirname(folder), told[8:].strip()) if told.startswith("gitdir:") else folder
    head = _line(os.path.join(folder, "HEAD"))
    if _SHA.match(head):
        return head
    ref = head[4:].strip() if head.startswith("ref:") else ""
    if not ref.startswith("refs/") or ".." in ref:
        return ""
    common = _line(os.path.join(folder, "commondir"))
    base = os.path.join(folder, common) if common else folder
    loose = _line(os.path.join(base, ref))
    if _SHA.match(loose):
        return loose
    try:
        with open(os.path.join(base, "packed-refs"), encoding="utf-8", errors="replace") as stream:
            for row in stream:
                commit, _, name = row.strip().partition(" ")
                if name == ref and _SHA.match(commit):
                    return commit
    except OSError:
        pass
    return ""


def _line(path: str) -> str:
    """The first line of a small plain file; "" where there is none."""
    if not os.path.isfile(path):
        return ""
    try:
        with open(path, encoding="utf-8", errors="replace") as stream:
            return stream.readline(4096).strip()
    except OSError:
        return ""


def _stats(root: str) -> Iterator[str]:
    """Name, size and time of change of every file of a checkout, and of git's list of tracked files."""
    folders = [root]
    while folders:
        folder = folders.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError:
            yield f"{folder} closed"
            continue
        for entry in entries:
            if entry.name == ".git":
                index = os.path.join(entry.path, "index")
                if os.path.isfile(index):
                    yield f"index {os.stat(index).st_size} {os.stat(index).st_mtime_ns}"
            elif entry.is_dir(follow_symlinks=False):
                if entry.name not in SKIPPED_FOLDERS:
                    folders.append(entry.path)
            else:
                found = entry.stat(follow_symlinks=False)
                yield f"{entry.path[len(root) :]} {found.st_size} {found.st_mtime_ns}"


def _digest(parts: list[str]) -> str:
    whole = "\n".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(whole, digest_size=16).hexdigest()
