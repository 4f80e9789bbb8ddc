"""The formats by name; each is loaded when it is asked for. A new one is a module and a row here."""

from __future__ import annotations

from importlib import import_module

from infralint.engine.report import Report
from infralint.output.escape import fitted
from infralint.text.record import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO


class Format(NamedTuple):
    """Where the function stands that writes a report, and what its files are called."""

    function: str
    """`module:function` in this folder."""
    ending: str = ""
    """The ending of a file name that means this format, without the dot."""
    shows_pages: bool = False
    """Whether it shows the pages of the rules, which are then read."""


FORMATS = {
    "text": Format("text:to_text", "txt"),
    "concise": Format("concise:to_concise"),
    "json": Format("json:to_json", "json", shows_pages=True),
    "github": Format("github:to_github"),
    "sarif": Format("sarif:to_sarif", "sarif", shows_pages=True),
    "gitlab": Format("gitlab:to_code_quality"),
    "gitlab-sast": Format("gitlab:to_sast", shows_pages=True),
    "junit": Format("xml:to_junit", "xml"),
    "checkstyle": Format("xml:to_checkstyle"),
    "rdjson": Format("rdjson:to_rdjson", "rdjson"),
    "azure": Format("azure:to_azure"),
    "markdown": Format("markdown:to_markdown", "md", shows_pages=True),
    "html": Format("html:to_html", "html", shows_pages=True),
}
NAMES = tuple(FORMATS)


def render(name: str, report: Report, *, color: bool = False) -> str:
    """The report in a format; only `text` knows colour. Raises ValueError for an unknown name."""
    if name not in FORMATS:
        raise ValueError(f"unknown format {name!r}; known are {', '.join(NAMES)}")
    module, _, function = FORMATS[name].function.partition(":")
    written = getattr(import_module(f"infralint.output.{module}"), function)
    text: str = written(report, color=color) if name == "text" else written(report)
    return text


def write(name: str, report: Report, stream: TextIO, *, color: bool = False) -> None:
    """Print the report in a format; what the stream's encoding lacks is written in ASCII."""
    stream.write(fitted(render(name, report, color=color), getattr(stream, "encoding", None)))
