"""Builds: contexts and Dockerfiles, and whether they are there."""

from __future__ import annotations

import posixpath

from infralint.analysis.compose.loading import stands
from infralint.analysis.shared.ignored import git_ignores
from infralint.model.compose.parts import Build
from infralint.model.element import UNKNOWN, Unknown, fact_of
from infralint.text import regex as re


@fact_of(Build)
def has_context(build: Build) -> bool | Unknown:
    """Whether the context is a folder of the repository; unknown where it cannot lie in it, or git leaves it out."""
    path = context_path(build)
    if isinstance(path, Unknown):
        return UNKNOWN
    found = stands(build.interpolation, build.source.path, path, str(build.context or "."), folder=True)
    return UNKNOWN if found is False and git_ignores(build.interpolation.index, path) else found


@fact_of(Build)
def expected_dockerfile(build: Build) -> str | Unknown:
    """Where the Dockerfile is to stand, below the root."""
    folder, name = context_path(build), build.dockerfile
    if build.is_inline or isinstance(folder, Unknown) or isinstance(name, Unknown):
        return UNKNOWN
    return build.interpolation.index.resolve("" if folder == "." else folder, str(name or "Dockerfile")) or UNKNOWN


@fact_of(Build)
def dockerfile_path(build: Build) -> str | Unknown | None:
    """The Dockerfile's path below the root; absent where none stands there, unknown where it cannot be told."""
    path = expected_dockerfile(build)
    if isinstance(path, Unknown):
        return UNKNOWN
    written = posixpath.join(str(build.context or "."), str(build.dockerfile or "Dockerfile"))
    found = stands(build.interpolation, build.source.path, path, written)
    return path if found is True else None if found is False else UNKNOWN


@fact_of(Build)
def has_healthcheck(build: Build) -> bool:
    """Whether its Dockerfile, where that is known, says how to tell that the image is well."""
    path = dockerfile_path(build)
    if path is None or isinstance(path, Unknown):
        return False

    def read() -> bool:
        source = build.interpolation.index.source(path)
        found = re.findall(r"^[ \t]*HEALTHCHECK[ \t]+(\S+)", source.text, re.M | re.I) if source is not None else []
        return any(word.upper() != "NONE" for word in found)

    return build.interpolation.index.memo(("compose-checks-health", path), read)


@fact_of(Build)
def context_path(build: Build) -> str | Unknown:
    """The context below the root; unknown for a URL and for what lies outside."""
    context = build.context
    if isinstance(context, Unknown) or context is None:
        return UNKNOWN  # without one this may be laid over a file that has it
    return build.interpolation.index.resolve(posixpath.dirname(context.source.path), str(context)) or UNKNOWN
