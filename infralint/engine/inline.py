"""Dockerfiles that stand in a compose file (`dockerfile_inline`): judged as Dockerfiles, reported in the compose file."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from infralint.engine.judge import Judgement, judge
from infralint.engine.session import Session
from infralint.engine.settings import Settings
from infralint.model import kinds
from infralint.model.document import Document, Problem
from infralint.model.element import UNKNOWN
from infralint.syntax import yaml
from infralint.text.finding import Finding, Place, place_at
from infralint.text.source import Source, Text

KEY = "dockerfile_inline"
NAME = "dockerfile_inline.Dockerfile"


def judge_inline(session: Session, document: Document, settings: Settings, variants: frozenset[str]) -> Judgement:
    """What the rules for Dockerfiles find in the Dockerfiles that a compose file holds."""
    result = Judgement()
    if document.kind != "compose" or KEY not in document.source.text:
        return result
    rules = session.book.of("dockerfile", settings, variants)
    for service, text, folder in _inline_dockerfiles(document):
        inner = kinds.load(Source(posixpath.join(folder, NAME), str(text)), session.index, "dockerfile")
        judged = judge(inner, rules)
        for finding in judged.findings:
            if finding.path == inner.source.path and "$" not in _lines(inner.source, finding.place):
                result.findings.append(_moved(finding, document, text, f"{service}.build.{KEY}"))
        for problem in judged.problems:
            start, end = text.offset(problem.start), text.offset(problem.end)
            result.problems.append(Problem(problem.name, problem.message, document.source, start, end))
    return result


def _inline_dockerfiles(document: Document) -> Iterator[tuple[str, Text, str]]:
    """(service, the Dockerfile's text, the folder that it is built from) of each that stands in this very file."""
    for service in document.nouns["service"].of(document):
        build = service.build
        if build is None or build is UNKNOWN or not build.is_inline:
            continue
        text = yaml.text(build.node.get(KEY))
        if text is None or text.source is not document.source or not text.pieces:
            continue
        context = build.context
        folder = str(context) if isinstance(context, str) and "://" not in context else "."
        below = posixpath.normpath(posixpath.join(posixpath.dirname(document.source.path), folder))
        yield str(service.name), text, "" if below.startswith(("..", "/")) or below == "." else below


def _lines(source: Source, place: Place) -> str:
    """The lines of a place: what compose puts in for `$` there is unknown."""
    return source.text[source.line_span(place.line).start : source.line_span(place.end_line).end]


def _moved(finding: Finding, document: Document, text: Text, key: str) -> Finding:
    """A finding at its place in the compose file; its fix would be one of another file."""

    def place(old: Place) -> Place:
        start = text.offset(old.start)
        end = text.offset(old.end - 1) + 1 if old.end > old.start else start
        return place_at(document.source, start, end)

    inner = finding.path
    finding.related = tuple((place(at) if at.path == inner else at, say) for at, say in finding.related)
    finding.place = place(finding.place)
    finding.fix = None
    finding.kind = document.kind
    finding.key = f"{key}.{finding.key}" if finding.key else key
    if finding.cause:
        finding.cause = finding.cause.replace(inner, document.source.path)
    return finding
