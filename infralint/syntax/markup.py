"""Documents for people, read for their outline: headings, code, links. Markdown, reStructuredText and AsciiDoc.

The reader goes over the lines once. What it does not know (tables, directives) it passes over.
"""

from __future__ import annotations

from collections.abc import Iterator

from infralint.text import regex as re
from infralint.text.record import NamedTuple
from infralint.text.source import Source

MARKDOWN, RST, ASCIIDOC = "markdown", "rst", "asciidoc"
MAX_LINE = 2_000
"""Characters of a line that are searched for code and links."""


class Heading(NamedTuple):
    """A heading: its text as it is shown, the level from 1, and where the text stands."""

    text: str
    level: int
    start: int
    end: int


class Code(NamedTuple):
    """A span of code within a line, or the lines of a block; `language` is "" where none is written."""

    text: str
    language: str
    start: int
    end: int
    is_block: bool


class Link(NamedTuple):
    """A link: its words and its target, and where the target stands."""

    text: str
    target: str
    start: int
    end: int


class Outline(NamedTuple):
    """What a document holds, each in the order of the file."""

    source: Source
    headings: tuple[Heading, ...]
    codes: tuple[Code, ...]
    links: tuple[Link, ...]

    def section_of(self, offset: int) -> Heading | None:
        """The heading under which an offset stands; None before the first."""
        return next((one for one in reversed(self.headings) if one.start <= offset), None)


_ATX = re.compile(r" {0,3}(#{1,6})[ \t]+(\S[^\n]*)")
_BOLD = re.compile(r"(?:\*\*|__)([^*_\n]{2,80})(?:\*\*|__):?[ \t]*")
_HTML = re.compile(r"[ \t]*<h([1-6])\b[^>\n]{0,200}>([^<\n]{1,200})</h[1-6]>", re.I)
_FENCE = re.compile(r"([ \t]*(?:[-*+>][ \t]+)?)(`{3,}|~{3,})[ \t]*([\w+#.-]{0,40})")
_SPAN = re.compile(r"(`{1,2})([^`\n]{1,400})\1(?![`_])")
_LINK = re.compile(r"\[([^\]\n]{0,300})\]\(<?([^)\s>\n]{1,400})")
_RST_LINK = re.compile(r"`([^`<\n]{1,300}) <([^>\n]{1,400})>`_")
_ADOC_LINK = re.compile(r"(?:link:|xref:)?((?:https?://)?[^\s\[\]]{1,400})\[([^\]\n]{0,300})\]")
_BARE = re.compile(r"https?://[^\s<>()\[\]\"'`]{1,400}")
_RULE = re.compile(r"([=\-~^\"'#*+.:`_<>])\1{2,}[ \t]*")
_ADOC_HEAD = re.compile(r"(={1,6}|#{1,6})[ \t]+(\S[^\n]*)")
_DIRECTIVE = re.compile(r"([ \t]*)\.\.[ \t]+(?:code-block|code|sourcecode|prompt)::[ \t]*([\w+-]*)")


def form_of(path: str) -> str:
    """In which markup a document is written, by the ending of its name."""
    lower = path.lower()
    return RST if lower.endswith(".rst") else ASCIIDOC if lower.endswith((".adoc", ".asciidoc")) else MARKDOWN


def outline(source: Source) -> Outline:
    """The headings, code and links of a document."""
    reader = {RST: _read_rst, ASCIIDOC: _read_asciidoc}.get(form_of(source.path), _read_markdown)
    headings: list[Heading] = []
    codes: list[Code] = []
    links: list[Link] = []
    for found in reader(_lines(source)):
        if isinstance(found, Heading):
            headings.append(found)
        elif isinstance(found, Code):
            codes.append(found)
        else:
            links.append(found)
    return Outline(source, tuple(headings), tuple(codes), tuple(links))


Found = Heading | Code | Link
Line = tuple[int, str]


def _lines(source: Source) -> list[Line]:
    return [
        (start, source.text[start : source.line_span(number).end])
        for number, start in enumerate(source.line_starts, start=1)
    ]


def _heading(line: Line, text: str, level: int) -> Heading:
    start, written = line
    at = start + max(written.find(text), 0)
    shown = re.sub(r"[`*]+|(?<!\w)_+|_+(?!\w)|<[^>\n]{0,100}>|\{#[^}\n]{0,100}\}$", "", text).strip()
    return Heading(shown, level, at, at + len(text))


def _read_markdown(lines: list[Line]) -> Iterator[Found]:
    number, is_comment = _behind_front_matter(lines), False
    while number < len(lines):
        start, text = lines[number]
        fence = _FENCE.match(text)
        if is_comment or text.lstrip().startswith("<!--"):
            is_comment = "-->" not in text
        elif fence is not None:
            body, number = _fenced(lines, number, fence[2], fence[3])
            yield from body
        elif (head := _ATX.fullmatch(text)) is not None:
            yield _heading(lines[number], head[2].rstrip("# \t") or head[2], len(head[1]))
        elif (bold := _BOLD.fullmatch(text)) is not None:
            yield _heading(lines[number], bold[1].rstrip(":"), 6)
        elif (html := _HTML.match(text)) is not None:
            yield _heading(lines[number], html[2], int(html[1]))
        elif text.strip() and number + 1 < len(lines) and re.fullmatch(r" {0,3}(=+|-{3,})[ \t]*", lines[number + 1][1]):
            if not text.startswith(("-", "|", "---")):
                yield _heading(lines[number], text.strip(), 1 if "=" in lines[number + 1][1] else 2)
                number += 1
        else:
            yield from _inline(start, text)
            for match in _LINK.finditer(text[:MAX_LINE]):
                yield Link(match[1], match[2], start + match.start(2), start + match.end(2))
        number += 1


def _behind_front_matter(lines: list[Line]) -> int:
    """The number of the first line behind the settings that stand between `---` at the top."""
    if not lines or lines[0][1].rstrip() != "---":
        return 0
    return next((at + 1 for at in range(1, len(lines)) if lines[at][1].rstrip() in ("---", "...")), 0)


def _fenced(lines: list[Line], number: int, mark: str, language: str) -> tuple[list[Found], int]:
    """The block that a fence opens, and the number of the line that closes it."""
    begin = number + 1
    at = begin
    while at < len(lines):
        text = lines[at][1].strip().lstrip("> ")
        if text.startswith(mark[0] * len(mark)) and not text.strip(mark[0]):
            break
        at += 1
    return list(_block(lines[begin:at], language)), at


def _block(inner: list[Line], language: str) -> Iterator[Found]:
    if inner:
        start, end = inner[0][0], inner[-1][0] + len(inner[-1][1])
        yield Code("\n".join(text for _, text in inner), language.lower(), start, end, True)


def _inline(start: int, text: str) -> Iterator[Found]:
    """The code spans and bare addresses of a line."""
    text = text[:MAX_LINE]
    for match in _SPAN.finditer(text):
        low = start + match.start(2)
        yield Code(match[2], "", low, low + len(match[2]), False)
    for match in _BARE.finditer(text):
        target = match[0].rstrip(".,;:!?")
        yield Link("", target, start + match.start(), start + match.start() + len(target))


def _read_rst(lines: list[Line]) -> Iterator[Found]:
    levels: list[str] = []
    number = 0
    while number < len(lines):
        start, text = lines[number]
        rule = _RULE.fullmatch(lines[number + 1][1]) if number + 1 < len(lines) else None
        directive = _DIRECTIVE.match(text)
        if text.strip() and not text[0].isspace() and rule is not None and len(lines[number + 1][1].rstrip()) >= len(text.rstrip()) - 1 and _RULE.fullmatch(text) is None:  # fmt: skip
            if rule[1] not in levels:
                levels.append(rule[1])
            yield _heading(lines[number], text.strip(), levels.index(rule[1]) + 1)
            number += 1
        elif directive is not None or text.rstrip().endswith("::"):
            if directive is None:
                yield from _inline(start, text)
            indent = len(text) - len(text.lstrip())
            at = number + 1
            while at < len(lines) and (
                not lines[at][1].strip() or len(lines[at][1]) - len(lines[at][1].lstrip()) > indent
            ):
                at += 1
            yield from _block(
                [one for one in lines[number + 1 : at] if one[1].strip() and not one[1].lstrip().startswith(":")],
                directive[2] if directive is not None else "",
            )
            number = at - 1
        else:
            yield from _inline(start, text)
            for match in _RST_LINK.finditer(text[:MAX_LINE]):
                yield Link(match[1], match[2], start + match.start(2), start + match.end(2))
        number += 1


def _read_asciidoc(lines: list[Line]) -> Iterator[Found]:
    number, language = 0, ""
    while number < len(lines):
        start, text = lines[number]
        head = _ADOC_HEAD.fullmatch(text)
        source = re.fullmatch(r"\[source,[ \t]*([\w+-]{1,40})[^\]\n]*\][ \t]*", text)
        fence = _FENCE.match(text)
        if source is not None:
            language = source[1]
        elif fence is not None:
            body, number = _fenced(lines, number, fence[2], fence[3])
            yield from body
        elif re.fullmatch(r"(-{4,}|\.{4,})[ \t]*", text):
            at = number + 1
            while at < len(lines) and lines[at][1].rstrip() != text.rstrip():
                at += 1
            yield from _block(lines[number + 1 : at], language)
            number, language = at, ""
        elif head is not None:
            yield _heading(lines[number], head[2], len(head[1]))
        else:
            yield from _inline(start, text)
            for match in _ADOC_LINK.finditer(text[:MAX_LINE]):
                yield Link(match[2], match[1], start + match.start(1), start + match.end(1))
        number += 1
