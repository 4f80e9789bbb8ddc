"""Pages of rules as hover texts, and the rules that a place of a document speaks of."""

from __future__ import annotations

from lsprotocol import types

from infralint.engine.rule_docs import rule_file_of
from infralint.lsp.buffers import Buffer
from infralint.lsp.diagnostics import range_of
from infralint.lsp.roots import SETTINGS, Root
from infralint.output.sarif_rule import rule_markdown
from infralint.policy.catalogue import Rule, catalogue, matching
from infralint.policy.rule_file import RuleFile
from infralint.text import regex as re
from infralint.text.edit import Fix
from infralint.text.finding import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MOST = 3
"""Pages that are shown at one place."""
WORD = re.compile(r"[\w/-]+")


def hover(root: Root, buffer: Buffer, offset: int) -> types.Hover | None:
    """The pages of what is found at an offset, or of the rules that a comment or a setting names there."""
    found = {one.rule: one for one in findings_at(buffer, offset, offset)}
    parts = [
        f"**{one.severity.label}**: {one.message}\n\n{page}"
        for one in found.values()
        if (page := page_of(root, one.rule))
    ]
    span = next(((one.place.start, one.place.end) for one in found.values()), None)
    if not parts:
        word = _word_at(buffer, offset)
        if word is None:
            return None
        rules = matching(rules_of(root), word[0])
        if not rules or all(rule.kind == word[0] for rule in rules):
            return None
        parts = [page_of(root, rule.id) for rule in rules]
        span = word[1], word[2]
    if not parts:
        return None
    text = "\n\n---\n\n".join(parts[:MOST])
    return types.Hover(
        types.MarkupContent(types.MarkupKind.Markdown, text),
        range_of(buffer.positions, *span) if span is not None else None,
    )


def findings_at(buffer: Buffer, start: int, end: int) -> list[Finding]:
    """The findings that a span touches, the gravest first."""
    touched = [one for one in buffer.findings if one.place.start <= end and one.place.end >= start]
    return sorted(touched, key=lambda one: (-one.severity, one.place.start, one.rule))


def _word_at(buffer: Buffer, offset: int) -> tuple[str, int, int] | None:
    """The name at an offset of a comment that suppresses or of settings, with its span."""
    line = buffer.source.line_of(min(offset, len(buffer.source.text)))
    start, _ = buffer.source.line_span(line)
    text = buffer.source.line_text(line)
    if "ignore" not in text and buffer.name not in SETTINGS:
        return None
    for match in WORD.finditer(text):
        if match.start() <= offset - start <= match.end():
            return match.group(), start + match.start(), start + match.end()
    return None


def rules_of(root: Root) -> list[Rule]:
    """All rules that a root knows: ours and its own."""
    return [*catalogue(), *(root.session.foreign if root.session is not None else ())]


def _file_of(root: Root, rule_id: str) -> RuleFile | None:
    rule = next((one for one in rules_of(root) if one.id == rule_id), None)
    return rule_file_of(rule) if rule is not None else None


def page_of(root: Root, rule_id: str) -> str:
    """The page of a rule in Markdown; "" for a rule without one."""
    file = _file_of(root, rule_id)
    if file is None:
        return ""
    names = [name.partition(" if ")[0] for name in file.names("same_as")]
    alike = f"\n\nSame as: {', '.join(f'`{name}`' for name in names[:8])}" if names else ""
    more = "".join(f"\n- <{one}>" for one in file.names("references"))
    sources = f"\n\nReferences:{more}" if more else ""
    return f"### {file.title}\n\n`{file.id}`\n\n{rule_markdown(file.body)[1].strip()}{alike}{sources}"


def reason_of(root: Root, rule_id: str, fix: Fix) -> str:
    """Why a fix may be wrong, as its rule says; "" where it does not."""
    file = _file_of(root, rule_id)
    written: Any = file.header.get("fix") if file is not None else None
    remedies = written if isinstance(written, list) else [written] if written else []
    alike = [one for one in remedies if isinstance(one, dict) and str(one.get("safety", "")).upper() == fix.safety.name]
    return next((str(one["why"]) for one in alike if one.get("why")), "")
