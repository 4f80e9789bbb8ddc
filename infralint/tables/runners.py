"""Labels of the runners that GitHub hosts.

Source: https://docs.github.com/en/actions/reference/runners/github-hosted-runners, as of 2026-11.
"""

# ruff: noqa: SIM905 - the tables read better as words

from __future__ import annotations

import re

HOSTED = frozenset(
    """ubuntu-latest ubuntu-26.04 ubuntu-24.04 ubuntu-22.04 ubuntu-20.04 ubuntu-26.04-arm ubuntu-24.04-arm ubuntu-22.04-arm
    ubuntu-slim ubuntu-latest-4-cores ubuntu-latest-8-cores ubuntu-latest-16-cores windows-latest windows-2025
    windows-2025-vs2026 windows-2022 windows-2019 windows-11-arm windows-latest-8-cores
    macos-latest macos-latest-large macos-latest-xlarge macos-26 macos-26-large macos-26-xlarge macos-26-intel macos-15
    macos-15-intel macos-15-large macos-15-xlarge macos-14 macos-14-large macos-14-xlarge macos-13 macos-13-large
    macos-13-xlarge""".split()
)
OWN = frozenset("self-hosted linux macos windows x64 arm arm64".split())
"""Labels that every runner of one's own has."""

_SYSTEMS = ("ubuntu", "windows", "macos")


def looks_hosted(label: str) -> bool:
    """Whether a label has the shape of those that GitHub hosts: a system and its version."""
    return (
        re.fullmatch(r"(?:ubuntu|windows|macos|linux|osx|debian)-(?:latest|oldest|newest|\d+(?:\.\d+)?)", label.lower())
        is not None
    )


def system_of(label: str) -> str | None:
    """The system of a hosted runner's label."""
    lower = label.lower()
    return next((system for system in _SYSTEMS if lower.startswith(system + "-")), None) if lower in HOSTED else None
