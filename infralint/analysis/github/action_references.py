"""References to actions: malformed ones, redundant paths, allow lists."""

from __future__ import annotations

from collections.abc import Sequence

from infralint.model.element import fact_of
from infralint.model.github.uses import Uses
from infralint.tables import github
from infralint.text import regex as re
from infralint.text.glob import fits

_NAMED = r"[\w.-]++/[\w.-]++(?:/[^@\s]++)?@\S+"
_ON_ANY_SERVER = r"(?:https?://[^/@\s]++/)?" + _NAMED


@fact_of(Uses)
def is_malformed(uses: Uses) -> bool:
    """Whether the server cannot read it: neither `owner/name@ref` nor `./folder` nor `docker://image`."""
    if uses.is_docker:
        return len(uses.text) <= len("docker://")
    if uses.is_local:
        return False
    if uses.file.is_of_other_forge:
        return re.fullmatch(_ON_ANY_SERVER, uses.text) is None
    return re.fullmatch(_NAMED, uses.text) is None


@fact_of(Uses)
def has_redundant_path(uses: Uses) -> bool:
    """Whether its path holds `//`, `/.` or `/..`, or ends with a slash."""
    if not uses.is_remote:
        return False
    parts = uses.text.split("@", 1)[0].split("/")
    return any(part in ("", ".", "..") for part in parts[2:])


@fact_of(Uses)
def normalized_path(uses: Uses) -> str | None:
    """The action without needless slashes and dots in its path; None where it has none, or leaves the repository."""
    return github.plain_action(str(uses.text)) if uses.is_remote else None


@fact_of(Uses)
def is_one_of(uses: Uses, patterns: Sequence[str]) -> bool:
    """Whether one of these names it: `owner/*`, `owner/name` with all below it, or one ref of it by `owner/name@v1`."""
    for pattern in patterns:
        name, _, ref = str(pattern).partition("@")
        below = fits(uses.action, name.lower()) or uses.action.startswith(f"{name.lower()}/")
        if below and (not ref or (uses.ref is not None and fits(uses.ref.name, ref))):
            return True
    return False
