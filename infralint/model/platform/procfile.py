"""Procfile: the processes of an app, a line each."""

from __future__ import annotations

from collections.abc import Iterable

from infralint.model.document import Noun
from infralint.model.element import Element
from infralint.model.index import Index
from infralint.model.platform.document import PlatformDocument
from infralint.model.platform.lines import comments_of, tree_of
from infralint.model.platform.parts import Command, Service, ServiceParts
from infralint.model.shared.value import pairs_of, text_of
from infralint.syntax.yaml import Stream, YamlComment
from infralint.text import regex as re
from infralint.text.source import Source, Span

_HEAD = re.compile(r"[ \t]*([^:#\s]+)[ \t]*:[ \t]*")


class BadLine(Element):
    """A line that names no process."""

    __slots__ = ()


class ProcfileDocument(PlatformDocument):
    """A `Procfile`."""

    platform = "Heroku"

    def __init__(self, source: Source, index: Index, kind: str) -> None:
        self.bad_lines: list[BadLine] = []
        super().__init__(source, index, kind)

    def read(self, source: Source) -> tuple[Stream, list[YamlComment]]:
        entries = []
        for line in range(1, len(source.line_starts) + 1):
            start, end = source.line_span(line)
            text = source.text[start:end]
            if not text.strip() or text.lstrip().startswith("#"):
                continue
            match = _HEAD.match(source.text, start, end)
            last = start + len(text.rstrip())
            if match is None or match.end() >= last:
                self.bad_lines.append(BadLine(source, start + len(text) - len(text.lstrip()), end))
                continue
            entries.append((match[1], Span(*match.span(1)), Span(match.end(), last)))
        return tree_of(source, entries), comments_of(source)

    def read_services(self) -> Iterable[Service]:
        release = next((value for name, value in self.commands() if name == "release"), None)
        for name, node in pairs_of(self.root):
            text = text_of(node)
            role = str(name) if name in ("web", "release") else "worker"
            yield Service(str(name), name, None, ServiceParts(role, text, None, None, release))

    def commands(self) -> list[tuple[str, Element]]:
        """The names of its processes, each with where its command stands."""
        return [(str(name), Element(node.source, node.start, node.end)) for name, node in pairs_of(self.root)]

    def read_scripts(self) -> Iterable[Command]:
        for one in self.services:
            if one.command is not None:
                yield Command(one.command, "release" if one.role == "release" else "start")

    nouns = {**PlatformDocument.nouns, "bad_line": Noun(BadLine, lambda file: file.bad_lines)}
