"""`infralint server`: the language server for editors."""

from __future__ import annotations

import sys

import click


@click.command("server", context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--stdio", is_flag=True, help="Speak on standard input and output, which is the only way there is.")
def command(stdio: bool) -> None:
    """Serve an editor: findings as you type, fixes, rules' pages and completion (the Language Server Protocol).

    Editors start it themselves; docs/editors.md says how. It needs `pip install "infralint[lsp]"`.
    """
    try:
        from infralint.lsp.server import serve
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in ("pygls", "lsprotocol", "cattrs", "attrs"):
            raise
        click.echo('infralint: the language server needs pygls: pip install "infralint[lsp]"', err=True)
        sys.exit(2)
    serve()
