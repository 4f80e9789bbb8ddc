"""Edits on YAML text that leave every other byte alone."""

from __future__ import annotations

from infralint.syntax.yaml import Mapping, Node, Pair, Scalar, Sequence
from infralint.syntax.yaml_scalars import core_value
from infralint.text.edit import Edit
from infralint.text.source import Source, Text

_SPECIAL = frozenset("!&*?|>@`\"'%#{}[],:- ")


def plain(text: str, *, in_flow: bool = False, as_text: bool = True) -> str:
    """A text as a scalar: plain where it stays what it is, else double-quoted."""
    risky = (
        not text
        or (as_text and not isinstance(core_value(text), str))
        or text != text.strip()
        or (
            text[0] in _SPECIAL
            and not (text[0] in ("-" if in_flow else "-?:") and len(text) > 1 and text[1] not in " \t")
        )
        or ": " in text
        or " #" in text
        or text.endswith(":")
        or any(_is_control(char) for char in text)
        or (in_flow and any(char in text for char in ",[]{}"))
    )
    return quoted(text) if risky else text


def quoted(text: str) -> str:
    """A text in double quotes."""
    body = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return '"' + "".join(f"\\u{ord(char):04X}" if _is_control(char) else char for char in body) + '"'


def _is_control(char: str) -> bool:
    """Whether YAML forbids a character, or reads it as the end of a line."""
    return char < " " or "\x7f" <= char <= "\x9f" or char in "\u2028\u2029\ufeff\ufffe\uffff"


def plain_within(source: Source, element: Text, text: str) -> str:
    """A replacement for (part of) a plain scalar; quoted only when the whole scalar is replaced and needs it."""
    before = source.text[max(element.start - 2, 0) : element.start]
    after = source.text[element.end : element.end + 1]
    whole = (before.endswith((": ", "- ", "[ ", ", ", "["))) and after in ("", "\n", "\r", " ", ",", "]", "}")
    return plain(text, as_text=isinstance(core_value(element), str)) if whole else text


def column_of(source: Source, offset: int) -> int:
    """How far into its line an offset lies, from 0."""
    return offset - source.line_starts[source.line_of(offset) - 1]


def step_of(node: Node) -> int:
    """How far this file indents a nested mapping, measured around the node; 2 where nothing shows it."""
    current: Node | None = node
    while current is not None:
        if isinstance(current, Mapping) and not current.is_flow:
            for pair in current.pairs:
                value = pair.value
                if isinstance(value, Mapping) and not value.is_flow and value.pairs:
                    step = column_of(node.source, value.start) - column_of(node.source, pair.start)
                    if 0 < step <= 8:
                        return step
        current = current.parent
    return 2


def _line_end(source: Source, offset: int) -> int:
    """Behind the line end of the line that holds `offset` (or the end of the text)."""
    line = source.line_of(offset)
    return source.line_starts[line] if line < len(source.line_starts) else len(source.text)


def set_key(mapping: Mapping, path: list[str], value: str) -> list[Edit] | None:
    """Set the value at a path of keys below a mapping; None where the file's shape does not allow it."""
    source = mapping.source
    name, rest = path[0], path[1:]
    pair = next((p for p in reversed(mapping.pairs) if p.name == name), None)
    if pair is not None:
        if rest:
            if isinstance(pair.value, Mapping) and pair.value.pairs:
                return set_key(pair.value, rest, value)
            if isinstance(pair.value, Scalar) and pair.value.value is None:
                return _fill_empty(pair, rest, value)
            return None
        old = pair.value
        if not isinstance(old, Scalar) or old.style in ("|", ">"):
            return None
        if old.end == old.start:
            return [Edit(source.path, old.start, old.start, f" {value}")]
        return [Edit(source.path, old.start, old.end, value)]
    if mapping.is_flow:
        line = f"{name}: " + "".join(f"{{{key}: " for key in rest) + value + "}" * len(rest)
        if mapping.pairs:
            at = mapping.pairs[-1].end
            return [Edit(source.path, at, at, f", {line}")]
        return [Edit(source.path, mapping.start, mapping.end, f"{{{line}}}")]
    if not mapping.pairs:
        return None
    last = mapping.pairs[-1]
    if last.value.end == last.value.start and "\n" in source.text[last.key.end : last.value.end]:
        return None
    pad = " " * column_of(source, mapping.pairs[0].start)
    lines = _nested([name, *rest], value, pad, step_of(mapping), source.newline)
    return [_append(source, last.end, lines)]


def _nested(path: list[str], value: str, pad: str, step: int, newline: str) -> str:
    out = []
    for depth, key in enumerate(path):
        tail = f" {value}" if depth == len(path) - 1 else ""
        out.append(f"{pad}{' ' * step * depth}{key}:{tail}{newline}")
    return "".join(out)


def _fill_empty(pair: Pair, path: list[str], value: str) -> list[Edit] | None:
    source = pair.source
    if pair.value.end != pair.value.start:
        return None
    pad = " " * (column_of(source, pair.start) + step_of(pair.value))
    lines = _nested(path, value, pad, step_of(pair.value), source.newline)
    return [_append(source, pair.key.end + 1, lines)]


def _append(source: Source, offset: int, lines: str) -> Edit:
    """Whole lines behind the line on which `offset` (an exclusive end) lies."""
    at = _line_end(source, max(offset - 1, 0))
    if at == len(source.text) and not source.text.endswith(("\n", "\r")):
        lines = source.newline + lines[: -len(source.newline)]
    return Edit(source.path, at, at, lines)


def delete(target: Pair | Node) -> list[Edit] | None:
    """Remove a pair or an item with its comments at the line's end; the last of a block leaves an empty value."""
    if isinstance(target, Pair):
        parent = target.key.parent
        siblings: list[Pair] | list[Node] = parent.pairs if isinstance(parent, Mapping) else []
        empty = "{}"
    else:
        parent = target.parent
        siblings = parent.items if isinstance(parent, Sequence) else []
        empty = "[]"
    if parent is None or not isinstance(parent, (Mapping, Sequence)) or target not in siblings:
        return None
    source = parent.source
    index = siblings.index(target)  # type: ignore[arg-type]
    if parent.is_flow:
        if len(siblings) == 1:
            return [Edit(source.path, parent.start, parent.end, empty)]
        if index + 1 < len(siblings):
            return [Edit(source.path, target.start, siblings[index + 1].start, "")]
        return [Edit(source.path, siblings[index - 1].end, target.end, "")]
    if len(siblings) == 1:
        holder = parent.parent
        if isinstance(holder, Mapping):
            pair = next((p for p in holder.pairs if p.value is parent), None)
            return delete(pair) if pair is not None else None
        return None
    text = source.text
    start = target.start
    if isinstance(parent, Sequence):
        start = text.rfind("-", parent.start, start)
    low = source.line_starts[source.line_of(start) - 1]
    if index == 0 and text[low:start].strip():  # the first key of a mapping that is a list item: `- a: 1`
        following = siblings[1]
        return [Edit(source.path, start, following.start, "")]
    if text[low:start].strip():
        return None
    return [Edit(source.path, low, _line_end(source, max(target.end - 1, start)), "")]
