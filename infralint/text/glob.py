"""Path patterns as .gitignore and most CI systems write them."""

from __future__ import annotations

from functools import lru_cache

from infralint.text import regex as re

MAX_PATTERN = 400
MAX_STARS = 3
SHORT = 300
"""So many stars over so short a path backtrack little; more could take for ever."""


@lru_cache(maxsize=64)
def _parts(pattern: str) -> list[tuple[str, str]]:
    """A pattern's parts: `**/`, `**`, `*` or "" for what takes one character, and the regular expression of each."""
    parts: list[tuple[str, str]] = []
    for part in re.findall(r"\*\*/|\*\*?|\[.[^\]]{0,200}\]|.", re.sub(r"\*{3,}", "**", pattern[:MAX_PATTERN]), re.S):
        if part == "**/":
            if not parts or parts[-1][0] != part:  # repeated ones mean the same and only cost time
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


def expression(pattern: str) -> str:
    """A pattern whose `*`, not `?`, crosses slashes as a regular expression of a whole text."""
    runs = [""]  # what stands between the stars
    for star, part in _parts(pattern):
        if star:
            runs.append("")
        else:
            runs[-1] += part
    first, *rest = runs
    if rest:  # of what lies between, the first place where it stands is as good as any: nothing is tried twice
        first += "".join(f"(?>.*?{run})" for run in rest[:-1] if run) + ".*" + rest[-1]
    return rf"(?s:{first})\Z"


@lru_cache(maxsize=512)
def _of_whole(pattern: str) -> re.Pattern[str]:
    return re.compile(expression(pattern))


def fits(text: str, pattern: str) -> bool:
    """Whether a whole text matches a pattern of ours whose `*` crosses slashes."""
    return _of_whole(pattern).match(text) is not None


def matches(path: str, pattern: str) -> bool:
    """Whether the whole of a path (POSIX) matches a pattern."""
    stars = pattern.count("*")
    if stars > MAX_STARS or (stars > 1 and len(path) > SHORT):
        return _stepped(path, pattern)
    return compiled(pattern).match(path) is not None


class _Steps:
    """A pattern as a set of states, a bit each: `**/` has two, the second waits for its slash."""

    __slots__ = ("_known", "_tests", "end", "folders", "stars")

    def __init__(self, pattern: str) -> None:
        self._tests: list[tuple[re.Pattern[str], bool, bool]] = []
        self._known: dict[str, tuple[int, int]] = {}
        self.stars = self.folders = 0
        for star, part in _parts(pattern):
            bit = 1 << len(self._tests)
            if star == "**/":
                self.folders |= bit
                self._tests += [(re.compile(r"(?!)"), False, False), (re.compile(""), True, False)]
                continue
            self.stars |= bit if star else 0
            self._tests.append((re.compile({"*": "[^/]", "**": ""}.get(star, part)), bool(star), not star))
        self.end = 1 << len(self._tests)

    def after(self, char: str) -> tuple[int, int]:
        """The states that a character keeps, and those that it moves on from."""
        if char not in self._known:
            stay = go = 0
            for at, (takes, stays, goes) in enumerate(self._tests):
                if takes.match(char):
                    waits = stays and self.folders >> max(at - 1, 0) & 1 and at > 0
                    stay |= stays << at
                    go |= (goes or (waits and char == "/")) << at
            self._known[char] = stay, go
        return self._known[char]

    def skipping(self, states: int) -> int:
        """The states with those that can be reached from them for nothing."""
        while True:
            folders = states & self.folders
            wider = states | (states & self.stars) << 1 | folders << 1 | folders << 2
            if wider == states:
                return states
            states = wider


_steps = lru_cache(maxsize=64)(_Steps)


def _stepped(path: str, pattern: str) -> bool:
    """The same for patterns of many stars: all ways at once, so that the cost is path times pattern."""
    steps = _steps(pattern)
    states = steps.skipping(1)
    for char in path:
        stay, go = steps.after(char)
        states = steps.skipping(states & stay | (states & go) << 1)
        if not states:
            return False
    return bool(states & steps.end)
