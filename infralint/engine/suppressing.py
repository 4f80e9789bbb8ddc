"""Comments that suppress today's findings, written where each format takes them, and judged before they are kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from infralint.engine.baseline import REASON, Baseline, entries_of, match
from infralint.engine.fixing import FixReport, Rewritten
from infralint.engine.options import Options
from infralint.engine.report import Report
from infralint.engine.run import run
from infralint.engine.session import Session
from infralint.engine.settings import names_engine
from infralint.engine.suppression_comments import block_end
from infralint.engine.verify import damage
from infralint.model import kinds
from infralint.syntax.markup import outline
from infralint.text.edit import Edit, apply
from infralint.text.finding import Finding
from infralint.text.record import NamedTuple
from infralint.text.source import Source

ABOVE, BEHIND, FILE = "above", "behind", "file"
PLACES = (ABOVE, BEHIND, FILE)
"""Where a comment is tried, in this order: on the line above, at the end of the line, at the top for the whole file."""
UNCOMMENTED = (".json", ".pem", ".crt", ".key", ".rst")
HELP = "no comment there suppresses it; use `per-file-ignores` or a baseline"


class Suppressed(NamedTuple):
    """What was worked out: the changed files, the findings that they suppress, and those that no comment can."""

    changes: FixReport
    done: list[Finding]
    left: list[Finding]


def suppress(
    paths: Sequence[str], options: Options, wanted: Callable[[Finding], bool], words: str, *, whole: bool
) -> Suppressed:
    """Work out comments for findings; `words` is the reason and the last day; `whole` puts them at the top of the files."""
    before = run(paths, options)
    session = Session(paths, options)
    findings = [one for one in before.findings if wanted(one) and not one.rule.startswith("infralint/")]
    places = dict.fromkeys(map(id, findings), FILE if whole else ABOVE)
    open_ = [one for one in findings if _takes_comments(session, one)]
    changed: dict[str, Rewritten] = {}
    for _ in PLACES:
        changed = _commented(session, before, open_, places, words)
        given = {path: _as_changed(record) for path, record in changed.items()}
        after = run(paths, options, given)
        held = Baseline(entries_of(before, open_), "", reason=REASON)
        standing = {entry for _, entry in match(after, held, after.findings).pairs}
        rows = {id(one): entries_of(before, [one])[0] for one in open_}
        spoiled = {one.path for one in after.notices if one.kind == "unreadable"} - {
            one.path for one in before.notices if one.kind == "unreadable"
        }
        stuck = [one for one in open_ if rows[id(one)] in standing or one.path in spoiled]
        if not stuck:
            break
        for one in stuck:
            at = PLACES.index(places[id(one)])
            if at < 1 and not whole:  # what stands at the end of a line is tried second; the whole file only on demand
                places[id(one)] = PLACES[at + 1]
            else:
                open_ = [other for other in open_ if other is not one]
    done = {id(one) for one in open_}
    left = [one for one in findings if id(one) not in done]
    return Suppressed(FixReport(before, changed, open_, [], 1), open_, left)


def comment_for(session: Session, source: Source, finding: Finding, place: str, words: str) -> Edit | None:
    """The comment that suppresses one finding at a place of a text; None where the file would be another with it, or has no comments."""
    if source.path.lower().endswith(UNCOMMENTED):
        return None
    edit = _edit(source, _line_of(session, source, finding, place), place, [_named(finding)], words)
    return edit if damage(session, source.path, source, apply(source.text, [edit]), [edit]) is None else None


def _named(finding: Finding) -> str:
    return finding.rule if names_engine(finding.rule) else finding.rule.rpartition("/")[2]


def _as_changed(record: Rewritten) -> Source:
    fresh = Source(record.original.path, record.text)
    fresh.bom, fresh.encoding = record.original.bom, record.original.encoding
    return fresh


def _takes_comments(session: Session, finding: Finding) -> bool:
    return not finding.path.lower().endswith(UNCOMMENTED) and session.index.source(finding.path) is not None


def _commented(
    session: Session, report: Report, findings: list[Finding], places: dict[int, str], words: str
) -> dict[str, Rewritten]:
    """The files with a comment for each finding, one for all findings of a line."""
    changed: dict[str, Rewritten] = {}
    by_path: dict[str, list[Finding]] = {}
    for one in findings:
        by_path.setdefault(one.path, []).append(one)
    for path, own in by_path.items():
        source = session.index.source(path)
        if source is None:
            continue
        by_spot: dict[tuple[int, str], list[str]] = {}
        for one in own:
            spot = _line_of(session, source, one, places[id(one)]), places[id(one)]
            by_spot.setdefault(spot, []).append(_named(one))
        edits = []
        for (line, place), names in sorted(by_spot.items()):
            edit = _edit(source, line, place, sorted(set(names)), words)
            if damage(session, path, source, apply(source.text, [edit]), [edit]) is None:
                edits.append(edit)
        record = Rewritten(source)
        record.edit(edits)
        changed[path] = record
    return changed


def _line_of(session: Session, source: Source, finding: Finding, place: str) -> int:
    """The line that a comment belongs to: the first of a finding's instruction, or of the block of text around it."""
    if place == FILE:
        return 1
    kind = session.kind(finding.path) or "text"
    document = kinds.load(source, session.index, kind)
    first, _ = document.lines_of(finding.line)
    return block_start(source, first) or first


def block_start(source: Source, line: int) -> int:
    """The line whose `|` or `>` begins the block of a YAML file that holds a line; 0 where none does."""
    if not source.path.lower().endswith((".yml", ".yaml")):
        return 0
    indent = _indent(source.line_text(line))
    for above in range(line - 1, 0, -1):
        text = source.line_text(above)
        if text.strip() and _indent(text) < indent:
            if block_end(source, above) >= line:
                return above
            indent = _indent(text)
    return 0


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


def signs_of(source: Source, line: int) -> tuple[str, str]:
    """What begins and ends a comment on a line: in documents that of their markup, `#` within blocks of code."""
    if source.path.lower().endswith((".adoc", ".asciidoc")):
        return "// ", ""
    if not source.path.lower().endswith((".md", ".markdown")):
        return "# ", ""
    at = source.line_starts[line - 1] if line else 0
    is_code = any(one.is_block and one.start <= at < one.end for one in outline(source).codes)
    return ("# ", "") if is_code else ("<!-- ", " -->")


def _edit(source: Source, line: int, place: str, names: list[str], words: str) -> Edit:
    start, end = source.line_span(line)
    tail = f" {words}" if words else ""
    before, after = signs_of(source, line if place != FILE else 0)
    if place == FILE:
        return Edit(
            source.path, 0, 0, f"{before}infralint: ignore-file[{', '.join(names)}]{tail}{after}{source.newline}"
        )
    comment = f"{before}infralint: ignore[{', '.join(names)}]{tail}{after}"
    if place == BEHIND:
        bare = len(source.text[start:end].rstrip())
        return Edit(source.path, start + bare, start + bare, f"  {comment}")
    text = source.text[start:end]
    margin = text[: len(text) - len(text.lstrip(" \t"))]
    return Edit(source.path, start, start, f"{margin}{comment}{source.newline}")
