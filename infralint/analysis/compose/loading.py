"""With which other files a compose file may be loaded: includes, `extends`, `COMPOSE_FILE`, and `-f` by hand.

What such another file declares is no fault of this one. Names by which compose finds files itself say that a file stands
alone; every other name may be that of a part.
"""

from __future__ import annotations

import posixpath

from infralint.model.compose.document import ComposeDocument
from infralint.model.compose.interpolation import InterpolationContext, at_path, items
from infralint.model.compose.project import BASES, OVERRIDES, ComposeProject, base_of, stream_of
from infralint.model.element import UNKNOWN, Unknown
from infralint.model.index import Index
from infralint.syntax import yaml
from infralint.text import regex as re
from infralint.text.record import NamedTuple

MAX_LOADERS = 50
MAX_FOLDERS = 200


class Loader(NamedTuple):
    """A file by which another one is loaded; `folder` is where that one's relative paths then begin, "" for its own."""

    path: str
    folder: str = ""


def loaders_of(index: Index, path: str) -> tuple[Loader, ...]:
    """The files of the run that load a compose file: compose files that name it, and `.env` files with `COMPOSE_FILE`."""
    return index.memo("compose-loaders", lambda: _loaders(index)).get(path, ())


def _loaders(index: Index) -> dict[str, tuple[Loader, ...]]:
    found: dict[str, list[Loader]] = {}
    for path in index.of_kind("compose"):
        source = index.source(path)
        if source is None or re.search(r"\binclude\b|\bextends\b", source.text) is None:
            continue
        stream = stream_of(index, path)
        root = stream.root if stream is not None else None
        if isinstance(root, yaml.Mapping):
            for name, folder in _named_by(index, root):
                found.setdefault(name, []).append(Loader(path, folder))
    for path in index.of_kind("env"):
        source = index.source(path) if posixpath.basename(path) == ".env" else None
        match = re.search(r"^[ \t]*COMPOSE_FILE[ \t]*=[ \t]*[\"']?([^\s\"'#]+)", source.text, re.M) if source else None
        names = re.split("[:;]", match[1]) if match else []
        folder = posixpath.dirname(path)
        resolved = [one for name in names if (one := index.resolve(folder, name)) is not None]
        for name in resolved:
            others = (other for other in resolved if other != name)
            found.setdefault(name, []).extend(Loader(other, folder) for other in others)
    return {path: tuple(dict.fromkeys(loaders))[:MAX_LOADERS] for path, loaders in found.items()}


def _named_by(index: Index, root: yaml.Mapping) -> list[tuple[str, str]]:
    """The files that a compose file includes or extends, each with the folder where its paths begin."""
    folder = posixpath.dirname(root.source.path)
    found = []
    for item in items(root.get("include")):
        base = yaml.text(item.get("project_directory")) if isinstance(item, yaml.Mapping) else None
        start = index.resolve(folder, str(base)) or "" if base is not None else ""
        for path in items(item.get("path")) if isinstance(item, yaml.Mapping) else [item]:
            text = yaml.text(path)
            name = index.resolve(folder, str(text)) if text is not None else None
            if name is not None:
                found.append((name, "" if start == "." else start))
    services = root.get("services")
    for _, service in services.items() if isinstance(services, yaml.Mapping) else ():
        text = yaml.text(at_path(service, "extends.file"))
        name = index.resolve(folder, str(text)) if text is not None else None
        if name is not None:
            found.append((name, ""))
    return found


def declared_elsewhere(document: ComposeDocument, sort: str, name: str) -> bool | Unknown:
    """Whether a file that is loaded with this one declares a name; UNKNOWN where one may be that could."""
    index, path = document.index, document.source.path
    seen = {path}
    todo = [loader.path for loader in loaders_of(index, path)]
    while todo:
        other = todo.pop()
        if other in seen:
            continue
        seen.add(other)
        stream = stream_of(index, other)
        if stream is None or len(seen) > MAX_LOADERS:
            return UNKNOWN
        project = ComposeProject(index, stream)
        if name in {str(key) for key, _ in project.section(f"{sort}s")}:
            return True
        if not project.is_known:
            return UNKNOWN
        todo += [loader.path for loader in loaders_of(index, other)]
    base = posixpath.basename(path)
    if base in OVERRIDES and base_of(index, posixpath.dirname(path)) is None:
        return UNKNOWN  # the base lies in another folder
    if _is_part_of_file_above(document):
        return UNKNOWN
    declaring = index.memo(("compose-declares", sort), lambda: _declaring(index, sort))
    return UNKNOWN if base not in BASES and declaring.get(name, set()) - {path} else False


def _is_part_of_file_above(document: ComposeDocument) -> bool:
    """Whether its services use a network that it does not declare, and a file of a folder above does that has no services of
    its own, and so is there to be loaded with others."""
    index, path = document.index, document.source.path
    used = {name for service in document.services for name in _networks_of(service.view)}
    used -= {str(key) for key, _ in document.project.section("networks")} | {"default"}
    declaring = index.memo(("compose-declares", "network"), lambda: _declaring(index, "network")) if used else {}
    others = {other for name in used for other in declaring.get(name, set()) - {path}}
    above = [other for other in others if f"/{path}".startswith(f"/{posixpath.dirname(other)}/".replace("//", "/"))]
    return any(_has_no_services(index, other) for other in above)


def _has_no_services(index: Index, path: str) -> bool:
    stream = stream_of(index, path)
    return (
        stream is not None
        and isinstance(stream.root, yaml.Mapping)
        and not isinstance(stream.root.get("services"), yaml.Mapping)
    )


def _networks_of(view: yaml.Mapping) -> list[str]:
    node = view.get("networks")
    if isinstance(node, yaml.Mapping):
        return [str(name) for name, _ in node.items()]
    return [str(text) for item in items(node) if (text := yaml.text(item)) is not None]


def _declaring(index: Index, sort: str) -> dict[str, set[str]]:
    """Which compose files of the run declare a name of a sort."""
    found: dict[str, set[str]] = {}
    for path in index.of_kind("compose"):
        stream = stream_of(index, path)
        root = stream.root if stream is not None else None
        node = root.get(f"{sort}s") if isinstance(root, yaml.Mapping) else None
        for key, _ in node.items() if isinstance(node, yaml.Mapping) else ():
            found.setdefault(str(key), set()).add(path)
    return found


def stands(
    interpolation: InterpolationContext, source: str, path: str, written: str, *, folder: bool = False
) -> bool | Unknown:
    """Whether a file (or folder) that a compose file names is there.

    UNKNOWN where it is there counted from the folder of another file with which this one may be loaded.
    """
    found = interpolation.stands(path, written, folder=folder)
    if found is not False:
        return found
    index = interpolation.index
    starts = [loader.folder or posixpath.dirname(loader.path) for loader in loaders_of(index, source)]
    if posixpath.basename(source) not in BASES:
        starts += index.memo("compose-folders", lambda: _folders_of_bases(index))
    there = index.is_folder if folder else index.is_file
    for start in starts:
        other = index.resolve(start, written)
        if other is not None and there(other):
            return UNKNOWN
    return False


def _folders_of_bases(index: Index) -> list[str]:
    """The folders in which compose finds a file itself."""
    folders = {posixpath.dirname(path) for path in index.of_kind("compose") if posixpath.basename(path) in BASES}
    return sorted(folders)[:MAX_FOLDERS]
