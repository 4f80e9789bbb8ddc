"""`infralint completion`: what a shell needs to complete our commands, options, rules and kinds."""

from __future__ import annotations

import click

WHERE = {"bash": "~/.bashrc", "zsh": "~/.zshrc", "fish": "~/.config/fish/completions/infralint.fish"}


@click.command("completion", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("shell", type=click.Choice(list(WHERE)))
def command(shell: str) -> None:
    """Print the completion script of a shell.

    bash, zsh: add `eval "$(infralint completion bash)"` to ~/.bashrc or ~/.zshrc; fish: write the output to
    ~/.config/fish/completions/infralint.fish.
    """
    from click.shell_completion import get_completion_class

    from infralint.cli.main import main

    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"there is no completion for {shell}")
    completer = kind(main, {}, "infralint", "_INFRALINT_COMPLETE")
    click.echo(completer.source_template % completer.source_vars())
