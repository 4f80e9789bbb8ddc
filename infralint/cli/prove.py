"""`infralint prove`: the examples of rules, run."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("prove", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("rule_files", nargs=-1, metavar="[RULE|FILE]...")
def command(rule_files: tuple[str, ...]) -> None:
    """Run the examples of rules (default: all built-in ones): they fire where they are marked, and the fix is exact.

    A FILE lies in a folder named for its kind: my-rules/dockerfile/my-rule.md.
    """
    from infralint.engine.prove import prove
    from infralint.policy.catalogue import catalogue, matching, read_rule_files, rule_path, rules_folder
    from infralint.policy.rule_file import RuleError, RuleFile, read

    chosen: list[tuple[RuleFile, str | None]] = []
    try:
        if not rule_files:
            chosen = [(rule_file, None) for rule_file in read_rule_files(rules_folder())]
        for word in rule_files:
            path = Path(word)
            if path.suffix == ".md" and path.is_file():
                folder = path.resolve().parent.parent
                id = f"local/{path.resolve().parent.name}/{path.stem}"
                if folder == rules_folder().resolve():
                    chosen.append((read(id.removeprefix("local/"), word, path.read_text(encoding="utf-8")), None))
                else:
                    chosen.append((read(id, word, path.read_text(encoding="utf-8")), str(folder)))
                continue
            rules = matching(catalogue(), word)
            if not rules:
                click.echo(f"infralint: {word!r} is neither a rule nor a rule's file; see `infralint rules`", err=True)
                raise SystemExit(2)
            chosen += [
                (read(r.id, str(rule_path(r.id)), rule_path(r.id).read_text(encoding="utf-8")), None) for r in rules
            ]
        failed = 0
        for rule_file, home in chosen:
            faults = prove(rule_file, home)
            failed += bool(faults)
            for fault in faults:
                click.echo(fault)
    except RuleError as error:
        click.echo(f"infralint: {error}", err=True)
        raise SystemExit(2) from None
    count = sum(len(rule_file.examples) for rule_file, _ in chosen)
    click.echo(f"{len(chosen)} rules, {count} examples, {failed} rules not proven")
    raise SystemExit(1 if failed else 0)
