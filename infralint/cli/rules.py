"""`infralint rules`: the catalogue."""

from __future__ import annotations

import click

from infralint.cli.words import complete_rules
from infralint.text.finding import Confidence, Severity


@click.command("rules", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("kinds", nargs=-1, metavar="[RULE|KIND]...", shell_complete=complete_rules)
@click.option("--same-as", is_flag=True, help="Also the peers' rules that each answers.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--rules", "rules_folder", type=click.Path(), metavar="DIR", help="A folder of your own rules.")
def command(kinds: tuple[str, ...], same_as: bool, form: str, rules_folder: str | None) -> None:
    """List the rules, or those of some kinds; `local` are your own of .infralint/rules and of --rules."""
    from infralint.engine.discover import UsageError
    from infralint.engine.session import known_rules
    from infralint.policy.catalogue import matching
    from infralint.policy.rule_file import RuleError

    try:
        rules = known_rules(rules_folder)
    except (UsageError, RuleError) as error:
        click.echo(f"infralint: {error}", err=True)
        raise SystemExit(2) from None
    if kinds:
        own = [rule for rule in rules if "local" in kinds and rule.id.startswith("local/")]
        rules = [rule for rule in rules if rule in own or any(matching([rule], word) for word in kinds)]
        if not rules:
            click.echo(f"infralint: no rule is named by {' '.join(kinds)}", err=True)
            raise SystemExit(2)
    if form == "json":
        import json

        labels: dict[str, type[Severity] | type[Confidence]] = {"severity": Severity, "confidence": Confidence}
        rows = [
            {**rule.entry, "name": rule.name, **{key: of(rule.entry[key]).label for key, of in labels.items()}}
            for rule in rules
        ]
        click.echo(json.dumps(rows, indent=2, default=list))
        return
    width = max((len(rule.id) for rule in rules), default=0)
    for rule in sorted(rules, key=lambda each: each.id):
        severity = Severity(rule.entry["severity"]).label
        line = f"{rule.id:{width}}  {severity:8}  {rule.profile:8}  {rule.entry['title']}"
        click.echo(line + (f"  [{', '.join(rule.same_as)}]" if same_as and rule.same_as else ""))
    click.echo(f"{len(rules)} rules")
