from __future__ import annotations

import pytest

from infralint.model.shared.image import Image
from infralint.syntax.interpolation import expand
from infralint.tables.images import full_name, parse_image
from infralint.text.source import Source, text_at
from infralint.text.unknown import UNKNOWN, Unknown

DIGEST = "sha256:" + "a" * 64
VALUES = {"V": "3.12", "BASE": f"ghcr.io/a/b:1@{DIGEST}"}


def image(text: str) -> Image:
    return Image(
        text_at(Source("x", text), 0, len(text)),
        lambda word: expand(word, lambda name: VALUES.get(name, UNKNOWN), "docker"),
    )


@pytest.mark.parametrize(
    ("text", "registry", "repository", "tag", "digest", "full"),
    [
        ("python", None, "python", None, None, "docker.io/library/python"),
        ("bitnami/redis:7", None, "bitnami/redis", "7", None, "docker.io/bitnami/redis"),
        ("localhost:5000/a/b", "localhost:5000", "a/b", None, None, "localhost:5000/a/b"),
        (f"ghcr.io/a/b:1@{DIGEST}", "ghcr.io", "a/b", "1", DIGEST, "ghcr.io/a/b"),
        ("docker.io/nginx:x", "docker.io", "nginx", "x", None, "docker.io/library/nginx"),
    ],
)
def test_parts(
    text: str, registry: str | None, repository: str, tag: str | None, digest: str | None, full: str
) -> None:
    parts = parse_image(text_at(Source("x", text), 0, len(text)))
    assert (parts.registry, parts.repository, parts.tag, parts.digest) == (registry, repository, tag, digest)
    assert full_name(parts) == full
    for part in parts:
        assert part is None or isinstance(part, Unknown) or part.raw == part


def test_a_known_variable_has_its_value_and_its_own_place() -> None:
    found = image("python:$V")
    assert (found.tag, found.is_official, found.is_untagged) == ("3.12", True, False)
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
    assert found.is_untagged is untagged
    assert found.is_latest is latest or f"{latest}" == "unknown"
    assert found.is_pinned is pinned


def test_registries_are_compared_by_host_or_path() -> None:
    assert image("ghcr.io/us/app:1").is_from(["ghcr.io/us"]) is True
    assert image("ghcr.io/usurper/app:1").is_from(["ghcr.io/us"]) is False
    assert isinstance(image("$X").is_from(["ghcr.io"]), Unknown)
