"""Text that an outsider writes and one job hands to the next: in a dotenv report, in a build's meta-data."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.analysis.pipelines.scripts import commands_of_script
from infralint.analysis.pipelines.untrusted import OutsiderUse, outsider_uses_in_pipeline
from infralint.model.element import Element, noun_of
from infralint.model.pipelines.buildkite import BuildkiteDocument
from infralint.model.pipelines.document import PipelineDocument
from infralint.model.pipelines.gitlab import GitlabDocument
from infralint.model.shared.value import get, scalars
from infralint.text import regex as re

_TARGET = re.compile(r">>?[ \t]{0,20}[\"']?([\w./${}-]{1,200}+)")
_LINES = re.compile(r"MESSAGE|DESCRIPTION|PAYLOAD")
"""In the names of variables that may hold more than one line."""
_SET = re.compile(r"\bmeta-data[ \t]+set[ \t]+[\"']?([\w.:/-]{1,200}+)")
_GET = re.compile(r"\bmeta-data[ \t]+get[ \t]+[\"']?([\w.:/-]{1,200}+)")


class CarriedText(Element):
    """A place where a job writes what an outsider decides into what later jobs read. It stands at the variable."""

    __slots__ = ("carrier", "has_lines", "name")
    name: str
    """The variable that is written."""
    carrier: str
    """What carries it: `dotenv report build.env`, `meta-data title`."""
    has_lines: bool
    """Whether it may hold line breaks, each of which sets a further variable of the later jobs."""

    def __init__(self, at: Element, name: str, carrier: str, *, has_lines: bool) -> None:
        super().__init__(at.source, at.start, at.end)
        self.name = name
        self.carrier = carrier
        self.has_lines = has_lines


@noun_of(PipelineDocument, "carried_text")
def carried_texts_in(file: PipelineDocument) -> list[CarriedText]:
    """Text of outsiders that jobs of the file hand to others."""
    if isinstance(file, GitlabDocument):
        return list(_reports(file)) if "dotenv" in file.source.text else []
    if isinstance(file, BuildkiteDocument):
        return list(_meta_data(file)) if "meta-data" in file.source.text else []
    return []


def _reports(file: GitlabDocument) -> Iterator[CarriedText]:
    uses = outsider_uses_in_pipeline(file)
    seen = set()
    for job in file.jobs:
        names = {str(text).removeprefix("./") for text in scalars(get(job.node, "artifacts", "reports", "dotenv"))}
        if not names:
            continue
        for script in job.scripts:
            for use in uses:
                if not script.text.start <= use.start < script.text.end or script.source is not use.source:
                    continue
                line = _line_around(use)
                target = _TARGET.search(line)
                written = target is not None and target[1].removeprefix("./") in names
                if written and "|" not in line and (use.start, use.end) not in seen:
                    seen.add((use.start, use.end))
                    has_lines = _LINES.search(use.name) is not None
                    yield CarriedText(use, use.name, f"dotenv report {target[1]}", has_lines=has_lines)  # type: ignore[index]


def _line_around(use: OutsiderUse) -> str:
    text = use.source.text
    end = text.find("\n", use.end)
    return text[text.rfind("\n", 0, use.start) + 1 : end if end >= 0 else len(text)]


def _meta_data(file: BuildkiteDocument) -> Iterator[CarriedText]:
    read = {
        match[1]
        for script in file.scripts
        for command in commands_of_script(script)
        for match in _GET.finditer(command.source.text[command.start : command.end])
    }
    pasted = [one for one in file.substitutions if one.into == "script" and one.writer in ("outsider", "writer")]
    for script in file.scripts if read else ():
        for command in commands_of_script(script):
            match = _SET.search(command.source.text[command.start : command.end])
            for one in pasted if match is not None and match[1] in read else ():
                if one.source is command.source and command.start <= one.start < command.end:
                    yield CarriedText(one, one.name, f"meta-data {match[1]}", has_lines=False)  # type: ignore[index]
