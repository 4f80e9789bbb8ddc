"""`_headers` and `_redirects`: response headers and redirects of sites on Netlify and Cloudflare Pages, a line each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from infralint.model.document import Noun
from infralint.model.element import Element
from infralint.model.index import Index
from infralint.model.platform.document import PlatformDocument
from infralint.model.platform.lines import comments_of, tree_of
from infralint.model.platform.parts import Header, Redirect
from infralint.syntax.yaml import Stream, YamlComment
from infralint.text import regex as re
from infralint.text.source import Source, Text

_WORD = re.compile(r"\S+")
_PAIR = re.compile(r"[ \t]*([^\s:]+)[ \t]*:[ \t]*(.*\S)?")


class Line(Element):
    """A line that holds neither a path, a header nor a redirect; it stands at the line. `form` says what is wrong with it."""

    __slots__ = ("form",)
    form: str
    """`no-path`: a header before any path; `no-value`: neither a path nor a header; `no-target`: a redirect without a target."""

    def __init__(self, text: Text, form: str) -> None:
        super().__init__(text.source, text.start, text.end)
        self.form = form


class Rule(Element):
    """A line of `_redirects`; it stands at its target."""

    __slots__ = ("is_conditional", "origin", "status", "target")
    origin: Text
    target: Text
    status: str
    """The status as written, `!` included; "" where none is."""
    is_conditional: bool
    """Whether query parameters or conditions narrow it."""

    def __init__(self, origin: Text, target: Text, status: str, is_conditional: bool) -> None:
        super().__init__(target.source, target.start, target.end)
        self.origin = origin
        self.target = target
        self.status = status
        self.is_conditional = is_conditional


class PagesDocument(PlatformDocument):
    """A `_headers` or a `_redirects`."""

    platform = "Netlify or Cloudflare Pages"

    def __init__(self, source: Source, index: Index, kind: str) -> None:
        self.bad_lines: list[Line] = []
        self.rules: list[Rule] = []
        self.pairs: list[tuple[str, Text, Text]] = []
        super().__init__(source, index, kind)

    def read(self, source: Source) -> tuple[Stream, list[YamlComment]]:
        if source.path.rpartition("/")[2].lower() == "_headers":
            self._read_headers(source)
        else:
            self._read_redirects(source)
        return tree_of(source, ()), comments_of(source)

    def _read_headers(self, source: Source) -> None:
        path: str | None = None
        for line in _lines(source):
            if line.startswith(("/", "https://", "http://")):
                path = str(line)
                continue
            match = _PAIR.fullmatch(line)
            if match is None:
                if not line.startswith("!"):  # Cloudflare: the header is taken away again
                    self.bad_lines.append(Line(line, "no-value"))
            elif path is None:
                self.bad_lines.append(Line(line, "no-path"))
            elif match[2]:
                self.pairs.append((path, line.slice(*match.span(1)), line.slice(*match.span(2))))

    def _read_redirects(self, source: Source) -> None:
        for line in _lines(source):
            words = [line.slice(*match.span()) for match in _WORD.finditer(line.partition(" #")[0])]
            target = next((at for at, word in enumerate(words) if at and word.startswith(("/", "http", ":"))), None)
            if len(words) == 1:
                self.bad_lines.append(Line(line, "no-target"))
            elif target is not None:
                rest = words[target + 1 :]
                status = str(rest[0]) if rest and rest[0].rstrip("!").isdecimal() else ""
                is_conditional = target > 1 or len(rest) > (1 if status else 0)
                self.rules.append(Rule(words[0], words[target], status, is_conditional))

    def read_headers(self) -> Iterable[Header]:
        for path, name, value in self.pairs:
            beside = {other.lower(): text for where, other, text in self.pairs if where == path}
            yield Header(name, value, path, beside)

    def read_redirects(self) -> Iterable[Redirect]:
        return (Redirect(one.origin, one.target, one.status.rstrip("!")) for one in self.rules)

    nouns = {
        **PlatformDocument.nouns,
        "bad_line": Noun(Line, lambda file: file.bad_lines),
        "rule": Noun(Rule, lambda file: file.rules),
    }


def _lines(source: Source) -> Iterator[Text]:
    """The lines that are neither blank nor comments, without the space around them."""
    for number in range(1, len(source.line_starts) + 1):
        start, end = source.line_span(number)
        text = source.text[start:end]
        if text.strip() and not text.lstrip().startswith("#"):
            first = start + len(text) - len(text.lstrip())
            yield Text(text.strip(), source, first, first + len(text.strip()))
