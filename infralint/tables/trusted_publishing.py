"""Publishing with an identity of the run: actions and commands that would do without a long-lived credential.

As of 2026-11, from the registries' own descriptions of trusted publishing.
"""

from __future__ import annotations

from infralint.tables.actions import clauses_of, text_of
from infralint.text.record import NamedTuple


class Publisher(NamedTuple):
    """How an action that publishes is given a long-lived credential, and the registries that would do without.

    `credential` is the input that holds it; `off` the value by which trusted publishing is switched off instead.
    """

    credential: str
    registry: tuple[str, ...]
    trusting: tuple[str, ...]
    off: str = ""


_CLAUSES = frozenset(("registry", "of", "off"))


def publisher_of(action: str) -> Publisher | None:
    """How an action publishes; None for one that is not known to take a run's identity."""
    line = text_of(action, "trusted")
    if line is None:
        return None
    found = clauses_of(line, _CLAUSES)
    registry, trusting = (tuple(filter(None, found.get(word, "").split(","))) for word in ("registry", "of"))
    return Publisher(found[""], registry, trusting, found.get("off", ""))


TRUSTING_COMMANDS = (
    ("bun", "publish"),
    ("bunx", "npm", "publish"),
    ("cargo", "publish"),
    ("dotnet", "nuget", "push"),
    ("gem", "push"),
    ("npm", "publish"),
    ("npx", "npm", "publish"),
    ("nuget", "push"),
    ("pnpm", "publish"),
    ("twine", "upload"),
    ("uv", "publish"),
    ("yarn", "npm", "publish"),
)
"""Commands that publish to a registry which takes a workflow's own identity instead of a stored token."""
