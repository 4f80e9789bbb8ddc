"""What the outputs say of rules: read from their cards, for the rules that a report mentions."""

from __future__ import annotations

from infralint.engine.report import Report, RuleInfo
from infralint.policy import catalogue
from infralint.policy.card import Card, CardError, read
from infralint.text.edit import Safety
from infralint.text.finding import Confidence, Severity


def card_of(rule: str) -> Card | None:
    """The card of a built-in rule; None for rules of users and engines."""
    path = catalogue.card_path(rule)
    try:
        return read(rule, str(path), path.read_text(encoding="utf-8"))
    except (OSError, CardError, ValueError):
        return None


def info_of(card: Card) -> RuleInfo:
    """A card as the outputs speak of it."""
    names = [name.partition(" if ")[0] for name in card.names("same_as")]
    fixes = card.header.get("fix")
    first = fixes[0] if isinstance(fixes, list) and fixes else fixes
    tags = card.names("tags") or ["security"]
    return RuleInfo(
        card.id, card.title, Severity[card.choice("severity").upper()], Confidence[card.choice("confidence").upper()],
        profile=card.choice("profile"), status=card.choice("status"), same_as=tuple(n for n in names if "/" in n),
        references=tuple(card.names("references")), body=card.body, tags=[*tags, card.kind],
        cwe=[name for name in names if name.startswith("cwe/")], path=f"rules/{card.id}.md",
        fix_safety=Safety[str(first["safety"]).upper()] if isinstance(first, dict) else None,
    )  # fmt: skip


def describe(report: Report) -> None:
    """Give the report the pages of the rules that it mentions."""
    for finding in [*report.findings, *report.suppressed]:
        if finding.rule not in report.rules:
            card = card_of(finding.rule)
            if card is not None:
                report.rules[finding.rule] = info_of(card)
