"""What the text around a value says of it: that it is an example, that it is to be replaced, how it is called (as of 2026-11)."""

from __future__ import annotations

from functools import lru_cache

from infralint.text import regex as re

_PAIRED = re.compile(r"[ \t\-{,]*[\"']?(?:name|key)\d?[\"']?[ \t]*[:=][ \t]*[\"']?([\w.-]+)", re.I)
_TO_BE_REPLACED = re.compile(
    r"#.{0,100}\b(?:replace|change|fill in|insert|put|enter)\b.{0,100}\b(?:me|this|these|your|own|with|here)\b", re.I
)
_ENCRYPTED = re.compile(r"(?m)^([ \t]*+)encryptedData:[ \t]*+\r?\n(?:\1[ \t]++.*\n?|[ \t]*+\n)*+")


def is_told_apart(text: str, at: int) -> bool:
    """Whether a setting is no secret by what stands around it: a comment on its line, or on that above for a pair of name and
    value, that says to replace it, a block of comments that shows an example, a command that speaks to its own machine, or the
    block of a SealedSecret, which only the cluster can decrypt."""
    begin = max(0, at - BEFORE)
    near, at_near = text[begin : at + BEHIND], at - begin
    line = near.rfind("\n", 0, at_near) + 1
    stop = near.find("\n", at_near)
    stop = stop if stop >= 0 else len(near)
    is_value = re.match(r"[ \t]*[\"']?value\b", near[line:at_near]) is not None
    above = near.rfind("\n", 0, max(line - 1, 0)) + 1 if is_value else line
    return (
        _TO_BE_REPLACED.search(near, above, stop) is not None
        or _is_in_example(near[:stop].split("\n"))
        or is_for_this_machine(_last_command(near[:stop].split("\n")))
        or any(first <= at < last for first, last in _encrypted(text))
    )


BEFORE, BEHIND = 2000, 300
"""So many characters before and behind a value are looked at."""


@lru_cache(maxsize=2)
def _encrypted(text: str) -> list[tuple[int, int]]:
    """Where the encrypted data of SealedSecrets stands."""
    return [match.span() for match in _ENCRYPTED.finditer(text)] if "SealedSecret" in text else []


_HERE = re.compile(r"[ \t\"'](?:https?://)?(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?:[:/\s\"']|\Z)")


def is_for_this_machine(command: str) -> bool:
    """Whether a command speaks to the machine that it runs on: to what was just started there, for a test."""
    return "curl" in command and _HERE.search(command) is not None


def _last_command(lines: list[str]) -> str:
    """The last line with those above it that end in a backslash."""
    first = len(lines) - 1
    while first > 0 and lines[first - 1].rstrip().endswith("\\"):
        first -= 1
    return "\n".join(lines[first:])


_COMMENT = re.compile(r"[ \t]*(?:#|//|;)")
_EXAMPLE = re.compile(r"\b(?:example|e\.g\.)", re.I)


def _is_in_example(lines: list[str]) -> bool:
    """Whether the last line is a comment, and says that it is an example, or one of the comments right above it does."""
    for line in reversed(lines):
        if _COMMENT.match(line) is None:
            return False
        if _EXAMPLE.search(line) is not None:
            return True
    return False


_SETS = re.compile(r"(?:^|[\s;&|(\"'`])[A-Z][A-Z0-9_]*=\Z")


def goes_on(text: str, start: int, end: int) -> bool:
    """Whether more words follow on the line, as they do in prose and code; not those of a command that `NAME=value` is set for."""
    rest = text[end : end + 40].partition("\n")[0]
    if re.match(r"[(\[]", rest):
        return True
    return bool(re.match(r"[ \t]+[A-Za-z]{2,}", rest)) and _SETS.search(text[max(0, start - 60) : start]) is None


def pair_of(text: str, at: int) -> str:
    """The name beside a `value:`, on the line before or after, or above it: how lists of variables are written."""
    line = text.rfind("\n", 0, at) + 1
    above = text[max(text.rfind("\n", 0, max(line - 1, 0)) + 1, line - 200) : line]
    end = text.find("\n", at)
    below = text[end + 1 : end + 200] if end >= 0 else ""
    match = (
        _PAIRED.match(above)
        or _PAIRED.match(below)
        or re.match(r"[ \t]*[\"']?([\w.-]+)[\"']?:[ \t]*$", above.rstrip("\r\n"))
    )
    if match is None:  # { name: X, value: Y } on one line
        same = re.search(
            r"[\"']?(?:name|key)[\"']?[ \t]*[:=][ \t]*[\"']?([\w.-]+)", text[max(line, at - 100) : at], re.I
        )
        return same[1] if same else ""
    return match[1]
