"""`python -m infralint`: the same as the command `infralint`."""

from __future__ import annotations

from infralint.cli.start import main

main(prog_name="infralint")
