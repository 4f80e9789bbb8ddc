"""What every build knows without being told, and which images bring the programs that health checks call.

Sources: https://docs.docker.com/build/building/variables/#pre-defined-build-arguments and the images' Dockerfiles at
https://github.com/docker-library (read 2026-11).
"""

from __future__ import annotations

_PREDEFINED = frozenset(
    [
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "FTP_PROXY",
        "NO_PROXY",
        "ALL_PROXY",
        "SOURCE_DATE_EPOCH",
        "TARGETPLATFORM",
        "TARGETOS",
        "TARGETARCH",
        "TARGETVARIANT",
        "BUILDPLATFORM",
        "BUILDOS",
        "BUILDARCH",
        "BUILDVARIANT",
    ]
)
_CLIENT = frozenset(("DOCKER_BUILDKIT", "COMPOSE_DOCKER_CLI_BUILD", "COMPOSE_BAKE"))
"""Settings of the client that choose the builder; as arguments they do nothing, and no build lacks them."""

_BARE = frozenset(("debian", "ubuntu", "scratch"))
"""Official images that bring neither curl nor wget."""
_FULL = frozenset(("python", "node", "golang", "ruby", "rust", "openjdk", "gcc", "perl", "php"))
"""Official images that bring both, but for their slim and alpine tags."""


def is_predefined_argument(name: str) -> bool:
    """Whether a build takes an argument of this name although no ARG declares it."""
    return name.upper() in _PREDEFINED or name in _CLIENT or name.startswith("BUILDKIT_")


def lacks(reference: str, tool: str) -> bool:
    """Whether an image is known to bring neither curl nor wget, or not the one of the two that is asked for."""
    name, _, tag = reference.partition("@")[0].partition(":")
    name = name.removeprefix("docker.io/").removeprefix("library/")
    if "/" in name:
        return name.startswith("gcr.io/distroless/") and "debug" not in tag
    if name in ("alpine", "busybox") or (name in _FULL and "alpine" in tag):
        return tool == "curl" and not (name == "php" and "alpine" in tag)
    if name == "php":
        return False
    return name in _BARE or (name in _FULL and "slim" in tag)
