"""Versions in the tags of actions: exact ones, and those that move along."""

from __future__ import annotations

from collections.abc import Iterable

from infralint.text import regex as re


def most_exact(name: str, tags: Iterable[str]) -> str:
    """The tag of a commit that says most, of those that a name may mean: `v4.2.2` of `v4`, `v4.2`, `v4.2.2`."""
    found = [tag for tag in tags if is_within(tag, name)]
    return max(
        found,
        key=lambda tag: (len(version_parts(tag)[1]), [int(part) for part in version_parts(tag)[1]], tag),
        default=name,
    )


def exact_tag(name: str, tags: Iterable[str], is_tag: bool) -> str:
    """The exact tag of the commit that a name means: of its own line where it names one, else the newest release."""
    tags = list(tags)
    tag = most_exact(name, tags)
    if tag == name and (not is_tag or not version_parts(name)[1]):
        versions = [each for each in tags if is_exact(each) and not version_parts(each)[2]]
        return max(versions, key=lambda each: ([int(part) for part in version_parts(each)[1]], each), default=name)
    return tag


def is_exact(tag: str) -> bool:
    """Whether a tag names one release, which is not meant to move: at least three numbers."""
    return len(version_parts(tag)[1]) >= 3


def is_within(tag: str, name: str) -> bool:
    """Whether a tag is a release of the line that a shorter one names: `v4.2.2` of `v4`."""
    prefix, numbers, rest = version_parts(tag)
    wider, head, tail = version_parts(name)
    return not rest and not tail and prefix == wider and 0 < len(head) < len(numbers) and numbers[: len(head)] == head


def version_parts(tag: str) -> tuple[str, list[str], str]:
    """What stands before the numbers of a tag, the numbers, what follows them."""
    match = re.fullmatch(r"((?:|.*[-/@_])v?)(\d{1,9}(?:\.\d{1,9})*)([-+.].*)?", tag, re.ASCII)
    if match is None:
        return tag, [], ""
    return match[1], match[2].split("."), match[3] or ""
