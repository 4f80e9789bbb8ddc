"""The repository that an action comes from, as it answered when the run was allowed to ask it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from infralint.model.github.pins import COMMIT, NAME, exact_tag, is_exact, version_parts
from infralint.text.unknown import UNKNOWN, Unknown


class Refs:
    """Tags and branches of a repository with the commits that they mean; annotated tags are followed to theirs.

    Read from the lines of `git ls-remote`. A line such as `COMMIT refs/heads/main~2` says of a commit that a ref leads to it.
    """

    __slots__ = ("_names", "branches", "history", "is_gone", "moved_to", "tags")

    def __init__(self, lines: str = "") -> None:
        self.tags: dict[str, str] = {}
        self.branches: dict[str, str] = {}
        self.is_gone = False
        """Whether the server says that there is no such repository."""
        self.moved_to: str | None = None
        """The `owner/name` to which the server sends those who ask for this one."""
        self.history: frozenset[str] | None = None
        """Of the commits that the run asks for, those that a tag or branch leads to; None as long as nobody has looked."""
        self._names: dict[str, list[str]] = {}
        peeled: dict[str, str] = {}
        passed: set[str] = set()
        for line in lines.splitlines():
            match = re.fullmatch(rf"({COMMIT})\s+refs/(tags|heads)/({NAME})(\^\{{\}}|~\d+)?", line, re.ASCII)
            if match is None:
                continue
            commit, sort, name, mark = match[1].lower(), match[2], match[3], match[4] or ""
            if mark.startswith("~"):
                passed.add(commit)
            elif sort == "heads":
                self.branches[name] = commit
            else:
                (peeled if mark else self.tags)[name] = commit
        for name, commit in [*self.tags.items(), *peeled.items()]:  # by a tag's own object, too, it can be pinned
            names = self._names.setdefault(commit, [])
            if name not in names:
                names.append(name)
        self.tags.update(peeled)
        if passed:
            self.history = frozenset(passed)

    def tags_of(self, commit: str) -> list[str]:
        """The tags that are this commit."""
        return self._names.get(commit.lower(), [])

    def leads_to(self, commit: str) -> bool | Unknown:
        """Whether a tag or branch is this commit or comes after it."""
        commit = commit.lower()
        if commit in self._names or commit in self.branches.values():
            return True
        return UNKNOWN if self.history is None else commit in self.history


def meaning(ref: str, refs: Refs) -> tuple[str, str] | str:
    """The commit that a ref means and the exact tag of that commit; a sentence where there is no such thing."""
    tagged, branch = refs.tags.get(ref), refs.branches.get(ref)
    if tagged is None and branch is None:
        return "there is no such tag or branch"
    if tagged is not None and branch is not None and tagged != branch:
        return "a tag and a branch have this name, at two commits"
    commit = tagged or branch or ""
    tag = exact_tag(ref, refs.tags_of(commit), ref in refs.tags)
    if tag not in refs.tags:
        return "this is a branch, and the commit that it is at has no tag; use a release"
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
    """Whether a commit is the version that somebody says it is.

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
    """Whether it may be a day on which somebody looked: `2026.01.31`."""
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


def first_mended(repository: str, release: str, refs: Refs | None) -> str | None:
    """The first release that no advisory speaks of: of those that are there, where the repository was asked."""
    from infralint.tables.actions import advisory_of

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
