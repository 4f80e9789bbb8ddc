"""Image references taken apart."""

from __future__ import annotations

import pytest

from infralint.tables.images import full_name, parse_image
from infralint.text.source import Source, text_at
from infralint.text.unknown import Unknown

DIGEST = "sha256:" + "a" * 64


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
