"""What a document may ask of the rest of the tree. Every answer comes from below the root, or is None."""

from __future__ import annotations

import os
import posixpath
import stat
from collections.abc import Callable, Iterable, Mapping

from infralint.syntax.remote_refs import Refs
from infralint.text.source import MAX_BYTES, Source, Unreadable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeVar

    T = TypeVar("T")


class Index:
    """The files of a run. Paths are POSIX, relative to the root.

    `files` are the paths that the run knows of (git's list or the walk), by kind where they have one;
    the disk below the root answers for the rest.
    """

    def __init__(self, root: str, files: dict[str, str] | None = None) -> None:
        self.root = root
        self.files = files or {}
        self._memo: dict[Any, Any] = {}
        self._real = os.path.realpath(root)
        self._folders: dict[str, str] = {}
        self.given: dict[str, Source] = {}
        """Texts that stand for a path instead of the disk (standard input, a fix under way)."""
        self.tracked: frozenset[str] | None = None
        """The paths that git tracks; None outside of a git repository."""
        self.remotes: Mapping[str, Refs] = {}
        """What the repositories of actions answered, by name in lower case; empty as long as none was asked."""

    def resolve(self, base: str, path: str) -> str | None:
        """`path`, written in a file of folder `base`, as a path of the root; None if it leads outside or is absolute."""
        if (
            not path
            or path.startswith(("/", "~"))
            or "\\" in path
            or "\0" in path
            or ":" in path.split("/", maxsplit=1)[0]
        ):
            return None
        joined = posixpath.normpath(posixpath.join(base, path))
        return None if joined == ".." or joined.startswith("../") else joined

    def _status(self, path: str) -> os.stat_result | None:
        """The status of a path below the root, links followed only while they stay there."""
        head, _, name = path.rpartition("/")
        try:
            if name in ("", ".", ".."):
                return self._followed(os.path.join(self._real, path))
            folder = self._folder(head)
            if folder is None:
                return None
            full = os.path.join(folder, name)
            status = os.lstat(full)
            return self._followed(full) if stat.S_ISLNK(status.st_mode) else status
        except (OSError, ValueError):
            return None

    def _folder(self, path: str) -> str | None:
        """Where a folder below the root really lies; None for outside of it. Worked out once a run: many paths share it."""
        real = self._folders.get(path)
        if real is None:
            real = self._folders[path] = os.path.realpath(os.path.join(self._real, path)) if path else self._real
        return real if self._is_below(real) else None

    def _followed(self, full: str) -> os.stat_result | None:
        """The status of what a path leads to; None for outside of the root."""
        real = os.path.realpath(full)
        return os.stat(real) if self._is_below(real) else None

    def _is_below(self, real: str) -> bool:
        return real == self._real or real.startswith(self._real.rstrip(os.sep) + os.sep)

    def is_file(self, path: str) -> bool:
        """Whether a regular file stands there."""
        if path in self.files or path in self.given:
            return True
        status = self._status(path)
        return status is not None and stat.S_ISREG(status.st_mode)

    def is_folder(self, path: str) -> bool:
        """Whether a folder stands there."""
        status = self._status(path)
        return status is not None and stat.S_ISDIR(status.st_mode)

    def source(self, path: str) -> Source | None:
        """The text of a regular file below the root; None if it is not one, is outside, or cannot be read."""
        if path in self.given:
            return self.given[path]
        status = self._status(path)
        if status is None or not stat.S_ISREG(status.st_mode) or status.st_size > MAX_BYTES:
            return None
        try:
            with open(os.path.join(self.root, path), "rb") as stream:
                return Source(path, stream.read())
        except (OSError, Unreadable):
            return None

    def kind_at(self, path: str) -> str | None:
        """The kind of a path that the run knows of; None for one that it does not judge."""
        return self.files.get(path)

    @property
    def has_files(self) -> bool:
        """Whether the run knows of any file: without, a text is judged alone."""
        return bool(self.files)

    def is_tracked(self, path: str) -> bool | None:
        """Whether git tracks a path; None outside of a git repository."""
        return None if self.tracked is None else path in self.tracked

    def of_kind(self, *kinds: str) -> list[str]:
        """The run's paths of these kinds, sorted."""
        return self.memo(("of_kind", kinds), lambda: sorted(p for p, kind in self.files.items() if kind in kinds))

    def sources(self, paths: Iterable[str]) -> list[Source]:
        """The texts of those paths that can be read."""
        return [source for path in paths if (source := self.source(path)) is not None]

    def memo(self, key: Any, make: Callable[[], T]) -> T:
        """The answer to a question, worked out once a run."""
        try:
            return self._memo[key]  # type: ignore[no-any-return]
        except KeyError:
            value = self._memo[key] = make()
            return value

    def of_document(self) -> Index:
        """The index that one document asks: this one, unless what each document asks is taken down."""
        return self

    def begin(self) -> Any:
        """A log of what is asked from here on; None where it is not taken down."""
        return None

    def end(self) -> None:
        """Close the log that was begun."""

    def saw(self, path: str, data: bytes) -> None:
        """Take down what a file held when it was read, where that is done."""

    def asks_day(self) -> None:
        """Take down that an answer depends on the day, where that is done."""

    def forget(self) -> None:
        """Drop what was worked out: texts have changed."""
        self._memo.clear()
        self._folders.clear()
