"""AI agents that scripts of pipelines start."""

from __future__ import annotations

from infralint.model.shared.command import Command, plain_words
from infralint.tables.agents import PACKAGES, PROGRAMS


def starts_agent(command: Command) -> bool:
    """Whether a command starts an AI agent that acts without a person."""
    words = plain_words(command)
    if words and words[0] in ("npx", "bunx", "uvx", "pnpx"):
        words = [
            PACKAGES.get(word.rpartition("@")[0] or word, word) for word in words[1:] if word not in ("-y", "--yes")
        ]
    row = PROGRAMS.get(words[0]) if words else None
    if row is None:
        return False
    flags = {word.partition("=")[0] for word in words[1:]}
    return (
        bool(flags & set(row.flags))
        or any(verb in words[1:3] for verb in row.verbs)
        or (words[0] in ("claude", "gemini") and len(words) > 1)
    )
