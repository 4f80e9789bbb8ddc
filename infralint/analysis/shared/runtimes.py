"""The versions of languages that images are named after."""

from __future__ import annotations

from infralint.model.project.summary import RuntimeSummary, mark
from infralint.model.shared.image import Image
from infralint.text import regex as re

LANGUAGES = ("node", "python", "ruby", "go", "java", "php", "rust", "dotnet", "deno", "bun", "elixir")
_IMAGES = {
    "golang": "go",
    "typescript-node": "node",
    "javascript-node": "node",
    "eclipse-temurin": "java",
    "openjdk": "java",
}
_TAG = re.compile(r"(?:\d{1,2}-)?v?(\d{1,4}(?:\.\d{1,4}){0,3})(?:-|$)")
"""The version at the beginning of a tag; Dev Containers write that of their own image before it: `1-3.12`."""


def runtime_of_image(image: Image, role: str) -> RuntimeSummary | None:
    """The version of a language that an image is named after; absent for others, and where a variable gives the tag."""
    name, tag = image.full_name, image.tag
    if not isinstance(name, str) or not isinstance(tag, str) or not _is_of_language(name):
        return None
    last = name.rpartition("/")[2]
    language = _IMAGES.get(last, last)
    match = _TAG.match(tag)
    return (
        RuntimeSummary(language, match[1], mark(image), role) if language in LANGUAGES and match is not None else None
    )


def _is_of_language(name: str) -> bool:
    """Whether an image is the official one of its language, or one of Dev Containers."""
    return "/" not in name or name.startswith(("docker.io/library/", "library/", "mcr.microsoft.com/"))
