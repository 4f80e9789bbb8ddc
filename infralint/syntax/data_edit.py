"""Edits on JSON and TOML text that leave every other byte alone. A value is written as the language has it, quotes included."""

from __future__ import annotations

from infralint.syntax.yaml_nodes import Mapping, Node, Pair, Scalar, Sequence
from infralint.text import regex as re
from infralint.text.edit import Edit
from infralint.text.source import Source


def set_key(mapping: Mapping, path: list[str], value: str) -> list[Edit] | None:
    """Set the value at a path of keys below a mapping; None where the file's shape does not allow it."""
    source = mapping.source
    pair = mapping.effective().get(path[0])
    if pair is not None:
        if len(path) > 1:
            return set_key(pair.value, path[1:], value) if isinstance(pair.value, Mapping) else None
        old = pair.value
        return [Edit(source.path, old.start, old.end, value)] if isinstance(old, Scalar) else None
    if mapping.stream.language == "json":
        return [_json_entry(mapping, path, value)]
    key = ".".join(name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else f'"{name}"' for name in path)
    return _toml_entry(mapping, f"{key} = {value}")


def _json_entry(mapping: Mapping, path: list[str], value: str) -> Edit:
    source = mapping.source
    body = "".join(f'{{"{key}": ' for key in path[1:]) + value + "}" * (len(path) - 1)
    entry = f'"{path[0]}": {body}'
    if not mapping.pairs:
        return Edit(source.path, mapping.start + 1, mapping.end - 1, entry)
    first, last = mapping.pairs[0], mapping.pairs[-1]
    line = source.line_starts[source.line_of(first.start) - 1]
    lead = source.text[line : first.start]
    parting = f"{source.newline}{lead}" if not lead.strip() else " "
    return Edit(source.path, last.end, last.end, f",{parting}{entry}")


def _own(mapping: Mapping) -> list[Pair]:
    """The pairs that stand in a table's own body, tables below it left out."""
    return [
        pair
        for pair in mapping.pairs
        if not (isinstance(pair.value, (Mapping, Sequence)) and not pair.value.is_flow) and pair.start >= mapping.start
    ]


def _toml_entry(mapping: Mapping, entry: str) -> list[Edit] | None:
    source = mapping.source
    if mapping.is_flow:
        if not mapping.pairs:
            return [Edit(source.path, mapping.start, mapping.end, f"{{ {entry} }}")]
        at = mapping.pairs[-1].end
        return [Edit(source.path, at, at, f", {entry}")]
    own = _own(mapping)
    if own:
        last = max(own, key=lambda pair: pair.end)
        return [_line_behind(source, last.end, _indent(source, last.start) + entry)]
    if mapping.parent is None:
        return [Edit(source.path, 0, 0, entry + source.newline)]
    if not source.text.startswith("[", mapping.start):
        return None  # a table that only keys with dots make
    return [_line_behind(source, mapping.end, _indent(source, mapping.start) + entry)]


def _indent(source: Source, offset: int) -> str:
    body = source.text[source.line_starts[source.line_of(offset) - 1] : offset]
    return body[: len(body) - len(body.lstrip(" \t"))]


def _line_behind(source: Source, offset: int, line: str) -> Edit:
    """A whole line behind the one on which `offset` (an exclusive end) lies."""
    number = source.line_of(max(offset - 1, 0))
    if number < len(source.line_starts):
        at = source.line_starts[number]
        return Edit(source.path, at, at, line + source.newline)
    return Edit(source.path, len(source.text), len(source.text), source.newline + line)


def delete(target: Pair | Node) -> list[Edit] | None:
    """Remove a key of TOML with its line; None for a table, and for a value of a list."""
    if not isinstance(target, Pair):
        return None
    parent, source = target.key.parent, target.source
    if not isinstance(parent, Mapping) or parent.is_flow or target not in _own(parent):
        return None
    first, last = source.line_of(target.start), source.line_of(max(target.end - 1, target.start))
    low = source.line_starts[first - 1]
    high = source.line_starts[last] if last < len(source.line_starts) else len(source.text)
    return [Edit(source.path, low, high, "")] if not source.text[low : target.start].strip() else None
