"""The formats by name; each is loaded when it is asked for."""

from __future__ import annotations

from typing import TextIO

from infralint.engine.report import Report

NAMES = ("text", "concise", "json", "github", "sarif")


def render(name: str, report: Report, *, color: bool = False) -> str:
    """The report in a format; only `text` knows colour. Raises ValueError for an unknown name."""
    if name == "text":
        from infralint.output.text import to_text

        return to_text(report, color=color)
    if name == "concise":
        from infralint.output.concise import to_concise

        return to_concise(report)
    if name == "json":
        from infralint.output.json import to_json

        return to_json(report)
    if name == "github":
        from infralint.output.github import to_github

        return to_github(report)
    if name == "sarif":
        from infralint.output.sarif import to_sarif

        return to_sarif(report)
    raise ValueError(f"unknown format {name!r}; known are {', '.join(NAMES)}")


def write(name: str, report: Report, stream: TextIO, *, color: bool = False) -> None:
    """Print the report in a format; what the stream's encoding lacks is written in ASCII."""
    from infralint.output.escape import fitted

    stream.write(fitted(render(name, report, color=color), getattr(stream, "encoding", None)))
