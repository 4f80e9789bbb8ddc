"""What references to container images pin, and what is known of the images that they name."""

from __future__ import annotations

from infralint.model.element import UNKNOWN, Truth, Unknown, fact_of, remembered
from infralint.model.shared.image import Image
from infralint.tables.images import DEFAULT_REGISTRY, WITHOUT_APT, has_no_versions, says_rootless, writes_tag
from infralint.tables.images_ended import ended
from infralint.text.quantity import Version


@remembered
def is_official(image: Image) -> Truth:
    """Whether it is one of Docker's official images."""
    name = image.full_name
    if isinstance(name, Unknown):
        return UNKNOWN
    return name.startswith(f"{DEFAULT_REGISTRY}/library/") and not image.is_scratch


@fact_of(Image)
def has_tag(image: Image) -> Truth:
    """Whether a tag is written; a variable in its place counts."""
    tag = image.tag
    if isinstance(tag, Unknown):
        return True if writes_tag(image.reference) else UNKNOWN
    return tag is not None


@fact_of(Image)
def is_untagged(image: Image) -> Truth:
    """Whether neither tag nor digest is written, so that `latest` is meant."""
    if image.is_scratch or has_tag(image) is True or image.is_pinned is True:
        return False
    if isinstance(image.repository, str) and not image.repository.rpartition("/")[2]:
        return UNKNOWN  # the name comes from an argument that is empty until the build passes it
    return UNKNOWN if isinstance(has_tag(image), Unknown) or isinstance(image.is_pinned, Unknown) else True


@fact_of(Image)
def is_placeholder(image: Image) -> bool:
    """Whether the name cannot be one, so that something else is filled in first: `REPLACE-ME`, `<image>`."""
    name = image.repository
    if name is None or isinstance(name, Unknown):
        return False
    words = ("<", "replace", "changeme", "change-me", "placeholder", "your-image", "yourimage", "todo")
    return str(name) != str(name).lower() or any(word in str(name).lower() for word in words)


@fact_of(Image)
def is_latest(image: Image) -> Truth:
    """Whether the tag is `latest` and no digest holds it."""
    tag, digest = image.tag, image.digest
    if tag is None or (not isinstance(tag, Unknown) and str(tag) != "latest"):
        return False
    if isinstance(tag, Unknown) or isinstance(digest, Unknown):
        return UNKNOWN
    return digest is None


@fact_of(Image)
def described(image: Image) -> str:
    """The reference in backquotes, where a variable stands in it with what that resolves to: "`$BASE` (`debian:13`)"."""
    name, tag, digest = image.name, image.tag, image.digest
    written = f"`{image.reference}`"
    if "$" not in image.reference or name is None or any(isinstance(part, Unknown) for part in (name, tag, digest)):
        return written
    resolved = f"{name}{f':{tag}' if tag is not None else ''}{f'@{digest}' if digest is not None else ''}"
    return written if resolved == image.reference else f"{written} (`{resolved}`)"


@fact_of(Image)
def is_rolling(image: Image) -> bool:
    """Whether it is published without tags of versions, so that only a digest could hold one: distroless, Chainguard."""
    return image.name is not None and not isinstance(image.name, Unknown) and has_no_versions(str(image.name))


@fact_of(Image)
def end_of_life(image: Image) -> str | Unknown | None:
    """What in it gets no security updates any more, by name and tag: "Debian buster", "Python 3.8"."""
    name, tag = image.full_name, image.tag
    if isinstance(name, Unknown) or isinstance(tag, Unknown):
        return UNKNOWN
    return ended(name, None if tag is None else str(tag))


@fact_of(Image)
def is_rootless(image: Image) -> Truth:
    """Whether name or tag say that it runs as a user of its own: nonroot, rootless, unprivileged."""
    unknown = False
    for part in (image.name, image.tag):
        if isinstance(part, Unknown):
            unknown = True
        elif part is not None and says_rootless(str(part)):
            return True
    return UNKNOWN if unknown and image.name is UNKNOWN else False


@fact_of(Image)
def is_alpine(image: Image) -> Truth:
    """Whether name or tag say Alpine, whose sh is BusyBox's."""
    parts = [image.name, image.tag]
    if any(part is not None and not isinstance(part, Unknown) and "alpine" in part.lower() for part in parts):
        return True
    return UNKNOWN if any(isinstance(part, Unknown) for part in parts) else False


@fact_of(Image)
def has_docker_clean_hook(image: Image) -> Truth:
    """Whether it is known to delete what apt downloads: the official images that are built on Debian or Ubuntu."""
    if is_official(image) is not True:
        return is_official(image)
    return str(image.short_name) not in WITHOUT_APT and is_alpine(image) is not True


@fact_of(Image)
def version(image: Image) -> Version | Unknown | None:
    """The version that its tag begins with: 3.13 of `3.13-slim`; None where the tag is a word, or none is written."""
    tag = image.tag
    return tag if tag is None or isinstance(tag, Unknown) else Version.read(tag)


@fact_of(Image)
def is_from(image: Image, hosts: list[str]) -> Truth:
    """Whether the registry is one of these; an entry may also name a host with a path."""
    name = image.full_name
    if isinstance(name, Unknown):
        host = image.host
        return UNKNOWN if isinstance(host, Unknown) else True if host in hosts else UNKNOWN
    return any(name == entry or name.startswith(entry.rstrip("/") + "/") for entry in hosts)
