"""Path patterns as .gitignore and most CI systems write them."""

from __future__ import annotations

import re
from functools import lru_cache

MAX_PATTERN = 400


@lru_cache(maxsize=512)
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern as a regular expression that cannot backtrack badly: `**` crosses slashes, `*` and `?` do not."""
    pattern = re.sub(r"\*{3,}", "**", pattern[:MAX_PATTERN])
    out: list[str] = []
    at = 0
    while at < len(pattern):
        char = pattern[at]
        if pattern.startswith("**/", at):
            out.append("(?:.*/)?")
            at += 3
            while pattern.startswith("**/", at):  # twins mean the same and would only cost
                at += 3
        elif pattern.startswith("**", at):
            out.append(".*")
            at += 2
        elif char == "*":
            out.append("[^/]*")
            at += 1
        elif char == "?":
            out.append("[^/]")
            at += 1
        elif char == "[" and (close := pattern.find("]", at + 2)) > 0:
            body = pattern[at + 1 : close].replace("\\", "\\\\")
            out.append("[" + ("^" + body[1:] if body[0] in "!^" else body) + "]")
            at = close + 1
        else:
            out.append(re.escape(char))
            at += 1
    try:
        return re.compile("".join(out) + r"\Z", re.S)
    except re.error:
        return re.compile(re.escape(pattern) + r"\Z")


def matches(path: str, pattern: str) -> bool:
    """Whether the whole of a path (POSIX) matches a pattern."""
    return compiled(pattern).match(path) is not None
