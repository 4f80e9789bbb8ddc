"""From which folders a Dockerfile is built: what compose files, workflows, Makefiles and scripts say, or where its sources lie."""

from __future__ import annotations

import posixpath
import shlex
from collections.abc import Iterator

from infralint.model.dockerfile.document import DockerfileDocument
from infralint.model.dockerfile.instruction import CopyOrAdd
from infralint.model.element import UNKNOWN, Unknown, remembered
from infralint.model.index import Index
from infralint.syntax import yaml
from infralint.syntax.dockerfile_words import unquote
from infralint.text import regex as re

_BUILD = re.compile(
    r"\b(?:docker|podman|nerdctl|buildah)[ \t]+(?:buildx[ \t]+|image[ \t]+)?(?:build|bud)[ \t]((?:\\\r?\n|[^\n;&|])*)"
)
_SCRIPTS = (
    "Makefile",
    "makefile",
    "GNUmakefile",
    "justfile",
    "Justfile",
    "Taskfile.yml",
    "build.sh",
    "docker-build.sh",
    "package.json",
)
"""Files beside a Dockerfile, or in a folder above, in which its build is written down."""
MAX_ASCENT = 20
Built = tuple[str, str]
"""A Dockerfile and the folder that it is built from, both below the root, which is ""."""


@remembered
def build_contexts(document: DockerfileDocument) -> list[str] | Unknown:
    """The folders that it is built from, the root as ""; UNKNOWN where nothing tells."""
    index, path = document.index, document.source.path
    folder = posixpath.dirname(path)
    if not folder:
        return [""]
    said = {context for dockerfile, context in (*_of_run(index), *_beside(index, folder)) if dockerfile == path}
    if said:
        return sorted(said)
    held = [one for one in _above(folder) if _holds_sources(document, one)]
    return held if len(held) == 1 else UNKNOWN


def _above(folder: str) -> list[str]:
    """A folder and those above it, up to the root."""
    found = [folder]
    while found[-1] and len(found) < MAX_ASCENT:
        found.append(posixpath.dirname(found[-1]))
    return found


def _holds_sources(document: DockerfileDocument, folder: str) -> bool:
    """Whether all that the file copies by a plain name lies in a folder, and it copies something."""
    found = 0
    for copy in document.instructions:
        if not isinstance(copy, CopyOrAdd) or copy.from_name is not None:
            continue
        for word in copy.sources:
            plain = unquote(word, document.tree.escape).removeprefix("./").strip("/")
            if not plain or plain == "." or set("$*?[") & set(plain) or ":" in plain:
                continue
            below = document.index.resolve(folder, plain)
            if below is None or not (document.index.is_file(below) or document.index.is_folder(below)):
                return False
            found += 1
    return found > 0


def _of_run(index: Index) -> tuple[Built, ...]:
    """The builds that compose files and workflows of the run describe."""
    return index.memo("build-contexts", lambda: (*_of_compose(index), *_of_workflows(index)))


def _beside(index: Index, folder: str) -> Iterator[Built]:
    """The builds that scripts of a folder and of those above it describe; their paths begin where they lie."""
    for above in _above(folder):
        for name in _SCRIPTS:
            path = posixpath.join(above, name)
            yield from index.memo(("build-commands", path), lambda path=path: _commands_of(index, path))  # type: ignore[misc]


def _commands_of(index: Index, path: str) -> tuple[Built, ...]:
    source = index.source(path) if index.is_file(path) else None
    return tuple(commands_in(index, source.text, posixpath.dirname(path))) if source is not None else ()


def commands_in(index: Index, text: str, folder: str) -> Iterator[Built]:
    """What the `docker build` commands of a script build, where neither path holds a variable."""
    for match in _BUILD.finditer(text):
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        if re.search(r"\b(?:cd|pushd)[ \t]", line):
            continue  # the paths begin in another folder
        try:
            words = shlex.split(match[1].replace("\\\n", " ").replace("\\\r\n", " "), comments=True)
        except ValueError:
            continue
        file = None
        for at, word in enumerate(words):
            if word in ("-f", "--file") and at + 1 < len(words):
                file = words[at + 1]
            elif word.startswith("--file="):
                file = word.partition("=")[2]
        if words and not words[-1].startswith("-"):
            yield from _built(index, folder, words[-1], file)


def _built(index: Index, folder: str, context: str, file: str | None) -> Iterator[Built]:
    """A build, its Dockerfile counted from `folder`; nothing where a path cannot be told or lies outside."""
    if "$" in context or "://" in context or (file is not None and "$" in file):
        return
    below = index.resolve(folder, context)
    dockerfile = index.resolve(folder, file if file is not None else posixpath.join(context, "Dockerfile"))
    if below is not None and dockerfile is not None:
        yield dockerfile, "" if below == "." else below


def _of_compose(index: Index) -> Iterator[Built]:
    for path in index.of_kind("compose"):
        source = index.source(path)
        if source is None or "build" not in source.text:
            continue
        root = yaml.parse(source, merge=True).root
        services = root.get("services") if isinstance(root, yaml.Mapping) else None
        for _, service in services.items() if isinstance(services, yaml.Mapping) else ():
            build = service.get("build") if isinstance(service, yaml.Mapping) else None
            if build is None:
                continue
            context = yaml.text(build.get("context") if isinstance(build, yaml.Mapping) else build)
            name = yaml.text(build.get("dockerfile")) if isinstance(build, yaml.Mapping) else None
            where = str(context) if context is not None else "."
            file = posixpath.join(where, str(name)) if name is not None else None
            yield from _built(index, posixpath.dirname(path), where, file)


def _of_workflows(index: Index) -> Iterator[Built]:
    for path in index.of_kind("workflow"):
        source = index.source(path)
        if source is None:
            continue
        yield from commands_in(index, source.text, "")
        if "docker/build-push-action" not in source.text:
            continue
        for node in yaml.parse(source).walk():
            uses = yaml.text(node.get("uses")) if isinstance(node, yaml.Mapping) else None
            if uses is None or not uses.startswith("docker/build-push-action@") or not isinstance(node, yaml.Mapping):
                continue
            given = node.get("with")
            context = yaml.text(given.get("context")) if isinstance(given, yaml.Mapping) else None
            file = yaml.text(given.get("file")) if isinstance(given, yaml.Mapping) else None
            where = re.sub(r"^\{\{defaultContext\}\}:?", "", str(context or ".")) or "."
            yield from _built(index, "", where, str(file) if file is not None else None)
