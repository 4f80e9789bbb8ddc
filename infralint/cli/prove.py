"""`infralint prove`: the examples of rules, run."""

from __future__ import annotations

from pathlib import Path

import click

from infralint.cli.words import complete_rules

TYPE_CHECKING = False
if TYPE_CHECKING:
    from infralint.policy.rule_file import RuleFile


@click.command("prove", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("rule_files", nargs=-1, metavar="[RULE|FILE|FOLDER]...", shell_complete=complete_rules)
def command(rule_files: tuple[str, ...]) -> None:
    """Run the examples of rules (default: all built-in ones): they fire where they are marked, and the fix is exact.

    A FILE lies in a folder named for its kind, and a FOLDER holds such folders: my-rules/dockerfile/my-rule.md.
    """
    from infralint.engine.discover import UsageError
    from infralint.engine.prove import prove
    from infralint.policy.catalogue import read_rule_files, rules_folder
    from infralint.policy.rule_file import RuleError

    chosen: list[tuple[RuleFile, str | None]] = []
    failed = 0
    if not rule_files:
        chosen = [(rule_file, None) for rule_file in read_rule_files(rules_folder())]
    for word in rule_files:
        try:
            chosen += _chosen(word)
        except (RuleError, UsageError) as error:  # the others are proven all the same
            click.echo(f"infralint: {error}", err=True)
            failed += 1
    if failed and not chosen:
        raise SystemExit(2)
    for rule_file, home in chosen:
        try:
            faults = prove(rule_file, home)
        except RuleError as error:
            faults = [str(error)]
        failed += bool(faults)
        for fault in faults:
            click.echo(fault)
    count = sum(len(rule_file.examples) for rule_file, _ in chosen)
    click.echo(f"{len(chosen)} rules, {count} examples, {failed} rules not proven")
    raise SystemExit(1 if failed else 0)


def _chosen(word: str) -> list[tuple[RuleFile, str | None]]:
    """The rules that a word on the command line means, each with the folder of a user's own. Raises RuleError, UsageError."""
    from infralint.engine.discover import UsageError
    from infralint.engine.rule_docs import rule_file_of
    from infralint.engine.session import known_rules
    from infralint.policy.catalogue import matching, read_rule_file, rules_folder

    path = Path(word)
    if path.is_dir():
        paths = sorted(each for each in path.rglob("*.md") if each.name not in ("README.md", "_remedies.md"))
        if not paths:
            raise UsageError(f"{word} holds no rules")
        return [one for each in paths for one in _chosen(str(each))]
    if path.suffix == ".md" and path.is_file():
        folder = path.resolve().parent.parent
        if folder == rules_folder().resolve():
            return [(read_rule_file(folder, path.resolve(), ""), None)]
        return [(read_rule_file(folder, path.resolve(), "local/"), str(folder))]
    rules = matching(known_rules(None), word)
    if not rules:
        raise UsageError(f"{word!r} is neither a rule nor a rule's file; see `infralint rules`")
    found = [(rule, rule_file_of(rule)) for rule in rules]
    own = str(Path(".infralint", "rules").resolve())
    return [(file, own if rule.id.startswith("local/") else None) for rule, file in found if file is not None]
