"""`infralint config`: the settings in effect, their schema, and the table of keys."""

from __future__ import annotations

import click


@click.command("config", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("path", default=".", type=click.Path(exists=True))
@click.option("--config", type=click.Path(), metavar="FILE", help="Settings file to use instead of those in the tree.")
@click.option("--schema", is_flag=True, help="Print the JSON schema of the settings instead.")
@click.option("--keys", is_flag=True, help="Print the table of all keys, in Markdown, instead.")
def command(path: str, config: str | None, schema: bool, keys: bool) -> None:
    """Print the settings that hold for PATH, as TOML, and where each value comes from."""
    from infralint.cli.errors import guarded

    raise SystemExit(guarded(lambda: _config(path, config, schema, keys)))


def _config(path: str, config: str | None, schema: bool, keys: bool) -> int:
    if schema:
        from json import dumps

        from infralint.engine.setting_docs import schema as settings_schema

        click.echo(dumps(settings_schema(), indent=2))
    elif keys:
        from infralint.engine.setting_docs import table

        click.echo(table())
    else:
        from infralint.cli.show import show_settings
        from infralint.engine.options import Options

        return show_settings([path], Options(config=config))
    return 0
