"""What is wrong with what the user asked, said on one line and without a traceback."""

from __future__ import annotations

import os
from collections.abc import Callable

from infralint.cli.say import say
from infralint.engine.discover import UsageError
from infralint.output.escape import visible

USAGE = 2
UNJUDGED = 3
TRACEBACK = "INFRALINT_TRACEBACK"
"""The variable that lets a fault of infralint end in Python's traceback, for a report of it."""


def guarded(work: Callable[[], int]) -> int:
    """The exit code of some work; 2 with a message where it was asked wrongly or a rule cannot be loaded, 3 for a fault of ours."""
    try:
        return work()
    except UsageError as error:
        return _told(error)
    except Exception as error:
        from infralint.policy.rule_file import RuleError

        if isinstance(error, RuleError):
            return _told(error)
        if (
            os.environ.get(TRACEBACK)
            or isinstance(error, BrokenPipeError)
            or type(error).__module__.startswith("click")
        ):
            raise
        from infralint.engine.judge import fault_of

        say(f"infralint: the run ended early, {visible(fault_of(error))}; {TRACEBACK}=1 shows its traceback", err=True)
        return UNJUDGED


def _told(error: Exception) -> int:
    say(f"infralint: {visible(str(error))}", err=True)
    return USAGE
