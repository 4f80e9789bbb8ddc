"""Edits that give a service keys and items."""

from __future__ import annotations

from infralint.analysis.compose.keys import own_setting
from infralint.fixes.compose.key_order import is_comment
from infralint.model.compose.service import Service
from infralint.model.element import fact_of
from infralint.syntax import yaml
from infralint.syntax.yaml_edit import column_of, set_key, step_of
from infralint.text.edit import Edit


def _append_item(tree: yaml.Sequence, item: str) -> list[Edit] | None:
    """Edits that put a plain item behind the last one, in the list's own style."""
    source = tree.source
    if not tree.items:
        return [Edit(source.path, tree.start, tree.end, f"[{item}]")] if tree.is_flow else None
    last = tree.items[-1]
    if tree.is_flow:
        return [Edit(source.path, last.end, last.end, f", {item}")]
    line = source.line_of(max(last.end - 1, last.start))
    first = source.line_of(tree.items[0].start)
    lead = source.text[source.line_starts[first - 1] : tree.items[0].start]
    if lead.strip(" ") != "-":
        return None
    if line < len(source.line_starts):
        return [Edit(source.path, source.line_starts[line], source.line_starts[line], f"{lead}{item}{source.newline}")]
    return [Edit(source.path, len(source.text), len(source.text), f"{source.newline}{lead}{item}")]


def add_key(tree: yaml.Mapping, key: str, value: str) -> list[Edit] | None:
    """Edits that give a mapping a key behind its last one and that one's comments; absent where it has the key."""
    return None if key in tree else _behind_comments(tree, set_key(tree, [key], value))


def _behind_comments(tree: yaml.Mapping, made: list[Edit] | None) -> list[Edit] | None:
    """The edit of new lines, put below the comments that stand deeper than the keys of the mapping."""
    if made is None or len(made) != 1 or tree.is_flow or not tree.pairs:
        return made
    source, edit = tree.source, made[0]
    column = column_of(source, tree.pairs[0].start)
    line = source.line_of(edit.start)
    if edit.start != edit.end or source.line_starts[line - 1] != edit.start:
        return made
    first = line
    while line <= len(source.line_starts) and is_comment(source, line, column + 1, 10_000):
        line += 1
    if line == first:
        return made
    if line <= len(source.line_starts):
        at = source.line_starts[line - 1]
        return [Edit(edit.path, at, at, edit.text)]
    at, text = len(source.text), edit.text
    return [Edit(edit.path, at, at, source.newline + text.removesuffix(source.newline))]


def add_keys(tree: yaml.Mapping, key: str, values: dict[str, str]) -> list[Edit] | None:
    """Edits that give a mapping a key with several values below it; absent where it has the key."""
    if key in tree:
        return None
    if tree.is_flow:
        return set_key(tree, [key], "{" + ", ".join(f"{name}: {value}" for name, value in values.items()) + "}")
    (first, value), *rest = values.items()
    made = _behind_comments(tree, set_key(tree, [key, first], value))
    if made is None or len(made) != 1 or not tree.pairs:
        return None
    source, edit = tree.source, made[0]
    pad = " " * (column_of(source, tree.pairs[0].start) + step_of(tree))
    more = "".join(f"{source.newline}{pad}{name}: {value}" for name, value in rest)
    ends = edit.text.endswith(source.newline)
    text = edit.text[: -len(source.newline)] + more + source.newline if ends else edit.text + more
    return [Edit(edit.path, edit.start, edit.end, text)]


@fact_of(Service)
def with_key(service: Service, key: str, value: str) -> list[Edit] | None:
    """Edits that give it a key; absent where it has the key or does not stand for itself."""
    return add_key(service.node, key, value)


@fact_of(Service)
def with_item(service: Service, key: str, item: str) -> list[Edit] | None:
    """Edits that put one more item at the end of a list."""
    pair = own_setting(service, key)
    return _append_item(pair.value, item) if pair is not None and isinstance(pair.value, yaml.Sequence) else None


@fact_of(Service)
def with_log_limit(service: Service, size: str, files: str) -> list[Edit] | None:
    """Edits that limit its log to a number of files of a size, where it has no logging options."""
    pair = own_setting(service, "logging")
    if pair is None or not isinstance(pair.value, yaml.Mapping) or "options" in pair.value:
        return None
    return add_keys(pair.value, "options", {"max-size": f'"{size}"', "max-file": f'"{files}"'})
