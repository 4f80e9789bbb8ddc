"""The verbs of `fix:`: each turns an element and a text into edits in the file's own style, or None if it cannot."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from infralint.text.edit import Edit, Fix, Safety
from infralint.text.source import Source, Text
from infralint.text.unknown import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

Edits = list[Edit] | None


def fill(parts: Iterable[Any]) -> str | None:
    """A template's text; None when a part of it is absent or unknown."""
    out = []
    for part in parts:
        if part is None or part is UNKNOWN:
            return None
        out.append(str(part))
    return "".join(out)


def _missing(element: Any) -> bool:
    return element is None or element is UNKNOWN


def replace(element: Any, text: str | None) -> Edits:
    """Write something else in place of an element, in the quotes that it has."""
    if _missing(element) or text is None:
        return None
    source: Source = element.source
    start, end = element.start, element.end
    if isinstance(element, Text):
        if element.style in ("|", ">", "*") or (element.pieces is None and element.style):
            return None
        if element.style == "'":
            text = text.replace("'", "''")
        elif element.style == '"':
            text = text.replace("\\", "\\\\").replace('"', '\\"')
        elif source.path.endswith((".yml", ".yaml")) and element.start > 0 and element.raw == element:
            from infralint.syntax import yaml_edit

            text = yaml_edit.plain_within(source, element, text)
    return [Edit(source.path, start, end, text)]


def _is_lines(text: str) -> bool:
    return text.endswith("\n")


def _indented(source: Source, offset: int, text: str) -> tuple[int, str]:
    """Whole lines, given the indentation and line ends of the place they go to; with that line's start."""
    line = source.line_of(offset)
    start = source.line_starts[line - 1]
    body = source.text[start:offset]
    indent = body[: len(body) - len(body.lstrip(" \t"))]
    lines = [indent + part if part else part for part in text[:-1].split("\n")]
    return start, "".join(part + source.newline for part in lines)


def before(element: Any, text: str | None) -> Edits:
    """Insert before an element: whole lines above its line when the text ends a line, else right there."""
    if _missing(element) or text is None:
        return None
    source: Source = element.source
    if not _is_lines(text):
        return [Edit(source.path, element.start, element.start, text)]
    start, body = _indented(source, element.start, text)
    return [Edit(source.path, start, start, body)]


def after(element: Any, text: str | None) -> Edits:
    """Insert behind an element: whole lines below its last line when the text ends a line, else right there."""
    if _missing(element) or text is None:
        return None
    source: Source = element.source
    if not _is_lines(text):
        return [Edit(source.path, element.end, element.end, text)]
    _, body = _indented(source, element.start, text)
    line = source.line_of(max(element.end - 1, element.start))
    if line < len(source.line_starts):
        at = source.line_starts[line]
    else:
        at = len(source.text)
        body = source.newline + body[: -len(source.newline)]
    return [Edit(source.path, at, at, body)]


def _whole_lines(source: Source, start: int, end: int) -> tuple[int, int] | None:
    """The lines a span fills alone, line end included; None when something else stands on them."""
    first, last = source.line_of(start), source.line_of(max(end - 1, start))
    low = source.line_starts[first - 1]
    high = source.line_starts[last] if last < len(source.line_starts) else len(source.text)
    if source.text[low:start].strip() or source.text[end:high].strip():
        return None
    return low, high


def delete(element: Any) -> Edits:
    """Remove an element; with its lines when nothing else stands on them."""
    if _missing(element):
        return None
    if "infralint.syntax.yaml" in sys.modules:  # else it cannot be of YAML
        from infralint.syntax import yaml, yaml_edit

        if isinstance(element, (yaml.Pair, yaml.Node)):
            stream = (element.key if isinstance(element, yaml.Pair) else element).stream
            if stream.language == "toml":
                from infralint.syntax import data_edit

                return data_edit.delete(element)
            return yaml_edit.delete(element)
    source: Source = element.source
    start, end = _whole_lines(source, element.start, element.end) or (element.start, element.end)
    return [Edit(source.path, start, end, "")]


def comment_out(element: Any) -> Edits:
    """Put `# ` before every line of an element that fills its lines."""
    if _missing(element):
        return None
    source: Source = element.source
    if _whole_lines(source, element.start, element.end) is None:
        return None
    first, last = source.line_of(element.start), source.line_of(max(element.end - 1, element.start))
    edits = []
    for line in range(first, last + 1):
        start, end = source.line_span(line)
        at = start + len(source.text[start:end]) - len(source.text[start:end].lstrip(" \t"))
        edits.append(Edit(source.path, at, at, "# "))
    return edits


def set_key(element: Any, key: str | None, value: str | None) -> Edits:
    """Give a mapping a key (dotted for nested ones) with a value, written or changed in the file's own style."""
    if _missing(element) or key is None or value is None:
        return None
    from infralint.syntax import yaml, yaml_edit

    mapping = element if isinstance(element, yaml.Mapping) else getattr(element, "node", None)
    if not isinstance(mapping, yaml.Mapping):
        return None
    if mapping.stream.language != "yaml":
        from infralint.syntax import data_edit

        return data_edit.set_key(mapping, key.split("."), value)
    return yaml_edit.set_key(mapping, key.split("."), value)


def create_file(path: str | None, text: str | None) -> Edits:
    """Make a new file; the path is relative to the root."""
    if path is None or text is None or not path.isprintable() or "\\" in path or ":" in path:
        return None
    if any(part in ("", ".", "..") or part.lower() == ".git" for part in path.split("/")):
        return None
    return [Edit(path, 0, 0, text, True)]


def edits(made: Any) -> Edits:
    """Edits that a fact worked out."""
    return None if _missing(made) or not made else list(made)


def together(title: str, safety: int, *parts: Edits) -> Fix | None:
    """One remedy of several verbs: all of them, or none."""
    joined: list[Edit] = []
    for part in parts:
        if part is None:
            return None
        joined += part
    return Fix(title, Safety(safety), joined) if joined else None
