"""References to container images: registry, repository, tag and digest, with what variables leave unknown.

Grammar: https://pkg.go.dev/github.com/distribution/reference
"""

from __future__ import annotations

from collections.abc import Callable

from infralint.text.glob import fits
from infralint.text.record import NamedTuple
from infralint.text.source import Text
from infralint.text.unknown import UNKNOWN, Unknown

Part = Text | Unknown | None
"""A part of a reference: None where it is not written, UNKNOWN where a variable hides it."""

Resolve = Callable[[str], "str | Unknown"]
DEFAULT_REGISTRY = "docker.io"
_DOCKER_HUB = frozenset(("docker.io", "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com"))


class ImageReference(NamedTuple):
    """The parts of a reference as they are written. `name` is registry and repository together.

    The value of a part is what it resolves to; its span is where it is written (the variable, if one is).
    """

    name: Part
    registry: Part
    repository: Part
    tag: Part
    digest: Part


class _Cut(NamedTuple):
    """Offsets of the parts in a text, from and to; None for what is absent."""

    name: tuple[int, int]
    registry: tuple[int, int] | None
    repository: tuple[int, int]
    tag: tuple[int, int] | None
    digest: tuple[int, int] | None


def _mask(text: str) -> str:
    """The text with each variable or expression made as many `\\0`, so that its signs do not count."""
    if "$" not in text and "{{" not in text:
        return text
    out: list[str] = []
    at = 0
    while at < len(text):
        end = at
        if text.startswith("${", at) or text.startswith("{{", at):
            depth, end = 0, at
            while end < len(text):
                if text[end] == "{":
                    depth += 1
                elif text[end] == "}":
                    depth -= 1
                    if depth == 0:
                        break
                end += 1
            end = min(end + 1, len(text))
        elif text[at] == "$":
            end = at + 1
            while end < len(text) and (text[end] == "_" or text[end].isalnum()):
                end += 1
        if end > at:
            out.append("\0" * (end - at))
            at = end
        else:
            out.append(text[at])
            at += 1
    return "".join(out)


def _split(text: str) -> _Cut:
    end = len(text)
    digest = tag = registry = None
    at = text.find("@")
    if at >= 0:
        digest = (at + 1, end)
        end = at
    colon = text.rfind(":", 0, end)
    if colon > text.rfind("/", 0, end):
        tag = (colon + 1, end)
        end = colon
    slash = text.find("/", 0, end)
    if slash > 0:
        host = text[:slash]
        if "." in host or ":" in host or host == "localhost":
            registry = (0, slash)
    return _Cut((0, end), registry, (slash + 1 if registry else 0, end), tag, digest)


def parse_image(text: Text, resolve: Resolve | None = None) -> ImageReference:
    """Take a reference apart. `resolve` gives the value of text that holds variables, or UNKNOWN."""
    mask = _mask(text)
    cut = _split(mask)
    if "\0" not in mask:
        return ImageReference(*(None if span is None else text.slice(*span) for span in cut))
    value = resolve(text) if resolve is not None else UNKNOWN
    if not isinstance(value, Unknown):
        parts: list[Part] = []
        for span, written in zip(_split(value), cut, strict=True):
            if span is None:
                parts.append(None)
                continue
            place = text.slice(*written) if written is not None else text
            same = str(place) == value[span[0] : span[1]]
            parts.append(
                place if same else Text(value[slice(*span)], text.source, place.start, place.end, ((0, place.start),))
            )
        return ImageReference(*parts)

    def known(span: tuple[int, int] | None) -> Part:
        if span is None:
            return None
        return UNKNOWN if "\0" in mask[slice(*span)] else text.slice(*span)

    name, registry, repository, tag, digest = (known(span) for span in cut)
    last = mask[mask.rfind("/", 0, cut.name[1]) + 1 : cut.name[1]]
    if mask.startswith("\0"):  # a variable in front may hold a registry, or a path
        registry = UNKNOWN
        repository = UNKNOWN
    if tag is None and digest is None and "\0" in last:  # it may hold the tag and the digest too
        tag = digest = UNKNOWN
    elif digest is None and isinstance(tag, Unknown):
        digest = UNKNOWN
    elif tag is None and "\0" in last:
        tag = UNKNOWN
    return ImageReference(name, registry, repository, tag, digest)


def writes_tag(text: str) -> bool:
    """Whether a tag is written, be it a variable."""
    return _split(_mask(text)).tag is not None


def host_of(reference: ImageReference) -> str | Unknown:
    """The registry's host, Docker Hub's where none is written."""
    registry = reference.registry
    if isinstance(registry, Unknown):
        return UNKNOWN
    if registry is None or registry.lower() in _DOCKER_HUB:
        return DEFAULT_REGISTRY
    return str(registry).lower()


def full_name(reference: ImageReference) -> str | Unknown:
    """Host and repository in full, without tag: `docker.io/library/python`."""
    host, repository = host_of(reference), reference.repository
    if isinstance(host, Unknown) or isinstance(repository, Unknown) or repository is None:
        return UNKNOWN
    if host == DEFAULT_REGISTRY and "/" not in repository:
        return f"{host}/library/{repository}"
    return f"{host}/{repository}"


def says_rootless(text: str) -> bool:
    """Whether a name or tag promises a user other than root, as distroless, nginx and buildkit spell it."""
    return any(word in text.lower() for word in ("nonroot", "non-root", "rootless", "unprivileged"))


_WITH_OWN_USER = (
    "cimg/*", "circleci/*", "gitpod/*", "jenkins/*", "jupyter/*", "quay.io/jupyter/*", "homebrew/brew", "actions/actions-runner",
    "codercom/*", "linuxbrew/*", "bitnami/*",
)  # fmt: skip
"""Images whose user is not root, by their pages (read 2026-11); a registry in front makes no difference."""


def runs_as_own_user(name: str) -> bool:
    """Whether an image is known to run as a user other than root."""
    host, _, rest = name.partition("/")
    names = (name, rest) if "." in host or ":" in host else (name,)
    return says_rootless(name) or any(fits(one, pattern) for one in names for pattern in _WITH_OWN_USER)


_ROLLING = (
    "gcr.io/distroless/*",
    "cgr.dev/chainguard/*",
    "*/wolfi/*",
    "*/chainguard-base*",
    "gcr.io/oss-fuzz-base/*",
    "gcr.io/k8s-staging-*",
)
"""Images that are published without tags of versions, so that only a digest holds one (their pages, read 2026-11)."""


def has_no_versions(name: str) -> bool:
    """Whether an image is known to be published without tags of versions."""
    return any(fits(name, pattern) for pattern in _ROLLING)


SETS_ONLY_PATH = frozenset(("alpine", "busybox", "debian", "ubuntu"))
"""Official images whose only environment variable is PATH (read off their configurations, 2026-11)."""

WITHOUT_APT = frozenset((
    "alpine", "almalinux", "alt", "amazonlinux", "archlinux", "busybox", "centos", "clearlinux", "crux", "fedora",
    "hello-world", "mageia", "oraclelinux", "photon", "rockylinux", "sl", "sourcemage",
))  # fmt: skip
"""Official images that are built on neither Debian nor Ubuntu (Docker Hub's list of base images, read 2026-11)."""
