"""What the repository of an action answered: whether refs exist, which release a commit is, where it has moved to."""

from __future__ import annotations

from collections.abc import Iterable

from infralint.analysis.github.versions import exact_tag, is_exact, version_parts
from infralint.model.element import UNKNOWN, Unknown, fact_of
from infralint.model.github.document import is_of_other_forge
from infralint.model.github.uses import Ref, Uses
from infralint.syntax.remote_refs import NAME, Refs
from infralint.text import regex as re


def answer_of(uses: Uses) -> Refs | None:
    """What its repository answered in this run (`--online`); None where it was not asked or gave no answer."""
    remotes = uses.file.index.remotes
    return remotes.get(uses.repository.lower()) if remotes and not is_of_other_forge(uses.source.path) else None


@fact_of(Uses)
def renamed_to(uses: Uses) -> str | Unknown | None:
    """The `owner/name` to which the server sends those who ask for this one; unknown where it was not asked."""
    answer = answer_of(uses)
    return UNKNOWN if answer is None else answer.moved_to


@fact_of(Uses)
def matches_version_comment(uses: Uses) -> bool | Unknown:
    """Whether its commit is the version that the comment names; unknown where its repository was not asked."""
    said, ref, refs = uses.tag_in_comment, uses.ref, answer_of(uses)
    if said is None or ref is None or not ref.is_commit or refs is None or refs.is_gone:
        return UNKNOWN
    return agrees(str(said), str(ref.name), refs)


def refs_of(ref: Ref) -> Refs | None:
    """What the repository answered; None where it was not asked, gave no answer, or is gone."""
    refs = answer_of(ref.uses)
    return None if refs is None or refs.is_gone else refs


@fact_of(Uses, Ref)
def exists(part: Uses | Ref) -> bool | Unknown:
    """Whether its server has the repository, or the repository such a tag or branch; unknown where it was not asked.

    Of a commit it is unknown.
    """
    if isinstance(part, Uses):
        answer = answer_of(part)
        return UNKNOWN if answer is None else not answer.is_gone
    refs = refs_of(part)
    return UNKNOWN if refs is None or part.is_commit else has_ref(refs, str(part.name))


@fact_of(Ref)
def is_tag_and_branch(ref: Ref) -> bool | Unknown:
    """Whether its repository has a tag and a branch of this name; unknown where it was not asked."""
    refs = refs_of(ref)
    return UNKNOWN if refs is None else ref.name in refs.tags and ref.name in refs.branches


@fact_of(Ref)
def tags(ref: Ref) -> list[str] | Unknown:
    """The tags that a commit has in its repository; unknown where it was not asked."""
    refs = refs_of(ref)
    return UNKNOWN if refs is None or not ref.is_commit else refs.tags_of(ref.name)


@fact_of(Ref)
def is_reachable(ref: Ref) -> bool | Unknown:
    """Whether a tag or branch of its repository leads to the commit; unknown where that was not asked."""
    refs = refs_of(ref)
    return UNKNOWN if refs is None or not ref.is_commit else refs.leads_to(ref.name)


def meaning(ref: str, refs: Refs) -> tuple[str, str] | str:
    """The commit that a ref means and the exact tag of that commit; a sentence where there is no such thing."""
    tagged, branch = refs.tags.get(ref), refs.branches.get(ref)
    if tagged is None and branch is None:
        return "no tag or branch has this name"
    if tagged is not None and branch is not None and tagged != branch:
        return "a tag and a branch have this name, but different commits"
    commit = tagged or branch or ""
    tag = exact_tag(ref, refs.tags_of(commit), ref in refs.tags)
    if tag not in refs.tags:
        return "this is a branch whose commit has no tag; use a release"
    return commit, tag


def has_ref(refs: Refs, name: str) -> bool | Unknown:
    """Whether a repository has a tag or branch of this name; unknown for what is written as no plain name."""
    sort, _, rest = name.removeprefix("refs/").partition("/")
    if sort in ("tags", "heads") and rest:
        return rest in (refs.tags if sort == "tags" else refs.branches) or name in refs.tags or name in refs.branches
    if name.startswith("refs/") or name == "HEAD" or re.fullmatch(NAME, name, re.ASCII) is None:
        return UNKNOWN
    return name in refs.tags or name in refs.branches


def agrees(said: str, commit: str, refs: Refs) -> bool | Unknown:
    """Whether a commit is the version that a comment says it is.

    Of a name that moves on (`v4`) it is unknown whether the commit was that once, unless the commit has other versions.
    """
    tags = refs.tags_of(commit)
    if any(_is_same(tag, said) for tag in tags):
        return True
    there = any(_is_same(tag, said) for tag in refs.tags)
    if there and is_exact(said):
        return False
    if any(_is_near(tag, said) for tag in tags):
        return True
    if said in refs.branches:
        return UNKNOWN
    if is_exact(said):
        return UNKNOWN if _is_date(said) else False
    return False if there and any(is_exact(tag) for tag in tags) else UNKNOWN


def _is_same(tag: str, said: str) -> bool:
    """Whether a tag is what was said: `sub/v4.2.2` where `v4.2.2` or `4.2.2` is said."""
    if tag == said:
        return True
    if not tag.endswith(said.removeprefix("v")):
        return False
    prefix, numbers, rest = version_parts(tag)
    head, given, tail = version_parts(said)
    if not numbers or not given:
        return tag.removeprefix("v") == said.removeprefix("v")
    return (numbers, rest) == (given, tail) and prefix.removesuffix("v").endswith(head.removesuffix("v"))


def _is_near(tag: str, said: str) -> bool:
    """Whether a tag is a release of what was said (`v4.2.2` of `4.2`), or says less of the same (`v4` of `v4.0.0`)."""
    prefix, numbers, rest = version_parts(tag)
    head, given, tail = version_parts(said)
    if not numbers or not given or rest or tail or not prefix.removesuffix("v").endswith(head.removesuffix("v")):
        return False
    return numbers[: len(given)] == given or [*numbers, *["0"] * (len(given) - len(numbers))] == given


def _is_date(said: str) -> bool:
    """Whether it may be a date: `2026.01.31`."""
    return re.match(r"(?:19|20)\d\d\D", said, re.ASCII) is not None


def release_at(refs: Refs, name: str, is_commit: bool) -> str | None:
    """The release that a ref is in its repository; None where it is none."""
    if is_commit:
        return release_of(refs.tags_of(name))
    found = meaning(name, refs)
    return found[1] if not isinstance(found, str) and is_exact(found[1]) else None


def release_of(tags: Iterable[str]) -> str | None:
    """The one release among the tags of a commit; None if there is none, or releases of several parts of a repository."""
    exact = [tag for tag in tags if is_exact(tag) and not version_parts(tag)[2]]
    if len({version_parts(tag)[0].removesuffix("v") for tag in exact}) != 1:
        return None
    return max(exact, key=lambda tag: ([int(part) for part in version_parts(tag)[1]], tag))
