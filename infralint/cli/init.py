"""`infralint init`: a settings file to begin with."""

from __future__ import annotations

from pathlib import Path

import click

TEXT = """\
# Settings of infralint. The closest of infralint.toml, .infralint.toml and [tool.infralint] in pyproject.toml wins.

# default: few rules, sharp. pedantic: also style and good practice. all: also what is opt-in or new.
profile = "default"

# The lowest severity that fails the run: critical, high, medium, low or info.
fail-on = "medium"

# Rules or kinds to leave out, everywhere or by path.
ignore = []
exclude = []

# Folders of test fixtures, vendored and generated files, which are searched for credentials of known formats only:
# testdata, fixtures, vendor, third_party, generated, ... unless this names others.
# fixtures = ["testdata", "vendor"]

[per-file-ignores]
# "examples/**" = ["untagged-image"]

# Severity and parameters of single rules: see `infralint explain RULE`.
# [rules.untagged-image]
# severity = "low"
"""


@click.command("init", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("folder", default=".", type=click.Path(file_okay=False, exists=True))
def command(folder: str) -> None:
    """Write infralint.toml with the defaults, explained."""
    path = Path(folder, "infralint.toml")
    try:
        with path.open("x", encoding="utf-8") as stream:
            stream.write(TEXT)
    except FileExistsError:
        click.echo(f"infralint: {path} exists already; it was left as it is", err=True)
        raise SystemExit(2) from None
    except OSError as error:
        click.echo(f"infralint: {path} cannot be written: {error.strerror}", err=True)
        raise SystemExit(2) from None
    click.echo(f"wrote {path}; now run `infralint check {folder}`")
