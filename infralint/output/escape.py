"""What comes from scanned files, made harmless for terminals and CI logs."""

from __future__ import annotations

TAB = 4
WIDEST = 160
LEAD = 60


def visible(text: str, keep: str = "") -> str:
    r"""The text with what a terminal would obey or hide written out: `\x1b`, `\u202e`, `\n`.

    Characters in `keep` stay. A byte that is not UTF-8 shows as that byte (`\xe9`).
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in keep else _written_out(c) for c in text)


def _written_out(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:  # how Source keeps a byte that is not UTF-8
        return f"\\x{code - 0xDC00:02x}"
    named = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(character)
    return named or (f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}")


def inert(line: str) -> str:
    r"""A line of ours that no CI system takes for a command: `::` at its start and `##[`, `##vso[` anywhere."""
    if line.lstrip()[:2] == "::":
        line = line.replace("::", "\\x3a:", 1)
    if "##" in line:
        from infralint.text import regex as re

        line = re.sub(r"##(?=\w*\[)", r"#\\x23", line)
    return line


def fitted(text: str, encoding: str | None) -> str:
    """The text with ASCII in place of what a stream's encoding lacks."""
    encoding = encoding or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        text = text.replace("│", "|").replace("…", "~").replace("·", "-").replace("×", "x")
        return text.encode(encoding, "backslashreplace").decode(encoding)
    return text


def annotation_data(text: str) -> str:
    """The message of a GitHub workflow command; its line breaks stay line breaks."""
    return visible(text, "\r\n").replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def annotation_property(text: str) -> str:
    """The value of a property of a GitHub workflow command."""
    return annotation_data(visible(text)).replace(":", "%3A").replace(",", "%2C")


def excerpt(line: str, start: int, end: int, widest: int = WIDEST) -> tuple[str, int, int]:
    """A line as it is shown, with the first column (from 0) and the width of the carets below its span.

    Tabs are expanded, wide characters take two columns, a long line is cut around the span.
    """
    start = min(start, len(line))
    end = min(max(end, start), len(line))
    cut = max(start - min(LEAD, widest // 3), 0) if len(line) > widest else 0
    tail = line[cut : cut + widest]
    before, prefix = line[cut:start], "…" if cut else ""
    suffix = "…" if cut + len(tail) < len(line) else ""
    end = min(end, cut + len(tail))
    if tail.isascii() and tail.isprintable():
        return prefix + tail + suffix, len(prefix) + len(before), max(end - start, 1)
    shown, first = _columns(before, len(prefix))
    marked, second = _columns(line[start:end], first)
    rest, _ = _columns(line[end : cut + len(tail)], second)
    return prefix + shown + marked + rest + suffix, first, max(second - first, 1)


def _columns(text: str, column: int) -> tuple[str, int]:
    """A part of a line as shown from a column on, and the column behind it."""
    from unicodedata import combining, east_asian_width

    out = []
    for character in text:
        if character == "\t":
            piece, width = " " * (TAB - column % TAB), TAB - column % TAB
        elif not character.isprintable():
            piece = _written_out(character)
            width = len(piece)
        else:
            piece = character
            width = 0 if combining(character) else 2 if east_asian_width(character) in "WF" else 1
        out.append(piece)
        column += width
    return "".join(out), column
