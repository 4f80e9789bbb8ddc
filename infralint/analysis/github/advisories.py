"""Releases of actions, and published advisories on them."""

from __future__ import annotations

from infralint.analysis.github.remote_refs import answer_of, release_at
from infralint.analysis.github.versions import is_exact, version_parts
from infralint.model.element import fact_of, remembered
from infralint.model.github.uses import Uses
from infralint.syntax.remote_refs import Refs
from infralint.tables.actions import is_outdated
from infralint.tables.advisories import advisories_of, advisory_of


@remembered
def release(uses: Uses) -> str | None:
    """The version that is used: the exact tag where its repository was asked, else what the ref or the comment names."""
    ref, refs = uses.ref, answer_of(uses)
    if ref is None:
        return None
    if refs is not None:
        found = release_at(refs, str(ref.name), ref.is_commit)
        if found is not None:
            return found
    version = uses.version_comment if ref.is_commit else ref.name
    return str(version) if version is not None else None


@fact_of(Uses)
def advisory(uses: Uses) -> str | None:
    """The published advisory that speaks of this release."""

    version = release(uses) if advisories_of(uses.repository.lower()) else None
    is_commit = uses.ref is not None and uses.ref.is_commit
    found = advisory_of(uses.repository, version, is_commit=is_commit) if version is not None else None
    return found.id if found is not None else None


@fact_of(Uses)
def remedy(uses: Uses) -> str | None:
    """What to do about the advisory: the first release that no advisory speaks of, or another action; None without an advisory."""
    version = release(uses)
    if advisory(uses) is None or version is None:
        return None
    tag = first_fixed_release(uses.repository, version, answer_of(uses))
    return f"upgrade to `{tag}` or later" if tag is not None else "no release is known to fix it; use another action"


def first_fixed_release(repository: str, release: str, refs: Refs | None) -> str | None:
    """The first release that no advisory speaks of: of those that are there, where the repository was asked."""

    prefix = version_parts(release)[0]
    found = advisory_of(repository, release)
    if refs is not None:
        own = [
            tag for tag in refs.tags if is_exact(tag) and version_parts(tag)[0] == prefix and not version_parts(tag)[2]
        ]
        order = {tag: [int(part) for part in version_parts(tag)[1]] for tag in own}
        lowest = list(found.fixed) if found is not None else []
        later = sorted((numbers, tag) for tag, numbers in order.items() if lowest and numbers >= lowest)
        return next((tag for _, tag in later if advisory_of(repository, tag) is None), None)
    tag = release
    while found is not None and found.fixed:
        tag = prefix + ".".join(map(str, found.fixed))
        found = advisory_of(repository, tag)
    return tag if found is None and tag != release else None


@fact_of(Uses)
def needs_removed_runtime(uses: Uses) -> bool:
    """Whether this major of the action needs a Node.js that runners no longer have."""

    version = release(uses)
    return version is not None and is_outdated(uses.action, version)
