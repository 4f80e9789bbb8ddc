"""`infralint docs`: the pages of rules as a site."""

from __future__ import annotations

import click


@click.group("docs", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Build a site of the rules, yours included."""


@command.command("build")
@click.argument("folder", type=click.Path(file_okay=False))
@click.option("--rules", "rules_folder", type=click.Path(), metavar="DIR", help="A folder of your own rules.")
@click.option("--own", is_flag=True, help="Only your own rules.")
@click.option("--name", default="infralint", show_default=True, help="The name of the site.")
def build_command(folder: str, rules_folder: str | None, own: bool, name: str) -> None:
    """Write the sources of a site for MkDocs Material into FOLDER: `mkdocs build -f FOLDER/mkdocs.yml`.

    A page a rule with its examples, fix and other names; an index by the names of other tools' rules; the guides. Where it is
    published, `docs-url` in the settings lets links lead there.
    """
    from infralint.cli.errors import guarded

    raise SystemExit(guarded(lambda: _build(folder, rules_folder, own, name)))


def _build(folder: str, rules_folder: str | None, own: bool, name: str) -> int:
    from infralint.engine.session import known_rules
    from infralint.output.site import write_site

    rules = [rule for rule in known_rules(rules_folder) if not own or rule.id.startswith("local/")]
    count = write_site(folder, rules, name)
    click.echo(f"wrote {count} pages to {folder}; build them: mkdocs build -f {folder}/mkdocs.yml")
    return 0
