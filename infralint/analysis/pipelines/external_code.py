"""Code that a pipeline takes from elsewhere: whether its version can move."""

from __future__ import annotations

from infralint.model.element import UNKNOWN, Truth, Unknown, fact_of
from infralint.model.pipelines.job import ExternalCode
from infralint.text import regex as re

_BRANCHES = frozenset(
    (
        "main",
        "master",
        "develop",
        "development",
        "dev",
        "trunk",
        "head",
        "latest",
        "~latest",
        "stable",
        "edge",
        "next",
        "volatile",
        "nightly",
    )
)

_RELEASE = re.compile(r"v?\d+\.\d+\.\d+(?:[-+][\w.+-]+)?|[0-9a-f]{40}")
"""A version of a component that is no range: `1.2` means the newest 1.2.x."""


@fact_of(ExternalCode)
def is_moving(external_code: ExternalCode) -> Truth:
    """Whether it means the newest code: without a version, at a branch, at a word such as `latest`; unknown for a variable."""
    if external_code.is_immutable is True:
        return False
    version = external_code.version
    if isinstance(version, Unknown) or external_code.is_immutable is UNKNOWN:
        return UNKNOWN
    if version is not None and external_code.form in ("component", "orb"):
        return _RELEASE.fullmatch(version) is None
    return version is None or _is_branch(str(version))


def _is_branch(version: str) -> bool:
    low = version.lower().removeprefix("refs/heads/")
    return (
        low != version.lower()
        or low in _BRANCHES
        or re.fullmatch(r"(?:feature|release|hotfix|bugfix|fix)/.*", low) is not None
    )


@fact_of(ExternalCode)
def is_range(external_code: ExternalCode) -> bool:
    """Whether the version means the newest of a series: `1.2` of a component or an orb."""
    version = external_code.version
    return (
        not isinstance(version, Unknown)
        and version is not None
        and re.fullmatch(r"v?\d+(?:\.\d+)?", version) is not None
    )


@fact_of(ExternalCode)
def version_words(external_code: ExternalCode) -> str:
    """How its version is said: "has no version", "is at `main`"."""
    version = external_code.version
    return "has no version" if version is None or isinstance(version, Unknown) else f"is taken at `{version}`"
