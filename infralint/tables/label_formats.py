"""The forms that the values of image labels have: addresses, times, licences, commits, versions.

Source: https://specs.opencontainers.org/image-spec/annotations/ and the standards that it names (read 2026-11).
"""

from __future__ import annotations

from infralint.text import regex as re

FORMATS = ("url", "time", "license", "commit", "version", "email")


def fits(form: str, text: str) -> bool | None:
    """Whether a text has one of FORMATS; None for a form that is not among them."""
    if form == "license":
        from infralint.tables.spdx import is_license

        return is_license(text)
    pattern = {
        "url": r"(?i)[a-z][a-z0-9+.-]*://[^\s/?#]+[^\s]*|mailto:[^\s@]+@[^\s@]+",
        "time": r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])[Tt ](?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?"
        r"(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)",
        "commit": r"[0-9a-f]{7,40}|[0-9a-f]{64}",
        "version": r"(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)"
        r"(?:-(?:0|[1-9]\d*|\d*[A-Za-z-][\dA-Za-z-]*)(?:\.(?:0|[1-9]\d*|\d*[A-Za-z-][\dA-Za-z-]*))*)?"
        r"(?:\+[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*)?",
        "email": r"[^\s@<>,;]+@[^\s@<>,;.]+(?:\.[^\s@<>,;.]+)+",
    }.get(form)
    return (
        None
        if pattern is None
        else re.fullmatch(pattern, text, re.ASCII if form in ("time", "version") else 0) is not None
    )
