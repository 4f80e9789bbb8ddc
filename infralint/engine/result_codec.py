"""What came of a file as plain values of JSON, and back."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.engine.files import FileResult
from infralint.engine.mask import hidden_in
from infralint.engine.recording import RecordingIndex
from infralint.engine.report import Notice
from infralint.model.project import summary
from infralint.text.edit import Edit, Fix, Safety
from infralint.text.finding import Confidence, Finding, Place, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SUMMARIES: dict[str, Any] = {
    name: one for name, one in vars(summary).items() if isinstance(one, type) and issubclass(one, tuple)
}
"""The classes of which summaries are made, by name."""
TEXTS = (
    "rule", "kind", "title", "message", "key", "profile", "cause", "first_id", "suppressed", "is_at_noun",
)  # fmt: skip
LISTS = ("same_as", "part_of", "aliases", "also_reported_by")


class Unstorable(Exception):
    """A value that JSON cannot hold."""


def encoded(done: FileResult) -> list[Any]:
    """A result as lists of plain values. Raises Unstorable."""
    return [
        done.path,
        done.kind,
        done.is_fixture,
        [_encoded_finding(one) for one in done.findings],
        [_encoded_finding(one) for one in done.silenced],
        [list(one) for one in done.notices],
        [list(one) for one in done.masks],
        _plain(done.summary),
        [encoded(one) for one in done.elsewhere],
    ]


def decoded(row: list[Any], index: RecordingIndex) -> FileResult:
    """The result of plain values. What it hides is read from the file again: secrets are not stored."""
    path, kind, is_fixture, findings, silenced, notices, masks, told, elsewhere = row
    done = FileResult(path, kind)
    done.is_fixture = is_fixture
    done.findings = [_decoded_finding(one) for one in findings]
    done.silenced = [_decoded_finding(one) for one in silenced]
    done.notices = [Notice(*one) for one in notices]
    done.masks = [(start, end) for start, end in masks]
    if done.masks:
        source = index.source(path)
        done.hidden = hidden_in(source, done.masks) if source is not None else []
    done.summary = _valued(told)
    done.elsewhere = [decoded(one, index) for one in elsewhere]
    return done


def leaves(value: Any) -> Iterator[str]:
    """Every text in plain values."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from leaves(one)


def _encoded_finding(one: Finding) -> list[Any]:
    fix = one.fix
    return [
        [_plain(getattr(one, name)) for name in TEXTS],
        [list(getattr(one, name)) for name in LISTS],
        [int(one.severity), int(one.confidence)],
        list(one.place),
        [[list(place), say] for place, say in one.related],
        None if fix is None else [fix.title, int(fix.safety), [list(edit) for edit in fix.edits]],
    ]


def _decoded_finding(row: list[Any]) -> Finding:
    texts, lists, (severity, confidence), place, related, fix = row
    named = dict(zip(TEXTS, texts, strict=True))
    made = Finding(
        named["rule"],
        named["kind"],
        Severity(severity),
        Confidence(confidence),
        named["title"],
        named["message"],
        Place(*place),
        related=tuple((Place(*at), say) for at, say in related),
        fix=None if fix is None else Fix(fix[0], Safety(fix[1]), [Edit(*edit) for edit in fix[2]]),
        key=named["key"],
        profile=named["profile"],
    )
    made.cause, made.first_id = named["cause"], named["first_id"]
    made.suppressed, made.is_at_noun = named["suppressed"], named["is_at_noun"]
    made.same_as, made.part_of, made.aliases, made.also_reported_by = (tuple(one) for one in lists)
    return made


def _plain(value: Any) -> Any:
    """A summary as lists that begin with the name of its class, "" for a plain tuple."""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, str):
        return str(value)
    name = type(value).__name__
    if isinstance(value, tuple) and (type(value) is tuple or SUMMARIES.get(name) is type(value)):
        return ["" if type(value) is tuple else name, *map(_plain, value)]
    raise Unstorable(name)


def _valued(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    name, *fields = value
    inner = map(_valued, fields)
    return SUMMARIES[name](*inner) if name else tuple(inner)
