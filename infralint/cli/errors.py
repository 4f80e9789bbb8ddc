"""What is wrong with what the user asked, said on one line and without a traceback."""

from __future__ import annotations

from collections.abc import Callable

from infralint.cli.say import say
from infralint.engine.discover import UsageError

USAGE = 2


def guarded(work: Callable[[], int]) -> int:
    """The exit code of some work; 2 with a message where it was asked wrongly, or a rule cannot be loaded."""
    try:
        return work()
    except UsageError as error:
        return _told(error)
    except Exception as error:
        from infralint.policy.rule_file import RuleError

        if not isinstance(error, RuleError):
            raise
        return _told(error)


def _told(error: Exception) -> int:
    from infralint.output.escape import visible

    say(f"infralint: {visible(str(error))}", err=True)
    return USAGE
