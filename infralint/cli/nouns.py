"""`infralint nouns`: the vocabulary of rules."""

from __future__ import annotations

import click


@click.command("nouns", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("names", nargs=-1, metavar="[KIND|KIND.NOUN]...")
def command(names: tuple[str, ...]) -> None:
    """List the nouns that rules can judge, what can be asked of each, and how many rules ask it."""
    from infralint.policy.usage import count_asked
    from infralint.policy.vocabulary import load

    words = load()
    asked = count_asked(words)
    shown = 0
    for kind, nouns in words.nouns.items():
        for name, noun in nouns.items():
            full = name if kind == "any" else f"{kind}.{name}"
            if names and kind not in names and full not in names:
                continue
            shown += 1
            doc = (noun.type.__doc__ or "").split("\n")[0]
            click.echo(f"{full}: {doc}")
            if not names:
                continue
            for attribute in sorted(words.of(noun.type).values()):
                call = f"({', '.join(attribute.takes)})" if attribute.takes is not None else ""
                count = asked.get((noun.type, attribute.name), 0)
                summary = attribute.doc.split("\n")[0]
                click.echo(f"  .{attribute.name}{call}: {attribute.kind.show()}; {count} rules. {summary}")
    if not shown:
        from infralint.policy.vocabulary import near

        known = [*words.nouns, *(f"{kind}.{name}" for kind, nouns in words.nouns.items() for name in nouns)]
        click.echo(f"infralint: there is no kind or noun {' '.join(names)!r}{near(names[0], known)}", err=True)
        raise SystemExit(2)
