"""Images of systems and runtimes that have got no security updates for half a year or more, as of 2026-11-01.

From the publishers' own schedules (Debian and Ubuntu without paid support, Alpine, Fedora, Python, Node.js, PHP,
Ruby, PostgreSQL, .NET, ...). What is not here is not known to have ended: a later table will hold more. The half year is
for those who are about to move.
"""

from __future__ import annotations

from infralint.tables.images import DEFAULT_REGISTRY
from infralint.text import regex as re

_LIBRARY = f"{DEFAULT_REGISTRY}/library/"
_MICROSOFT = "mcr.microsoft.com/"
_VERSIONS = {
    "alpine": ("Alpine Linux", "<=3.20"),
    "amazonlinux": ("Amazon Linux", "<=1 2016 2017 2018"),
    "debian": ("Debian", "<=10"),
    "elasticsearch": ("Elasticsearch", "<=6"),
    "fedora": ("Fedora", "<=41"),
    "golang": ("Go", "<=1.23"),
    "mariadb": ("MariaDB", "<=10.5 10.7 10.8 10.9 10.10 11.0 11.1 11.2"),
    "mongo": ("MongoDB", "<=6"),
    "mysql": ("MySQL", "<=8.3"),
    "node": ("Node.js", "<=21 23"),
    "opensuse/leap": ("openSUSE Leap", "<=15.6"),
    "oraclelinux": ("Oracle Linux", "<=7"),
    "php": ("PHP", "<=8.1"),
    "postgres": ("PostgreSQL", "<=13"),
    "python": ("Python", "<=3.9"),
    "redis": ("Redis", "<=6.0"),
    "ruby": ("Ruby", "<=3.2"),
    "tomcat": ("Tomcat", "<=8"),
    "ubuntu": ("Ubuntu", "<=20.10 21 22.10 23 24.10 25.04"),
}
_DOTNET = ("sdk", "aspnet", "runtime", "runtime-deps")
_SYSTEMS = {
    **dict.fromkeys(("wheezy", "jessie", "stretch", "buster"), "Debian"),
    **dict.fromkeys(
        (
            "trusty",
            "xenial",
            "bionic",
            "focal",
            "groovy",
            "hirsute",
            "impish",
            "kinetic",
            "lunar",
            "mantic",
            "oracular",
            "plucky",
        ),
        "Ubuntu",
    ),
}
_ABANDONED = frozenset(("adoptopenjdk", "centos", "java", "jenkins", "openjdk"))
"""Official images that nobody updates any more, whatever their tag."""


def ended(name: str, tag: str | None) -> str | None:
    """What in an image gets no updates any more, in words; None where nothing is known to.

    `name` is the name in full (`docker.io/library/python`), `tag` None where none is written.
    """
    if not name.startswith((_LIBRARY, _MICROSOFT, "docker.io/opensuse/")):
        return None
    short = name.removeprefix(_LIBRARY).removeprefix("docker.io/")
    words = re.split(r"[-_]", (tag or "").lower())
    if short in _ABANDONED:
        return None if "ea" in words else f"the image {short}"
    if tag is None:
        return None
    if short.startswith(_MICROSOFT + "dotnet/"):
        product, bound = (
            (".NET Core", "<=3")
            if "/core/" in short
            else (".NET", "<=7")
            if short.rpartition("/")[2] in _DOTNET
            else ("", "")
        )
    else:
        product, bound = _VERSIONS.get(short, ("", ""))
    version = re.match(r"\d+(?:\.\d+)*", words[0])
    if product and version and _has_ended(version[0], bound):
        return f"{product} {version[0]}"
    for word in words:
        if word in _SYSTEMS:
            return f"{_SYSTEMS[word]} {word}"
        alpine = re.fullmatch(r"alpine(\d+\.\d+)", word)
        if alpine and _has_ended(alpine[1], _VERSIONS["alpine"][1]):
            return f"Alpine Linux {alpine[1]}"
    return None


def _has_ended(version: str, bounds: str) -> bool:
    """Whether a version is among the bounds: `<=3.10` and all before, `23` and all of it. `3` alone is the newest 3."""
    own = [int(part) for part in version.split(".")]
    for bound in bounds.split():
        last = [int(part) for part in bound.removeprefix("<=").split(".")]
        if not bound.startswith("<="):
            if own[: len(last)] == last:
                return True
        elif own[: len(last)] <= last if len(own) >= len(last) else own < last[: len(own)]:
            return True
    return False
