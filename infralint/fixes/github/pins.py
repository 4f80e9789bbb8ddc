"""Fixes that pin actions, write the version beside a pin, or take a release without the known vulnerability."""

from __future__ import annotations

from infralint.analysis.github.advisories import advisory, first_fixed_release, release
from infralint.analysis.github.pins import pins_of
from infralint.analysis.github.remote_refs import answer_of, release_of, tags
from infralint.analysis.github.versions import is_within
from infralint.model.element import UNKNOWN, fact_of
from infralint.model.github.uses import Uses
from infralint.text.edit import Edit


@fact_of(Uses)
def pinned(uses: Uses) -> list[Edit] | None:
    """Edits that write the commit which this version is known to be, its exact tag behind it; None if none or several are."""
    if uses.ref is None or uses.ref.is_commit:
        return None
    return _pin_edits(uses, pins_of(uses.file.index).of(uses.repository, str(uses.ref.name)))


@fact_of(Uses)
def pinned_to_release(uses: Uses) -> list[Edit] | None:
    """Edits that write the one release of this version (`v4.2.2` of `v4`) to which the same action is pinned elsewhere."""
    if uses.ref is None or uses.ref.is_commit:
        return None
    return _pin_edits(uses, pins_of(uses.file.index).within(uses.repository, str(uses.ref.name)))


@fact_of(Uses)
def with_version_comment(uses: Uses) -> list[Edit] | None:
    """Edits by which the comment names the release that its commit is, as its repository says, or else the pins here."""
    ref = uses.ref
    if ref is None or not ref.is_commit:
        return None
    names = tags(ref)
    if names is UNKNOWN:
        return _version_edits(uses, pins_of(uses.file.index).release(uses.repository, str(ref.name)))
    return _version_edits(uses, release_of(names))


@fact_of(Uses)
def upgraded(uses: Uses) -> list[Edit] | None:
    """Edits that take the first release which no advisory speaks of; of a commit, where that release's commit is known."""
    version = release(uses)
    if advisory(uses) is None or version is None:
        return None
    tag = first_fixed_release(uses.repository, version, answer_of(uses))
    return _release_edits(uses, tag, pins_of(uses.file.index).of(uses.repository, tag)) if tag is not None else None


def _pin_edits(uses: Uses, known: tuple[str, str] | None) -> list[Edit] | None:
    """Edits that write a commit, and its tag as a comment; None where another comment or a folded text is in the way."""
    ref = uses.ref
    if ref is None or known is None or ref.raw != ref.name or uses.text.style in ("|", ">", "*"):
        return None
    commit, tag = known
    source = uses.source
    end = source.line_span(source.line_of(uses.end)).end
    rest = source.text[uses.end : end]
    edits = [Edit(source.path, ref.start, ref.end, commit)]
    if rest.strip(" \t\r'\""):
        said = uses.version_comment
        if said is None or not (said in (tag, ref.name) or is_within(tag, said)):
            return None
        return edits if said == tag else [*edits, Edit(source.path, said.start, said.end, tag)]
    at = uses.end + len(rest.rstrip())
    return [*edits, Edit(source.path, at, at, f" # {tag}")]


def _release_edits(uses: Uses, tag: str, known: tuple[str, str] | None) -> list[Edit] | None:
    """Edits that take another release: its tag in the place of a tag, its commit and a new comment in that of a commit."""
    ref, path = uses.ref, uses.source.path
    if ref is None or ref.raw != ref.name or uses.text.style in ("|", ">", "*"):
        return None
    if not ref.is_commit:
        return [Edit(path, ref.start, ref.end, tag)]
    said = uses.tag_in_comment
    if known is None or said is None:
        return None
    edits = [Edit(path, ref.start, ref.end, known[0])]
    return edits if said == known[1] else [*edits, Edit(path, said.start, said.end, known[1])]


def _version_edits(uses: Uses, tag: str | None) -> list[Edit] | None:
    """Edits that write a tag into the comment beside a commit; None where the line says something else there."""
    if tag is None or uses.text.style in ("|", ">", "*"):
        return None
    said = uses.tag_in_comment
    if said is not None:
        return [Edit(uses.source.path, said.start, said.end, tag)] if said != tag else None
    source = uses.source
    rest = source.text[uses.end : source.line_span(source.line_of(uses.end)).end]
    if rest.strip(" \t\r'\""):
        return None
    at = uses.end + len(rest.rstrip())
    return [Edit(source.path, at, at, f" # {tag}")]
