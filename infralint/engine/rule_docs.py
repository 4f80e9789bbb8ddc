"""What the outputs say of rules: read from their files, for the rules that a report mentions."""

from __future__ import annotations

from infralint.engine.report import Report, RuleInfo
from infralint.policy import catalogue
from infralint.policy.catalogue import Rule
from infralint.policy.rule_file import RuleError, RuleFile
from infralint.text.edit import Safety
from infralint.text.finding import Confidence, Severity


def rule_file_of(rule: Rule) -> RuleFile | None:
    """The file of a rule; None where it cannot be read."""
    if rule.rule_file is not None:
        return rule.rule_file
    try:
        return catalogue.read_rule_file(catalogue.rules_folder(), catalogue.rule_path(rule.id), "")
    except (RuleError, ValueError):
        return None


def info_of(rule_file: RuleFile) -> RuleInfo:
    """A rule as the outputs show it."""
    names = [name.partition(" if ")[0] for name in rule_file.names("same_as")]
    fixes = rule_file.header.get("fix")
    first = fixes[0] if isinstance(fixes, list) and fixes else fixes
    tags = rule_file.names("tags") or ["security"]
    return RuleInfo(
        rule_file.id, rule_file.title, Severity[rule_file.choice("severity").upper()], Confidence[rule_file.choice("confidence").upper()],
        profile=rule_file.choice("profile"), status=rule_file.choice("status"), same_as=tuple(n for n in names if "/" in n),
        references=tuple(rule_file.names("references")), body=rule_file.body, tags=[*tags, rule_file.kind],
        cwe=[name for name in names if name.startswith("cwe/")], path=f"rules/{rule_file.id}.md",
        fix_safety=Safety[str(first["safety"]).upper()] if isinstance(first, dict) else None,
    )  # fmt: skip


def describe(report: Report) -> None:
    """Give the report the pages of the built-in rules that it mentions; those of users' own rules it has already."""
    known = {rule.id: rule for rule in catalogue.catalogue()}
    for finding in [*report.findings, *report.suppressed]:
        if finding.rule not in report.rules and finding.rule in known:
            rule_file = rule_file_of(known[finding.rule])
            if rule_file is not None:
                report.rules[finding.rule] = info_of(rule_file)
