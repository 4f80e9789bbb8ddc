"""`infralint explain`: a rule's page."""

from __future__ import annotations

import click

from infralint.cli.words import complete_rules

TYPE_CHECKING = False
if TYPE_CHECKING:
    from infralint.policy.catalogue import Rule


@click.command("explain", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("rule", shell_complete=complete_rules)
@click.option("--rules", "rules_folder", type=click.Path(), metavar="DIR", help="A folder of your own rules.")
@click.option("--marks", is_flag=True, help="Keep the marks « » of what the examples report.")
@click.option(
    "--why",
    "where",
    type=click.Path(),
    metavar="PATH",
    help="What a cross-file rule went by in the repository at PATH.",
)
def command(rule: str, rules_folder: str | None, marks: bool, where: str | None) -> None:
    """Print the page of a rule: what is wrong, why, examples, how to fix and to suppress it.

    RULE is its name, its id, or what a peer calls it: runs-as-root, dockerfile/runs-as-root, DL3002. With --why it prints the evidence
    for and against a rule of kind project instead: what it judged, the documents and headings that were searched, what answered.
    """
    if where is not None:
        from infralint.cli.errors import guarded

        raise SystemExit(guarded(lambda: _why(rule, where)))
    from infralint.engine.discover import UsageError
    from infralint.engine.rule_docs import rule_file_of
    from infralint.engine.session import known_rules
    from infralint.output.sarif_rule import rule_markdown
    from infralint.policy.catalogue import matching
    from infralint.policy.rule_file import RuleError
    from infralint.policy.vocabulary import near

    try:
        rules = known_rules(rules_folder)
    except (UsageError, RuleError) as error:
        click.echo(f"infralint: {error}", err=True)
        raise SystemExit(2) from None
    found = matching(rules, rule)
    if found and all(rule == each.kind for each in found):
        _list(rule, found)
        return
    if not found or all(rule == each.kind for each in found):
        wanted = rule.lower()
        found = [r for r in rules if any(wanted in (n.lower(), n.lower().partition("/")[2]) for n in r.same_as)]
    if not found:
        names = [name for each in rules for name in (each.name, each.id, *each.same_as)]
        engine = _engine_of(rule)
        hint = f"; if {engine} has it, `infralint check . --with {engine}` runs it" if engine else near(rule, names)
        click.echo(f"infralint: no rule is called {rule!r}, and none answers a rule of that name{hint}", err=True)
        raise SystemExit(2)
    for number, each in enumerate(found):
        rule_file = rule_file_of(each)
        if rule_file is None:
            continue
        if number:
            click.echo("\n" + "─" * 72 + "\n")
        entry = each.entry
        click.echo(f"# {rule_file.title}\n")
        click.echo(
            f"{each.id} · {rule_file.choice('severity')} · confidence {rule_file.choice('confidence')} · profile {each.profile}"
        )
        if entry["same_as"]:
            more = len(entry["same_as"]) - NAMES
            click.echo(f"the same as: {', '.join(entry['same_as'][:NAMES])}{f' and {more} more' if more > 0 else ''}")
        fixes = rule_file.header.get("fix")
        for remedy in fixes if isinstance(fixes, list) else [fixes] if fixes else []:
            why = f" ({remedy['why']})" if remedy.get("why") else ""
            click.echo(f"fix: {remedy['safety']}{why}")
        for name, value in entry["params"].items():
            click.echo(
                f"setting: [rules.{each.name}] {name}, now {list(value) if isinstance(value, tuple) else value!r}"
            )
        if each.needs_online:
            click.echo("needs: infralint check --online, which asks the repositories of actions; offline it is silent")
        click.echo(f"\n{rule_markdown(rule_file.body)[1].rstrip() if not marks else rule_file.body.rstrip()}\n")
        click.echo(f"Silence it with a comment on the line or above: # infralint: ignore[{each.name}] reason")
        for reference in rule_file.names("references"):
            click.echo(f"See {reference}")


def _why(rule: str, path: str) -> int:
    """Print what a cross-file rule went by."""
    from infralint.engine.why import why
    from infralint.output.escape import visible

    found = why(rule, path)
    lines = [f"# {found.rule}: {found.title}", ""]
    for place, fires, parts in found.rows:
        lines.append(f"{place}: {'fires' if fires else 'silent'}")
        lines += [f"    {text}  →  {value}" for text, value in parts]
    if not found.rows:
        lines.append("nothing in this repository is what the rule judges")
    for title, listed in (("Deployments", found.deployments), ("Searched", found.searched), ("Answers", found.answers)):
        lines += ["", f"{title}:", *(f"    {one}" for one in listed or ["none"])]
    click.echo("\n".join(map(visible, lines)))
    return 0


def _list(kind: str, rules: list[Rule]) -> None:
    """The rules of a kind, one a line."""
    click.echo(f"# {kind}: {len(rules)} rules; `infralint explain RULE` prints the page of one\n")
    width = max(len(each.name) for each in rules)
    for each in sorted(rules, key=lambda one: one.name):
        click.echo(f"{each.name:{width}}  {each.profile:8}  {each.entry['title']}")


NAMES = 40
"""Peers' names that a page shows."""


def _engine_of(rule: str) -> str | None:
    """The engine by whose custom a rule is named so."""
    engine, slash, name = rule.lower().rpartition("/")
    starts = {"hadolint": "dl", "shellcheck": "sc", "checkov": "ckv"}
    return next(
        (
            each
            for each, start in starts.items()
            if name.startswith(start) and name[-1:].isdigit() and (not slash or engine == each)
        ),
        None,
    )
