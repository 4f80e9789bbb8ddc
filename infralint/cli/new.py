"""`infralint new`: the beginning of a rule."""

from __future__ import annotations

from pathlib import Path

import click

TEXT = """\
---
title: Say what is wrong, as a title
severity: medium
each: {each}
when: {noun}.…
at: {noun}
say: {{{noun}}} is wrong because …
---
Why it is wrong, and what to do.

```{language} bad
«mark what must be reported»
```
```{language} good
```
"""


@click.command("new", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("rule", metavar="KIND/NAME")
@click.option("--rules", "folder", default=".infralint/rules", show_default=True, help="The folder of the rules.")
def command(rule: str, folder: str) -> None:
    """Write the beginning of a rule, to be filled in and then proven with `infralint prove FILE`."""
    from infralint.model.kinds import ROWS
    from infralint.policy.vocabulary import load, near

    kind, _, name = rule.partition("/")
    words = load()
    if kind not in words.nouns or not name:
        click.echo(
            f"infralint: name it KIND/NAME{near(kind, words.nouns)}; kinds are {', '.join(words.nouns)}", err=True
        )
        raise SystemExit(2)
    noun = next(iter(words.nouns[kind]))
    language = ROWS[kind].language if kind in ROWS else "yaml"
    path = Path(folder, kind, f"{name}.md")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as stream:
            stream.write(TEXT.format(each=noun if kind == "any" else f"{kind}.{noun}", noun=noun, language=language))
    except OSError as error:
        click.echo(f"infralint: {path} cannot be written: {error.strerror}", err=True)
        raise SystemExit(2) from None
    click.echo(f"wrote {path}; nouns: infralint nouns {kind}; then: infralint prove {path}")
