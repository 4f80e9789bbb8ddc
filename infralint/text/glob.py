"""Path patterns as .gitignore and most CI systems write them."""

from __future__ import annotations

import re
from functools import lru_cache

MAX_PATTERN = 400
MAX_STARS = 3
SHORT = 300
"""So many stars over so short a path are met without backtracking to speak of; more could take for ever."""


@lru_cache(maxsize=64)
def _parts(pattern: str) -> list[tuple[str, str]]:
    """A pattern's parts: `**/`, `**`, `*` or "" for what takes one character, and the regular expression of each."""
    parts: list[tuple[str, str]] = []
    for part in re.findall(r"\*\*/|\*\*?|\[.[^\]]*\]|.", re.sub(r"\*{3,}", "**", pattern[:MAX_PATTERN]), re.S):
        if part == "**/":
            if not parts or parts[-1][0] != part:  # twins mean the same and would only cost
                parts.append((part, "(?:.*/)?"))
        elif part[0] == "*":
            parts.append((part, ".*" if part == "**" else "[^/]*"))
        elif part == "?":
            parts.append(("", "[^/]"))
        else:
            parts += [("", one) for one in _class(part)] if len(part) > 1 else [("", re.escape(part))]
    return parts


def _class(part: str) -> list[str]:
    """`[a-z]` or `[!a]` as a regular expression; one that cannot be meant stands for its own characters."""
    sign, body = ("^", part[2:-1]) if part[1] in "!^" else ("", part[1:-1])
    body = re.sub(r"([\[\]\\&~|^])", r"\\\1", body).replace("--", r"-\-")
    try:
        re.compile(f"[{sign}{body}]")
    except re.error:
        return [re.escape(char) for char in part]
    return [f"[{sign}{body}]"]


@lru_cache(maxsize=512)
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern as a regular expression: `**` crosses slashes, `*` and `?` do not."""
    return re.compile("".join(part for _, part in _parts(pattern)) + r"\Z", re.S)


def matches(path: str, pattern: str) -> bool:
    """Whether the whole of a path (POSIX) matches a pattern."""
    stars = pattern.count("*")
    if stars > MAX_STARS or (stars > 1 and len(path) > SHORT):
        return _stepped(path, pattern)
    return compiled(pattern).match(path) is not None


@lru_cache(maxsize=64)
def _steps(pattern: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """For each part of a pattern: what it takes of a path, and which star it is."""
    one = {"*": "[^/]", "**": ".", "**/": "."}
    return tuple((re.compile(one.get(star, part), re.S), star) for star, part in _parts(pattern))


def _stepped(path: str, pattern: str) -> bool:
    """The same for patterns of many stars: all ways at once, so that the cost is path times pattern."""
    steps = _steps(pattern)

    def skipping(states: set[int]) -> set[int]:
        for at in range(min(states, default=0), len(steps)):
            if at in states and steps[at][1]:
                states.add(at + 1)
        return states

    now, within = skipping({0}), set[int]()  # `within`: what stands behind a `**/` that waits for its slash
    for char in path:
        fresh = {behind for behind in within if char == "/"}
        for state in now:
            if state < len(steps):
                takes, star = steps[state]
                if star == "**/":
                    within.add(state + 1)
                    if char == "/":
                        fresh.add(state + 1)
                elif takes.match(char):
                    fresh.add(state if star else state + 1)
        now = skipping(fresh)
        if not now and not within:
            return False
    return len(steps) in now
