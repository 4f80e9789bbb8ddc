"""Labels of the runners that GitHub hosts.

Source: https://docs.github.com/en/actions/reference/runners/github-hosted-runners, as of 2026-11.
"""

# ruff: noqa: SIM905 - the tables read better as words

from __future__ import annotations

from infralint.text import regex as re

HOSTED = frozenset(
    """ubuntu-latest ubuntu-26.04 ubuntu-24.04 ubuntu-22.04 ubuntu-26.04-arm ubuntu-24.04-arm ubuntu-22.04-arm
    ubuntu-slim ubuntu-latest-4-cores ubuntu-latest-8-cores ubuntu-latest-16-cores windows-latest windows-2025
    windows-2025-vs2026 windows-2022 windows-11-arm windows-11-vs2026-arm windows-latest-8-cores
    macos-latest macos-latest-large macos-latest-xlarge macos-26 macos-26-large macos-26-xlarge macos-26-intel macos-15
    macos-15-intel macos-15-large macos-15-xlarge""".split()
)
RETIRED = {
    "macos-10.15": "2022-08", "macos-11": "2024-06", "macos-12": "2024-12", "macos-12-large": "2024-12",
    "macos-13": "2025-12", "macos-13-large": "2025-12", "macos-13-xlarge": "2025-12",
    "macos-14": "2026-11", "macos-14-large": "2026-11", "macos-14-xlarge": "2026-11",
    "ubuntu-16.04": "2021-09", "ubuntu-18.04": "2023-04", "ubuntu-20.04": "2025-04",
    "windows-2016": "2022-04", "windows-2019": "2025-06",
}  # fmt: skip
"""Labels that GitHub hosted once, with the month in which it took them away (https://github.com/actions/runner-images)."""
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
    if lower not in HOSTED and lower not in RETIRED:
        return None
    return next((system for system in _SYSTEMS if lower.startswith(system + "-")), None)
