"""Commands told by a program and the words that follow it, other words between them or not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence


def follows(words: Sequence[str], wanted: tuple[str, ...]) -> bool:
    """Whether a command begins with a program and then holds the wanted words in order."""
    if len(words) < len(wanted) or words[0].rsplit("/", 1)[-1] != wanted[0]:
        return False
    rest = iter(words[1:])
    return all(any(word == want for word in rest) for want in wanted[1:])


def by_program(phrases: Iterable[tuple[str, ...]]) -> dict[str, list[tuple[str, ...]]]:
    """Wanted words by their program."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for wanted in phrases:
        found.setdefault(wanted[0], []).append(wanted)
    return found


def follows_any(words: Sequence[str], phrases: Mapping[str, Sequence[tuple[str, ...]]]) -> bool:
    """Whether a command follows one of the wanted words of its program."""
    return bool(words) and any(follows(words, wanted) for wanted in phrases.get(words[0].rsplit("/", 1)[-1], ()))
