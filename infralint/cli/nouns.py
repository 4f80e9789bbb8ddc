"""`infralint nouns`: the vocabulary of rules."""

from __future__ import annotations

import click

from infralint.text import regex as re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from infralint.policy.vocabulary import Attribute, Vocabulary


@click.command("nouns", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("names", nargs=-1, metavar="[KIND|KIND.NOUN]...")
def command(names: tuple[str, ...]) -> None:
    """List the nouns that rules can judge, the parts that they lead to, what can be asked of each, and how many rules ask it.

    A part (`compose.healthcheck`) is no noun of `each:`, but what a noun answers with.
    """
    from infralint.policy.usage import count_asked
    from infralint.policy.vocabulary import load, near

    words = load()
    asked = count_asked(words)
    every = _every(words)
    shown = 0
    for full, (cls, is_noun) in every.items():
        if names and full not in names and full.partition(".")[0] not in names and (names != ("any",) or "." in full):
            continue
        if not names and not is_noun:
            continue
        shown += 1
        doc = (cls.__doc__ or "").split("\n")[0]
        click.echo(f"{full}: {doc}" + ("" if is_noun else " (a part)"))
        for attribute in sorted(words.of(cls).values()) if names else ():
            summary = attribute.doc.split("\n")[0]
            count = asked.get((cls, attribute.name), 0)
            click.echo(f"  .{attribute.name}{_form(attribute)}: {attribute.kind.show()}; {count} rules. {summary}")
    if not shown:
        known = [*words.nouns, *every]
        click.echo(f"infralint: there is no kind or noun {' '.join(names)!r}{near(names[0], known)}", err=True)
        raise SystemExit(2)


def _every(words: Vocabulary) -> dict[str, tuple[type, bool]]:
    """Every noun by its full name, and the parts that those of its kind lead to; whether each is a noun."""
    found: dict[str, tuple[type, bool]] = {}
    for kind, nouns in words.nouns.items():
        lead = "" if kind == "any" else f"{kind}."
        met = {noun.type for noun in nouns.values()}
        found |= {f"{lead}{name}": (noun.type, True) for name, noun in nouns.items()}
        pending = list(met)
        while pending:
            for attribute in words.of(pending.pop(0)).values():
                part = attribute.kind.item or attribute.kind
                for cls in part.classes:
                    if (
                        cls not in met
                        and cls.__module__.startswith(("infralint.model", "infralint.tables"))
                        and words.of(cls)
                    ):
                        met.add(cls)
                        pending.append(cls)
                        name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls.__name__).lower()
                        found.setdefault(f"{lead}{name}", (cls, False))
    return found


def _form(attribute: Attribute) -> str:
    """How a question with arguments is written: `(name)`, `(*names)`; empty for one without."""
    if attribute.takes is None:
        return ""
    last = len(attribute.takes) - 1
    stars = ["*" if attribute.takes_any and at == last else "" for at in range(len(attribute.takes))]
    return f"({', '.join(star + name for star, name in zip(stars, attribute.takes, strict=True))})"
