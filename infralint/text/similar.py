"""The name that a person most likely meant."""

from __future__ import annotations

from collections.abc import Iterable

MAX_LENGTH = 100


def most_similar(word: str, names: Iterable[str], cutoff: float) -> str | None:
    """The name that is most like a word, None where none comes close (`cutoff`: from 0, anything, to 1, the same)."""
    from difflib import get_close_matches  # loaded when the first name is looked for

    close = get_close_matches(word[:MAX_LENGTH], list(names), 1, cutoff)
    return close[0] if close else None
