"""What a repository's answer says of a ref, of a commit, and of the comment beside it."""

from __future__ import annotations

import pytest

from infralint.analysis.github.remote_refs import agrees, has_ref, release_of
from infralint.model.github.uses import tag_in
from infralint.syntax.remote_refs import Refs
from infralint.text.source import Source, Text
from infralint.text.unknown import UNKNOWN

ONE, TWO, THREE, LABEL = "1" * 40, "2" * 40, "3" * 40, "a" * 40
REFS = Refs(
    f"{ONE}\trefs/heads/main\n{ONE}\trefs/heads/release/v2\n{TWO}\trefs/heads/main~1\n"
    f"{ONE}\trefs/tags/v2\n{ONE}\trefs/tags/v2.1.0\n{LABEL}\trefs/tags/v1.9.0\n{TWO}\trefs/tags/v1.9.0^{{}}\n"
    f"{TWO}\trefs/tags/v1\n{TWO}\trefs/tags/sub/v0.3.0\n{ONE}\trefs/tags/v2.1.0-rc.1\n{ONE}\trefs/tags/v4.0.0rc1\n{TWO}\trefs/tags/9.1\n"
)


@pytest.mark.parametrize(
    ("said", "commit", "wanted"),
    [
        ("v2.1.0", ONE, True),
        ("2.1.0", ONE, True),
        ("v2.1", ONE, True),
        ("v2", ONE, True),
        ("v2.1.0-rc.1", ONE, True),
        ("v4.0.0rc1", ONE, True),
        ("4.0.0rc1", ONE, True),
        ("v2.1.0", TWO, False),
        ("v2.1.0-rc.1", TWO, False),
        ("v2.1.1", ONE, False),
        ("v2.1.0-rc.2", ONE, False),
        ("v20.1.0", ONE, False),
        ("v1.9.0", TWO, True),
        ("v1.9.0", LABEL, True),
        ("v0.3.0", TWO, True),
        ("sub/v0.3.0", TWO, True),
        ("other/v0.3.0", TWO, False),
        ("v2", TWO, False),
        ("v9.1.0", TWO, True),
        ("v2", THREE, UNKNOWN),
        ("v3", ONE, UNKNOWN),
        ("main", TWO, UNKNOWN),
        ("release/v2", TWO, UNKNOWN),
        ("2026.01.31", ONE, UNKNOWN),
        ("11bd719", ONE, UNKNOWN),
    ],
)
def test_whether_a_commit_is_what_the_comment_says(said: str, commit: str, wanted: object) -> None:
    assert agrees(said, commit, REFS) is wanted


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("v2", True),
        ("main", True),
        ("release/v2", True),
        ("refs/tags/v2", True),
        ("tags/v2", True),
        ("heads/main", True),
        ("refs/heads/v2", False),
        ("tags/main", False),
        ("v3", False),
        ("V2", False),
        ("1111111", False),
        ("HEAD", UNKNOWN),
        ("refs/pull/1/head", UNKNOWN),
        ("v2#x", UNKNOWN),
        ("a..b", UNKNOWN),
    ],
)
def test_whether_a_name_is_there(name: str, wanted: object) -> None:
    assert has_ref(REFS, name) is wanted


def test_what_leads_to_a_commit() -> None:
    assert [REFS.leads_to(commit) for commit in (ONE, TWO, LABEL, LABEL.upper(), THREE)] == [
        True,
        True,
        True,
        True,
        False,
    ]
    assert Refs(f"{ONE}\trefs/heads/main\n").leads_to(TWO) is UNKNOWN
    assert REFS.tags_of(LABEL) == ["v1.9.0"]
    assert REFS.tags_of(THREE) == []


def test_the_release_that_a_commit_is() -> None:
    assert release_of(["v2", "v2.1.0", "v2.1.0-rc.1"]) == "v2.1.0"
    assert release_of(["v2.9.0", "v2.10.0"]) == "v2.10.0"
    assert release_of(["a/v2.1.0", "b/v1.0.0"]) is None
    assert release_of(["v2", "latest"]) is None


@pytest.mark.parametrize(
    ("comment", "wanted"),
    [
        ("v4.1.2", "v4.1.2"),
        ("4.1.2", "4.1.2"),
        ("v4", "v4"),
        ("4", "4"),
        ("tag=v3, see below", "v3"),
        ("renovate: tag=v3.1.0", "v3.1.0"),
        ("ratchet:actions/checkout@v4.1", "v4.1"),
        ("pin @v4.1.2.", "v4.1.2"),
        ("@graphql/action@5.0.21", "5.0.21"),
        ("create-github-app-token/v0.2.2", "create-github-app-token/v0.2.2"),
        ("v2.7.0+build.1 (kept)", "v2.7.0+build.1"),
        ("2 steps", None),
        ("see v4.1.2", None),
        ("main", None),
        ("v4.1.2#x", None),
    ],
)
def test_the_tag_in_a_comment(comment: str, wanted: str | None) -> None:
    found = tag_in(Text(comment, Source("a", comment), 0, len(comment)))
    assert (None if found is None else str(found)) == wanted
