"""Settings files: infralint.toml, .infralint.toml or [tool.infralint] of pyproject.toml; the closest one wins."""

from __future__ import annotations

import os
import posixpath

from infralint.engine.discover import UsageError
from infralint.engine.settings import Settings
from infralint.policy.catalogue import Rule
from infralint.text import regex as re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

NAMES = ("infralint.toml", ".infralint.toml", "pyproject.toml")
MAX_EXTENDS = 8
PACKAGE = "package:"
"""What `extends` begins with where the settings are a file of an installed package."""


class Configs:
    """The settings of every folder of a run."""

    __slots__ = ("_base", "_folders", "_known", "_override", "foreign", "root")

    def __init__(
        self, root: str, paths: list[str], override: dict[str, Any] | str | Settings | None, foreign: list[Rule]
    ) -> None:
        self.root = root
        self.foreign = foreign
        self._override = override
        self._base: Settings | None = None
        self._known: dict[str, Settings] = {}
        self._folders: dict[str, str] = {}
        if override is None:
            for path in paths:
                folder, _, name = path.rpartition("/")
                if name in NAMES:
                    before = self._folders.get(folder)
                    if before is None or NAMES.index(name) < NAMES.index(before):
                        self._folders[folder] = name

    @property
    def files(self) -> list[str]:
        """The settings files that count, below the root."""
        return [posixpath.join(folder, name) for folder, name in sorted(self._folders.items())]

    def of(self, path: str) -> Settings:
        """The settings for a file."""
        folder = posixpath.dirname(path)
        passed: list[str] = []
        while folder not in self._known:
            settings = self._own(folder)
            passed.append(folder)
            if settings is not None:
                self._known[folder] = settings
                break
            folder = posixpath.dirname(folder)
        for each in passed:  # one object for all that share it: rules are chosen once for each
            self._known[each] = self._known[folder]
        return self._known[folder]

    def is_excluded(self, path: str) -> bool:
        """Whether the settings of the path's folder, or of one around it, leave the path out."""
        if self.of(path).is_excluded(path):
            return True
        if len(self._folders) < 2:
            return False
        folder = posixpath.dirname(path)
        outer = {posixpath.dirname(each) for each in self.files if folder.startswith(posixpath.dirname(each))}
        return any(self.of(posixpath.join(each, "x")).is_excluded(path) for each in outer)

    def _own(self, folder: str) -> Settings | None:
        """What a folder says itself; at the root, what holds where nothing is said."""
        if self._override is not None:
            if self._base is None:
                self._base = self._given(self._override)
            return self._base
        name = self._folders.get(folder)
        settings = read(self.root, posixpath.join(folder, name), self.foreign) if name is not None else None
        return settings if settings is not None or folder else Settings()

    def _given(self, override: dict[str, Any] | str | Settings) -> Settings:
        if isinstance(override, Settings):
            return override
        if isinstance(override, dict):
            from infralint.engine.setting_keys import build

            return build(override, "the given settings", "", self.foreign, Settings())
        path = os.path.abspath(override)
        if not os.path.isfile(path):
            raise UsageError(f"{override} does not exist; --config names a settings file")
        return read(os.path.dirname(path), os.path.basename(path), self.foreign, shown=override) or Settings()


MAX_DOTS = 200
"""Parts of a key; reading one takes time that grows with their square."""


def read(root: str, path: str, foreign: list[Rule], *, shown: str = "", depth: int = 0) -> Settings | None:
    """The settings of one file; None for a pyproject.toml without ours. Raises UsageError with file and line."""
    found, shown = not shown, shown or path
    if found and not _is_ours(root, path):
        raise UsageError(f"{shown}: is no plain file below the root; settings are not read from there")
    try:
        with open(os.path.join(root, path), "rb") as stream:
            text = stream.read(1_000_000).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{shown}: cannot be read: {error}") from None
    if path.endswith("pyproject.toml") and "tool.infralint" not in text:
        return None
    deep = next((at for at, line in enumerate(text.split("\n"), 1) if line.partition("=")[0].count(".") > MAX_DOTS), 0)
    if deep:
        raise UsageError(f"{shown}:{deep}: a key has more than {MAX_DOTS} parts")
    import tomllib

    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        where = re.search(r"at line (\d+), column (\d+)", str(error))
        place = f":{where[1]}:{where[2]}" if where else ""
        raise UsageError(f"{shown}{place}: is not TOML: {error}") from None
    if path.endswith("pyproject.toml"):
        values = values.get("tool", {}).get("infralint", {})
    from infralint.engine.setting_keys import build, line_of

    base = Settings()
    if "extends" in values:
        base = _extended(root, path, str(values["extends"]), foreign, f"{shown}{line_of(text, 'extends')}", depth)
    settings = build(values, shown, text, foreign, base, posixpath.dirname(path))
    settings.path = path
    return settings


def _extended(root: str, path: str, target: str, foreign: list[Rule], place: str, depth: int) -> Settings:
    """The settings that a file adds to. Raises UsageError where they are not there, or extend each other without end."""
    if depth >= MAX_EXTENDS:
        raise UsageError(f"{place}: extends {target!r}, and that another one, without end")
    if target.startswith(PACKAGE):
        folder, inner = file_of_package(target, place)
        found = read(folder, inner, foreign, shown=target, depth=depth + 1)
    else:
        inner = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
        if inner.startswith(("..", "/")) or not os.path.isfile(os.path.join(root, inner)):
            raise UsageError(
                f"{place}: extends {target!r}, which is not a file below the root; a file of an installed package is "
                f"`{PACKAGE}NAME/FILE`"
            )
        found = read(root, inner, foreign, depth=depth + 1)
    return found or Settings()


def file_of_package(target: str, place: str) -> tuple[str, str]:
    """The folder of an installed package and the file below it that `package:NAME/FILE` means (a folder of rules as well); nothing of it is run.

    Raises UsageError where there is none.
    """
    from importlib.machinery import PathFinder

    name, _, inner = target.removeprefix(PACKAGE).partition("/")
    inner = posixpath.normpath(inner or ".")
    inner = "infralint.toml" if inner == "." else inner
    spec = PathFinder.find_spec(name) if name.isidentifier() else None  # only looks: a parent package would be run
    for folder in (spec.submodule_search_locations or ()) if spec is not None else ():
        if not inner.startswith(("..", "/")) and os.path.exists(os.path.join(folder, inner)):
            return folder, inner
    raise UsageError(f"{place}: {target!r} is no file of an installed package; {PACKAGE}NAME/FILE names one")


def _is_ours(root: str, path: str) -> bool:
    """Whether settings that were found in the tree are a plain file of the tree (a link may lead to one)."""
    real = os.path.realpath(os.path.join(root, path))
    return real.startswith(os.path.realpath(root).rstrip(os.sep) + os.sep) and os.path.isfile(real)
