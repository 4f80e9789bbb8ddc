"""Base images that this repository builds itself: their tag is that of the build, and nothing is pulled."""

from __future__ import annotations

import posixpath

from infralint.model.dockerfile.instruction import From
from infralint.model.element import fact_of
from infralint.model.index import Index
from infralint.syntax import yaml
from infralint.tables.official_images import is_official
from infralint.text import regex as re
from infralint.text.source import Text

_SCRIPTS = (
    "Makefile",
    "makefile",
    "GNUmakefile",
    "justfile",
    "Justfile",
    "Taskfile.yml",
    "Tiltfile",
    "docker-bake.hcl",
    "skaffold.yaml",
)
MAX_TEXT = 400_000
MIN_VARIANT = 4
"""A word of a file's name that is shorter says nothing of an image: `Dockerfile.cpu`."""


@fact_of(From)
def may_be_built_here(header: From) -> bool:
    """Whether this repository builds the base image: a compose service, a Makefile or a workflow names it, or another
    Dockerfile is called so, or it has no owner and is no official image, so that it cannot be pulled from Docker Hub."""
    image = header.image
    if image is None or not isinstance(image.name, Text):
        return False
    name = str(image.name)
    if is_official(name):
        return False
    index, path = header.document.index, header.document.source.path
    if name in index.memo("own-compose-images", lambda: _of_compose(index)) or _is_mentioned(index, path, name):
        return True
    last = name.rpartition("/")[2].lower()
    variants = index.memo("own-variants", lambda: _variants(index))
    named = {file for variant, file in variants if last == variant or last.endswith(("-" + variant, "_" + variant))}
    return "/" not in name or bool(named - {path})


def _of_compose(index: Index) -> frozenset[str]:
    """The images that services of the run are built as."""
    found = set()
    for source in index.sources(index.of_kind("compose")):
        root = yaml.parse(source, merge=True).root if "build" in source.text else None
        services = root.get("services") if isinstance(root, yaml.Mapping) else None
        for _, service in services.items() if isinstance(services, yaml.Mapping) else ():
            image = (
                yaml.text(service.get("image")) if isinstance(service, yaml.Mapping) and "build" in service else None
            )
            if image is not None:
                found.add(re.sub(r"(?::[^/]*)?(?:@.*)?$", "", str(image)))
    return frozenset(found)


def _is_mentioned(index: Index, path: str, name: str) -> bool:
    """Whether a script that builds, in the folder of the file or above, or a workflow that does, names the image."""
    texts = [index.memo("own-workflows", lambda: _building_workflows(index))]
    folder = posixpath.dirname(path)
    while True:
        texts += [
            index.memo(("own-script", at), lambda at=at: _text(index, at))  # type: ignore[misc]
            for at in (posixpath.join(folder, script) for script in _SCRIPTS)
        ]
        if not folder:
            break
        folder = posixpath.dirname(folder)
    word = re.compile(rf"(?<![\w./-]){re.escape(name)}(?![\w/-])")
    return any(text and (word.search(text) is not None or _is_filled_in(text, name)) for text in texts)


def _is_filled_in(text: str, name: str) -> bool:
    """Whether a name with a variable at its end may be this one: `ghcr.io/example/tool-${{ matrix.target }}`."""
    stems = re.findall(r"(?<![\w./-])([\w.-]+(?:/[\w.-]+)*/[\w.-]+[-_])(?:\$\{|\$\(|\$[A-Za-z])", text)
    return any(name.startswith(stem) for stem in stems)


def _text(index: Index, path: str) -> str:
    source = index.source(path) if index.is_file(path) else None
    return source.text[:MAX_TEXT] if source is not None else ""


def _building_workflows(index: Index) -> str:
    """The texts of the workflows that build or push images."""
    texts = (source.text for source in index.sources(index.of_kind("workflow")))
    building = re.compile(
        r"docker/build-push-action|docker/bake-action|docker/metadata-action|docker (?:buildx )?(?:build|push|bake)"
    )
    return "\n".join(text for text in texts if building.search(text))[:MAX_TEXT]


def _variants(index: Index) -> tuple[tuple[str, str], ...]:
    """What the names of Dockerfiles and of their folders say that they build, each with its path."""
    found = []
    for path in index.of_kind("dockerfile"):
        folder, _, name = path.lower().rpartition("/")
        words = [folder.rpartition("/")[2]]
        match = re.match(r"(?:dockerfile|containerfile)[._-](.+)$|(.+)\.(?:dockerfile|containerfile)$", name)
        if match is not None:
            words.append(match[1] or match[2])
        found += [(word, path) for word in words if len(word) >= MIN_VARIANT]
    return tuple(found)
