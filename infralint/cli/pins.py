"""`infralint pins`: what the names of actions mean, looked up once and written down."""

from __future__ import annotations

from datetime import date

import click

FOUND, USAGE = 1, 2


@click.group("pins", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Keep the pins file, .github/infralint-pins.toml, by which fixes pin actions to commits."""


@command.command("update")
@click.argument("folder", default=".", type=click.Path(file_okay=False, exists=True))
@click.option("--online", is_flag=True, help="Allow to ask the server; without it nothing is done.")
@click.option(
    "--server",
    default="https://github.com",
    show_default=True,
    metavar="URL",
    help="Where OWNER/NAME of an action is found.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.1),
    default=60,
    show_default=True,
    metavar="SECONDS",
    help="How long a repository may take to answer.",
)
def update(folder: str, online: bool, server: str, timeout: float) -> None:
    """Look up, with `git ls-remote`, which commits the tags of the actions used in a repository are.

    Exit code: 0 every version was looked up, 1 something could not be looked up or a release's tag has moved, 2 wrong usage.
    """
    from infralint.engine.discover import UsageError, root_of
    from infralint.output.escape import inert, visible

    def say(text: str, err: bool = False) -> None:
        click.echo(inert(visible(text)), err=err)

    if not online:
        say(
            f"infralint: pins update asks {server} for the tags of the actions used here; allow that with --online",
            err=True,
        )
        raise SystemExit(USAGE)
    from infralint.analysis.github.pins import FILE
    from infralint.engine import pins

    try:
        done = pins.update(root_of(folder), server, timeout, date.today().isoformat())
    except UsageError as error:
        say(f"infralint: {error}", err=True)
        raise SystemExit(USAGE) from None
    for pin in sorted(done.pins, key=lambda pin: (pin.action.lower(), pin.ref)):
        say(f"{pin.action}@{pin.ref} is {pin.commit} ({pin.tag}, {pin.date})")
    for note in done.notes:
        say(note)
    for fault in done.faults:
        say(f"infralint: {fault}", err=True)
    count = f"{len(done.pins)} pin{'s' * (len(done.pins) != 1)}"
    nothing = "nothing was written" if done.faults else "nothing to pin: no action is used by a name"
    say(f"wrote {FILE}: {count}" if done.changed else nothing, err=True)
    raise SystemExit(FOUND if done.faults else 0)
