"""Files that pin the versions of languages and tools: .tool-versions, mise.toml, .nvmrc, .python-version and their like."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.model.document import Noun
from infralint.model.element import Element
from infralint.model.platform.document import PlatformDocument
from infralint.model.platform.lines import comments_of, tree_of
from infralint.model.shared.value import get, pairs_of, scalars, text_of
from infralint.syntax.yaml import Stream, YamlComment
from infralint.text import regex as re
from infralint.text.source import Source, Span, Text

_FILES = {
    ".nvmrc": "node", ".node-version": "node", ".python-version": "python", ".ruby-version": "ruby", ".java-version": "java",
    ".go-version": "go",
}  # fmt: skip
_NAMES = {
    "nodejs": "node", "golang": "go", "core:node": "node", "core:python": "python", "core:go": "go", "core:ruby": "ruby", "core:java": "java",
    "core:rust": "rust",
}  # fmt: skip
"""What asdf and mise call a language, where that is not its own name."""


class PinnedTool(Element):
    """A language or tool with its version; it stands at the version."""

    __slots__ = ("name", "version")
    name: str
    version: Text

    def __init__(self, name: str, version: Text) -> None:
        super().__init__(version.source, version.start, version.end)
        self.name = name
        self.version = version


class VersionsDocument(PlatformDocument):
    """A file that pins versions."""

    platform = "a version manager"

    def read(self, source: Source) -> tuple[Stream, list[YamlComment]]:
        name = source.path.rpartition("/")[2].lower()
        if name.endswith(".toml"):
            return super().read(source)
        return tree_of(source, _lines(source, name)), comments_of(source)

    @property
    def tools(self) -> list[PinnedTool]:
        """The languages and tools with their versions, the first of several."""
        found = []
        name = self.source.path.rpartition("/")[2].lower()
        node = get(self.root, "tools") if name.endswith(".toml") else self.root
        for key, value in pairs_of(node):
            text = next(iter(scalars(value)), None) or text_of(get(value, "version"))
            if text:
                found.append(PinnedTool(_NAMES.get(key.lower(), key.lower()), text))
        return found

    nouns = {**PlatformDocument.nouns, "tool": Noun(PinnedTool, lambda file: file.tools)}


def _lines(source: Source, name: str) -> Iterator[tuple[str, Span, Span]]:
    for line in range(1, len(source.line_starts) + 1):
        start, end = source.line_span(line)
        text = source.text[start:end]
        if name == ".tool-versions":
            match = re.match(r"[ \t]*([\w@:/.-]+)[ \t]+([^\s#]+)", text)
            if match is not None:
                yield match[1], _span(start, match, 1), _span(start, match, 2)
            continue
        match = re.match(r"[ \t]*(?:(python|ruby|node|php)-)?v?(\d[\w.+-]*)[ \t]*(?:#.*)?$", text)
        if match is not None:
            language = _FILES.get(name) or match[1]
            if language:
                at = _span(start, match, 2)
                yield language, at, at
        if text.strip() and not text.lstrip().startswith("#"):
            return


def _span(start: int, match: re.Match[str], group: int) -> Span:
    return Span(start + match.start(group), start + match.end(group))
