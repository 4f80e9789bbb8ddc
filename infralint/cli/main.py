"""The command `infralint`: its subcommands are loaded when they are called."""

from __future__ import annotations

from importlib import import_module

import click

from infralint import __version__

COMMANDS = {
    "check": "Judge files and folders; --fix applies fixes.",
    "explain": "Print a rule's page.",
    "posture": "Print the practices of a repository on one page.",
    "rules": "List the rules.",
    "prove": "Run the examples of rules.",
    "new": "Write the beginning of a rule.",
    "nouns": "List what rules can judge and ask.",
    "trace": "Show how a rule judges a file.",
    "init": "Write a settings file, taking over other linters' settings.",
    "config": "Print the settings in effect, or their schema.",
    "baseline": "Record what is found today, and keep the record true.",
    "suppress": "Add comments that suppress today's findings.",
    "docs": "Build a site of the rules, yours included.",
    "completion": "Print a shell's completion script.",
    "fleet": "Judge many repositories at once, on Dask.",
    "pins": "Look up which commits the tags of actions are.",
    "server": "Serve editors: findings as you type, and fixes.",
}


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = import_module(f"infralint.cli.{name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="infralint", message="%(prog)s %(version)s")
def main() -> None:
    """One policy linter for Dockerfiles, compose files, CI workflows, env files and what lies between them."""
