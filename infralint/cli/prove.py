"""`infralint prove`: the examples of cards, run."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("prove", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("cards", nargs=-1, metavar="[RULE|FILE]...")
def command(cards: tuple[str, ...]) -> None:
    """Run the examples of cards (default: all built-in ones): they fire where they are marked, and the fix is exact.

    A FILE lies in a folder named for its kind: my-rules/dockerfile/my-rule.md.
    """
    from infralint.engine.prove import prove
    from infralint.policy.card import Card, CardError, read
    from infralint.policy.catalogue import card_path, catalogue, matching, read_cards, rules_folder

    chosen: list[tuple[Card, str | None]] = []
    try:
        if not cards:
            chosen = [(card, None) for card in read_cards(rules_folder())]
        for word in cards:
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
                click.echo(f"infralint: {word!r} is neither a rule nor a card's file; see `infralint rules`", err=True)
                raise SystemExit(2)
            chosen += [
                (read(r.id, str(card_path(r.id)), card_path(r.id).read_text(encoding="utf-8")), None) for r in rules
            ]
        failed = 0
        for card, home in chosen:
            faults = prove(card, home)
            failed += bool(faults)
            for fault in faults:
                click.echo(fault)
    except CardError as error:
        click.echo(f"infralint: {error}", err=True)
        raise SystemExit(2) from None
    count = sum(len(card.examples) for card, _ in chosen)
    click.echo(f"{len(chosen)} cards, {count} examples, {failed} cards not proven")
    raise SystemExit(1 if failed else 0)
