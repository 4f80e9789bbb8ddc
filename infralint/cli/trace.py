"""`infralint trace`: how a rule judges a file, element by element."""

from __future__ import annotations

import click

from infralint.cli.words import complete_rules


@click.command("trace", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("rule", shell_complete=complete_rules)
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option("--line", type=int, help="Only elements on this line.")
@click.option("--rules", "rules_folder", type=click.Path(), metavar="DIR", help="A folder of your own rules.")
def command(rule: str, file: str, line: int | None, rules_folder: str | None) -> None:
    """Print, for each element that RULE judges in FILE, the value of every part of its condition."""
    from infralint.engine.discover import UsageError
    from infralint.engine.tracing import trace
    from infralint.policy.rule_file import RuleError

    try:
        rows = trace(rule, file, line, rules_folder)
    except (UsageError, RuleError) as error:
        click.echo(f"infralint: {error}", err=True)
        raise SystemExit(2) from None
    for place, fires, parts in rows:
        click.echo(f"{place}: {'fires' if fires else 'silent'}")
        for text, value in parts:
            click.echo(f"    {text}  →  {value}")
    click.echo(f"{len(rows)} elements, {sum(fires for _, fires, _ in rows)} findings")
