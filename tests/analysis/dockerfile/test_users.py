"""Users of images."""

from __future__ import annotations

import pytest

from infralint.analysis.dockerfile.users import is_root
from infralint.model.dockerfile.document import KIND, DockerfileDocument
from infralint.model.element import Unknown
from infralint.model.index import Index
from infralint.text.source import Source


def read(text: str) -> DockerfileDocument:
    return DockerfileDocument(Source("Dockerfile", text), Index("/nowhere"), KIND)


def test_the_user_is_inherited_along_stages() -> None:
    document = read("FROM a AS base\nUSER app:grp\nFROM base\nRUN x\nFROM b\nFROM 'base'\nUSER 0:0\n")
    base, child, other, last = document.stages
    assert (base.user, child.user, other.user) == (base.user, base.user, None)
    assert base.user is not None
    assert (base.user.name, base.user.group, is_root(base.user), last.is_final) == ("app", "grp", False, True)
    assert last.user is not None
    assert is_root(last.user) is True


@pytest.mark.parametrize(
    ("text", "as_root"),
    [
        ("FROM a\nUSER root", True), ("FROM a\nARG U=root\nUSER $U", True),
        ("FROM a\nENV U=me\nARG U=root\nUSER ${U}", False),
        ("FROM a\nUSER $U", None), ("FROM a\nARG U\nUSER $U", None), ("ARG U=root\nFROM a\nARG U\nUSER $U", True),
        ("ARG U=root\nFROM a\nUSER $U", None), ("FROM a\nUSER ${U:-root}", None),
        ("FROM scratch\nUSER ${U:-root}", True),
        ("FROM a\nUSER $U\nENV U=root", None), ("FROM a AS b\nENV U=root\nFROM b\nUSER $U", True),
        ("FROM a AS b\nARG U=root\nFROM b\nUSER $U", None),
    ],
)  # fmt: skip
def test_variables_of_a_user(text: str, as_root: bool | None) -> None:
    user = read(text).stages[-1].user
    assert user is not None
    assert isinstance(is_root(user), Unknown) if as_root is None else is_root(user) is as_root
