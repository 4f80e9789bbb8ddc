"""What can be written next: names of rules in comments that suppress, keys and values of settings."""

from __future__ import annotations

from lsprotocol import types

from infralint.engine.setting_keys import FORMATS, KEYS, ROWS_OF_KEYS, Key
from infralint.lsp.buffers import Buffer
from infralint.lsp.diagnostics import range_of
from infralint.lsp.pages import rules_of
from infralint.lsp.roots import SETTINGS, Root
from infralint.model.kinds import ROWS
from infralint.policy.catalogue import Rule
from infralint.text import regex as re

COMMENT = re.compile(r"infralint:\s*ignore(?:-file)?\s*\[([^\]]*)$")
BEGUN = re.compile(r"(?<![\w/-])[\w/-]*+$")
KEY = re.compile(r"\s*([\w-]+|\"[^\"]*\"|'[^']*')\s*=\s*(.*)$")
TABLE = re.compile(r"\s*\[(?:tool\.infralint\.)?rules\.([\w-]*)$")
HEADER = re.compile(r"\s*\[([\w.\"-]+)\]\s*(?:#.*)?$")


def completions(root: Root, buffer: Buffer, offset: int) -> list[types.CompletionItem]:
    """The words that fit at an offset."""
    line = buffer.source.line_of(offset)
    start, _ = buffer.source.line_span(line)
    before = buffer.source.text[start:offset]
    found = COMMENT.search(before)
    if found is not None:
        kind = root.kind(buffer)
        written = {word.strip() for word in found[1].split(",")[:-1]}
        rules = [one for one in rules_of(root) if one.name not in written]
        return _items(buffer, offset, before, _rules(rules, kind))
    if buffer.name in SETTINGS:
        return _items(buffer, offset, before, _settings(root, buffer, line, before))
    return []


def _items(buffer: Buffer, offset: int, before: str, words: list[tuple[str, str, str]]) -> list[types.CompletionItem]:
    begun = BEGUN.search(before)
    start = offset - (len(begun.group()) if begun is not None else 0)
    area = range_of(buffer.positions, start, offset)
    typed = buffer.source.text[start:offset]
    return [
        types.CompletionItem(
            word,
            detail=detail,
            documentation=types.MarkupContent(types.MarkupKind.Markdown, page) if page else None,
            kind=types.CompletionItemKind.Value,
            sort_text=f"{number:04}",
            filter_text=word,
            text_edit=types.TextEdit(area, word),
        )
        for number, (word, detail, page) in enumerate(words)
        if typed in word
    ]


def _rules(rules: list[Rule], kind: str | None) -> list[tuple[str, str, str]]:
    """Names of rules with their titles, those that judge the kind first."""
    near = sorted(rules, key=lambda one: (one.kind != kind, one.kind not in ("any", "pipeline"), one.name))
    return [(name, title, "") for name, title in {one.name: str(one.entry["title"]) for one in near}.items()]


def _settings(root: Root, buffer: Buffer, line: int, before: str) -> list[tuple[str, str, str]]:
    """What fits in a settings file: a table's name, a key, or a value of the key."""
    rules = rules_of(root)
    table = TABLE.match(before)
    if table is not None:
        return _rules(rules, None)
    inner = _table_at(buffer, line)
    if buffer.name == "pyproject.toml":
        if inner != "tool.infralint" and not inner.startswith("tool.infralint."):
            return []
        inner = inner.removeprefix("tool.infralint").removeprefix(".")
    key = KEY.match(before)
    if inner.startswith("rules."):
        return _parameters(rules, inner.removeprefix("rules."), key)
    if key is not None:
        return _values(key[1], inner, rules)
    if inner or "=" in before or before.lstrip().startswith(("#", "[")):
        return []
    return [(one.name, one.option, one.doc) for one in ROWS_OF_KEYS]


def _table_at(buffer: Buffer, line: int) -> str:
    """The table that a line of a settings file stands in."""
    for number in range(line - 1, 0, -1):
        found = HEADER.match(buffer.source.line_text(number))
        if found is not None:
            return found[1]
    return ""


def _values(name: str, inner: str, rules: list[Rule]) -> list[tuple[str, str, str]]:
    if inner == "files":
        return [(one, "", "") for one in ROWS]
    if inner == "per-file-ignores":
        return _rules(rules, None)
    key: Key | None = KEYS.get(name) if not inner else None
    if key is None:
        return []
    if key.form == "rules":
        return [*[(one, "kind", "") for one in ROWS], *_rules(rules, None)]
    if key.form == "flag":
        return [("true", "", ""), ("false", "", "")]
    return [(one, "", "") for one in (FORMATS if name == "format" else key.words)]


def _parameters(rules: list[Rule], name: str, key: re.Match[str] | None) -> list[tuple[str, str, str]]:
    found = next((one for one in rules if one.name == name), None)
    if found is None:
        return []
    if key is not None:
        return [(one, "", "") for one in ("critical", "high", "medium", "low", "info")] if key[1] == "severity" else []
    return [("severity", "", ""), *((one, "parameter", "") for one in found.entry["params"])]
