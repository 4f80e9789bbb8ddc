"""The versions of languages that platform files, version files and development containers ask for."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.analysis.shared.runtimes import LANGUAGES, runtime_of_image
from infralint.model.platform.cloudformation import CloudFormationDocument
from infralint.model.platform.devcontainer import DevcontainerDocument
from infralint.model.platform.document import PlatformDocument
from infralint.model.platform.versions import VersionsDocument
from infralint.model.project.summary import RuntimeSummary, mark
from infralint.model.shared.value import get, pairs_of, text_of
from infralint.syntax.yaml import Mapping
from infralint.text import regex as re
from infralint.text.source import Text

_VARIABLES = {
    "NODE_VERSION": "node", "PYTHON_VERSION": "python", "RUBY_VERSION": "ruby", "GO_VERSION": "go", "PHP_VERSION": "php", "BUN_VERSION": "bun",
}  # fmt: skip
"""What Netlify and Render read the version of a language from."""
_WHOLE = re.compile(r"v?(\d{1,4}(?:\.\d{1,4}){0,3})")
_LAMBDA = re.compile(r"(python|ruby|go|java|nodejs|dotnet)(\d{1,4}(?:\.(?:\d{1,4}|x))?)")


def runtimes_of(file: PlatformDocument) -> tuple[RuntimeSummary, ...]:
    """The versions that a file of a platform asks for."""
    found = list(_listed(file))
    if isinstance(file, DevcontainerDocument):
        made = [runtime_of_image(image, "development") for image in file.images]
        found += [one for one in made if one is not None]
    return tuple(found)


def _listed(file: PlatformDocument) -> Iterator[RuntimeSummary]:
    if isinstance(file, VersionsDocument):
        for tool in file.tools:
            yield from _made(tool.name, tool.version, "development")
    elif isinstance(file, DevcontainerDocument):
        for name, node in pairs_of(get(file.root, "features")):
            language = name.rpartition("/")[2].partition(":")[0]
            version = text_of(get(node, "version")) if isinstance(node, Mapping) else None
            if version is not None and "devcontainers/features" in name:
                yield from _made(language, version, "development")
    elif isinstance(file, CloudFormationDocument):
        for function in file.functions:
            match = _LAMBDA.fullmatch(function.runtime) if function.runtime is not None else None
            if match is not None and function.runtime is not None:
                language = {"nodejs": "node"}.get(match[1], match[1])
                yield RuntimeSummary(language, match[2].removesuffix(".x"), mark(function.runtime), "image")
    elif file.kind in ("netlify", "render"):
        for variable in file.set_variables:
            language = _VARIABLES.get(variable.name, "")
            if language and isinstance(variable.value, Text):
                yield from _made(language, variable.value, "build")


def _made(language: str, version: Text, role: str) -> Iterator[RuntimeSummary]:
    match = _WHOLE.fullmatch(version)
    if match is not None and language in LANGUAGES:
        yield RuntimeSummary(language, match[1], mark(version), role)
