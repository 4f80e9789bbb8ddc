"""infralint: one policy linter for the infrastructure configs of a repository."""

from __future__ import annotations

import sys

if sys.argv[:1] == ["-m"] and not sys.flags.safe_path:
    # `python -m infralint` puts the working directory first on the path: what is judged must not be imported
    _own = __file__.replace("\\", "/").rsplit("/", 2)[0]
    if sys.path and sys.path[0].replace("\\", "/").rstrip("/") != _own:
        del sys.path[0]


__version__ = "0.1.0"
__all__ = [
    "Finding",
    "FixReport",
    "Report",
    "Rule",
    "RuleError",
    "Severity",
    "UsageError",
    "__version__",
    "check",
    "fix",
    "rules",
]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from infralint.api import Finding, FixReport, Report, Rule, RuleError, Severity, UsageError, check, fix, rules


def __getattr__(name: str) -> Any:
    """Load the Python API when it is first used: the command line does not need it."""
    if name in __all__:
        from infralint import api

        return getattr(api, name)
    raise AttributeError(f"module 'infralint' has no attribute {name!r}")
