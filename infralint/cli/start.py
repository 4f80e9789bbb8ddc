"""The entry point of the program: `check` on the short way, everything else by click."""

from __future__ import annotations

import os
import sys

from infralint.cli import quick
from infralint.engine import collector

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn


def main(**rest: Any) -> None:
    """Run the command line; leaves with its exit code."""
    asked = quick.parse(sys.argv[1:])
    collector.seldom()
    if asked is None:
        from infralint.cli.main import main as command

        command(**rest)
        return
    try:
        code = _check(*asked)
    except KeyboardInterrupt:
        print("\nAborted!", file=sys.stderr)
        code = 1
    except BrokenPipeError:
        code = 1
    _leave(code)


def _check(paths: tuple[str, ...], given: dict[str, Any]) -> int:
    from infralint.engine.discover import begin_survey

    is_plain = "-" not in paths and given["stdin_filename"] is None and not given["staged"]
    listing = begin_survey(list(paths), given["root"]) if is_plain else None
    from infralint.cli.checking import check
    from infralint.syntax.yaml_events import load_alone

    load_alone()
    return check(paths, given, listing)


def _leave(code: int) -> NoReturn:
    """End the process at once: taking down what it has loaded would only take time."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        code = 1
    os._exit(code)
