"""Tags, digests and registries of images."""

from __future__ import annotations

import pytest

from infralint.analysis.shared.images import is_from, is_latest, is_official, is_untagged
from infralint.model.shared.image import Image
from infralint.syntax.interpolation import expand
from infralint.text.source import Source, text_at
from infralint.text.unknown import UNKNOWN, Unknown

DIGEST = "sha256:" + "a" * 64


VALUES = {"V": "3.12", "BASE": f"ghcr.io/a/b:1@{DIGEST}"}


def image(text: str) -> Image:
    return Image(
        text_at(Source("x", text), 0, len(text)),
        lambda word: expand(word, lambda name: VALUES.get(name, UNKNOWN), "docker"),
    )


def test_a_known_variable_has_its_value_and_its_own_place() -> None:
    found = image("python:$V")
    assert (found.tag, is_official(found), is_untagged(found)) == ("3.12", True, False)
    assert not isinstance(found.tag, Unknown)
    assert found.tag is not None
    assert found.tag.raw == "$V"
    whole = image("$BASE")
    assert (whole.registry, whole.tag, whole.is_pinned) == ("ghcr.io", "1", True)


@pytest.mark.parametrize(
    ("text", "untagged", "latest", "pinned"),
    [
        ("a", True, False, False), ("a:latest", False, True, False), (f"a:latest@{DIGEST}", False, False, True),
        ("scratch", False, False, False), ("$X/app", True, False, False), ("a:$X", False, UNKNOWN, UNKNOWN),
        ("a:${X}", False, UNKNOWN, UNKNOWN), ("$X", UNKNOWN, UNKNOWN, UNKNOWN), ("a$X", UNKNOWN, UNKNOWN, UNKNOWN),
        ("$X:latest", False, True, False), (f"$X@{DIGEST}", False, UNKNOWN, True),
    ],
)  # fmt: skip
def test_variables_leave_only_what_they_hide_unknown(
    text: str, untagged: object, latest: object, pinned: object
) -> None:
    found = image(text)
    assert is_untagged(found) is untagged
    assert is_latest(found) is latest or f"{latest}" == "unknown"
    assert found.is_pinned is pinned


def test_registries_are_compared_by_host_or_path() -> None:
    assert is_from(image("ghcr.io/us/app:1"), ["ghcr.io/us"]) is True
    assert is_from(image("ghcr.io/usurper/app:1"), ["ghcr.io/us"]) is False
    assert isinstance(is_from(image("$X"), ["ghcr.io"]), Unknown)
