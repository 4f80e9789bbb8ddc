"""Judging with the result cache: what is kept is taken, the rest is judged and kept."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable
from importlib.machinery import PathFinder

from infralint import __version__
from infralint.engine import cache_folder
from infralint.engine.cache import Cache, seal
from infralint.engine.files import FileResult
from infralint.engine.recording import RecordingIndex, digest
from infralint.engine.session import Session
from infralint.engine.settings import Settings
from infralint.policy.catalogue import HERE, rules_folder
from infralint.policy.rule_file import RuleFile

Planned = list[tuple[str, str]]
ASKED = (
    "profile", "select", "extend_select", "ignore", "exclude", "min_severity", "min_confidence", "inline", "all_text", "trust_rules",
)  # fmt: skip
"""Options that say how files are judged; the others change nothing in the results of files, or nothing is kept with them."""
LIBRARIES = ("pyyaml", "tree_sitter", "check_jsonschema", "jsonschema_rs", "pathspec")
"""Libraries whose version counts, as the folders of their metadata begin."""


def judge_with_cache(
    session: Session, planned: Planned, judge: Callable[[Session, Planned], Iterable[FileResult]]
) -> list[FileResult]:
    """What comes of each file, in order; `judge` judges those of which nothing is kept."""
    index = session.index
    cache = open_cache(session) if isinstance(index, RecordingIndex) else None
    if cache is None or not isinstance(index, RecordingIndex):
        return list(judge(session, planned))
    kept: dict[str, FileResult] = {}
    for path, kind in planned:
        data = session.bytes_of(path)
        one = cache.result(path, kind, data) if data is not None else None
        if one is not None:
            kept[path] = one
    missing = [(path, kind) for path, kind in planned if path not in kept]
    fresh = list(judge(session, missing)) if missing else []
    if missing or len(kept) < cache.size:
        seal(fresh, index)
        results = [*kept.values(), *fresh]
        secrets = {text for one in results for each in (one, *one.elsewhere) for text in (*each.hidden, *each.unsaid)}
        if index.shared.is_stable:
            cache.write(kept, fresh, secrets)
    by_path = {one.path: one for one in (*kept.values(), *fresh)}
    return [by_path[path] for path, _ in planned if path in by_path]


def open_cache(session: Session) -> Cache | None:
    """The cache of a run; None where it cannot be kept."""
    key = cache_folder.key()
    folder = folder_of(session)
    if key is None or folder is None or not isinstance(session.index, RecordingIndex):
        return None
    asked = json.dumps([session.root, session.starts, *(getattr(session.options, name) for name in ASKED)])
    file = os.path.join(folder, f"{cache_folder.NAME}{digest(asked.encode('ascii'))}")
    return Cache(session.index, file, key, world_of(session))


def folder_of(session: Session) -> str | None:
    """The folder of the cache: that of the command line, of the settings at the root, or the user's."""
    given = session.options.cache_dir
    if given is not None:
        return os.path.abspath(given)
    inner = session.settings("").cache_dir
    if inner is None:
        return cache_folder.users_folder()
    folder = os.path.join(os.path.realpath(session.root), inner)
    real = os.path.realpath(folder)
    return real if real.startswith(os.path.join(os.path.realpath(session.root), "")) else None


def world_of(session: Session) -> str:
    """What holds for every file of a run: program, settings, own rules, and what other linters' files switch off."""
    folders = sorted({"", *(path.rpartition("/")[0] for path in session.configs.files)})
    settings = [(folder, _told(session.settings(f"{folder}/x" if folder else "x"))) for folder in folders]
    own = [
        (rule.id, rule.is_foreign, _written(rule.rule_file)) for rule in session.foreign if rule.rule_file is not None
    ]
    offs = session.all_off()
    day = session.options.today.isoformat() if any(off.until for off in offs) else ""
    world = repr((program(), settings, own, session.broken_files, offs, day))
    return digest(world.encode("utf-8", "backslashreplace"))


def _told(settings: Settings) -> list[tuple[str, object]]:
    return [(name, getattr(settings, name)) for name in Settings.__slots__ if name != "origins"]


def _written(rule_file: RuleFile) -> list[object]:
    """What a rule's header says, its expressions as they are written."""
    return [rule_file.header, sorted((key, raw.text) for key, raw in rule_file.raw.items())]


def program() -> list[object]:
    """What tells this infralint, with its libraries and its Python, from any other."""
    installed = os.path.isdir(os.path.join(HERE, "rules"))
    marks: list[object] = [__version__, sys.version]
    if installed:
        marks += [_mark(os.path.join(HERE, name)) for name in ("__init__.py", os.path.join("compiled", "__init__.py"))]
    else:
        for base in (HERE, str(rules_folder())):
            for folder, inner, names in os.walk(base):
                inner[:] = sorted(
                    name for name in inner if name not in ("compiled", "__pycache__")
                )  # made of the others
                marks += [_mark(os.path.join(folder, name)) for name in sorted(names) if name.endswith((".py", ".md"))]
    spec = PathFinder.find_spec("tree_sitter")
    home = os.path.dirname(os.path.dirname(spec.origin)) if spec is not None and spec.origin else ""
    versions = os.listdir(home) if home else []
    return [*marks, *sorted(name for name in versions if name.lower().startswith(LIBRARIES) and name.endswith("-info"))]


def _mark(path: str) -> tuple[str, int, int]:
    try:
        status = os.stat(path)
    except OSError:
        return path, 0, 0
    return path, status.st_mtime_ns, status.st_size
