"""`infralint suppress`: comments that suppress today's findings."""

from __future__ import annotations

import os

import click

from infralint.cli.words import complete_rules

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


@click.command("suppress", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("rules", nargs=-1, metavar="[RULE]...", shell_complete=complete_rules)
@click.option("--reason", required=True, metavar="TEXT", help="Why it is right; it stands in every comment.")
@click.option("--until", metavar="YYYY-MM-DD", help="The last day on which the comments hold.")
@click.option("--path", "paths", multiple=True, type=click.Path(), help="Only there; repeatable.")
@click.option("--file", "whole", is_flag=True, help="One comment for a file, at its top.")
@click.option("--root", type=click.Path(), help="What paths are relative to (default: the repository).")
@click.option("--profile", type=click.Choice(["default", "pedantic", "all"]), help="How much to report.")
@click.option("--diff", "show", is_flag=True, help="Print the change and write nothing.")
def command(rules: tuple[str, ...], **asked: Any) -> None:
    """Add a comment for every finding of RULEs (default: of all rules), in the style of each format.

    A comment is kept only if the file means the same with it and the finding is gone.
    """
    from infralint.cli.errors import guarded

    raise SystemExit(guarded(lambda: _suppress(rules, asked)))


def _suppress(rules: tuple[str, ...], asked: dict[str, Any]) -> int:
    from datetime import date

    from infralint.engine.discover import UsageError
    from infralint.engine.fixing import write
    from infralint.engine.options import Options
    from infralint.engine.session import known_rules
    from infralint.engine.suppressing import HELP, suppress
    from infralint.policy.catalogue import matching, peer_names
    from infralint.text.finding import Finding

    reason = " ".join(asked["reason"].split())
    if not reason:
        raise UsageError("--reason is empty; say why the findings are right")
    if asked["until"] is not None:
        try:
            date.fromisoformat(asked["until"])
        except ValueError:
            raise UsageError(f"--until {asked['until']} is no day; write it as 2027-03-31") from None
        reason += f" until={asked['until']}"
    known = known_rules(None, asked["root"] or ".")
    for word in rules:
        if not matching(known, word) and "/" not in word:
            raise UsageError(f"{word!r} is no rule or kind")
    ids = {rule.id for word in rules for rule in matching(known, word)}

    def wanted(finding: Finding) -> bool:
        names = {finding.rule, *finding.aliases, *peer_names(finding.same_as)}
        return not rules or finding.rule in ids or not names.isdisjoint(rules)

    options = Options(root=asked["root"], profile=asked["profile"])
    result = suppress(asked["paths"] or (asked["root"] or ".",), options, wanted, reason, whole=asked["whole"])
    if asked["show"]:
        click.echo(result.changes.patch, nl=False)
    failures = [] if asked["show"] else write(result.changes)
    for failure in failures:
        click.echo(f"infralint: {failure}", err=True)
    for one in result.left:
        click.echo(f"{os.path.join(result.changes.report.shown(one.path))}:{one.line}: {one.rule}: {HELP}", err=True)
    count, files = len(result.done), len(result.changes.files)
    verb = "would suppress" if asked["show"] else "suppressed"
    click.echo(f"{verb} {count} finding{'s' * (count != 1)} in {files} file{'s' * (files != 1)}", err=True)
    return 3 if failures else 1 if result.left else 0
