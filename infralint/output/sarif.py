"""SARIF 2.1.0 as GitHub code scanning reads it, built with sarif-om's classes."""

from __future__ import annotations

from bisect import bisect_left

from infralint import __version__
from infralint.engine.report import FAILURES, Report
from infralint.output.fingerprint import line_hashes
from infralint.output.json import dumps, whole
from infralint.output.sarif_rule import descriptor
from infralint.output.text import LEVELS, severest
from infralint.text.edit import Fix, Safety
from infralint.text.finding import Finding, Place
from infralint.text.source import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
ROOT = "SRCROOT"
REPOSITORY = "https://github.com/infralint/infralint"
"""The project's own repository, as in the package's metadata."""
RESULTS = 25_000
"""Results of a run above which GitHub rejects the file."""

TALLEST = 12
"""Lines of a region above which it shrinks to its first, so that a pull request still shows the alert."""

CONTEXT = 2
LONGEST = 2_000
UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/@")
KEPT = frozenset({"level"})
"""Properties written even where they equal the default: readers disagree on what a missing one means."""
FLOW = "taint"
"""The tag of rules whose related places are the way that a value takes, hop by hop, to the finding."""


def to_sarif(report: Report, *, include_suppressed: bool = False) -> str:
    """The report as SARIF, the same for the same findings. Suppressed ones only on demand: GitHub would open them."""
    log = plain(_log(report, include_suppressed))
    return dumps({"$schema": log.pop("$schema"), "version": log.pop("version"), **log})


def plain(value: Any) -> Any:
    """A sarif-om object as what JSON can write: unset values and the standard's defaults left out."""
    return _plain(value, {})


def _plain(value: Any, known: dict[type, list[tuple[str, str, Any]]]) -> Any:
    kind = type(value)
    if kind is str:
        return whole(value)
    if kind is list:
        return [_plain(item, known) for item in value]
    if kind is dict:
        return {key: _plain(item, known) for key, item in value.items()}
    if not hasattr(kind, "__attrs_attrs__"):
        return value
    if kind not in known:
        known[kind] = [_property(field) for field in kind.__attrs_attrs__]
    out = {}
    for attribute, name, default in known[kind]:
        item = getattr(value, attribute)
        if item is not None and item != default:
            out[name] = _plain(item, known)
    return out


def _property(field: Any) -> tuple[str, str, Any]:
    """The Python name, the JSON name and the value that goes without saying of a class's field."""
    name = field.metadata["schema_property_name"]
    factory = getattr(field.default, "factory", None)
    return field.name, name, None if name in KEPT else factory() if factory else field.default


def _log(report: Report, include_suppressed: bool) -> Any:
    import sarif_om as om

    findings = report.findings
    if include_suppressed:
        findings = sorted([*findings, *report.suppressed], key=lambda one: (one.place[:3], one.rule))
    dropped = len(findings) - RESULTS
    if dropped > 0:
        kept = {id(one) for one in severest(report)[:RESULTS]}
        findings = [one for one in report.findings if id(one) in kept]
    writer = _Writer(report, findings)
    results = [writer.result(finding) for finding in findings]
    driver = om.ToolComponent(
        name="infralint",
        semantic_version=__version__,
        version=__version__,
        information_uri=report.docs_url or REPOSITORY,
        rules=[descriptor(rule, report.page_of(rule.id)) for rule in writer.rules if not rule.engine],
    )
    extensions = [
        om.ToolComponent(name=engine, rules=[descriptor(rule) for rule in writer.rules if rule.engine == engine])
        for engine in writer.engines
    ]
    run = om.Run(
        tool=om.Tool(driver=driver, extensions=extensions or None),
        automation_details=om.RunAutomationDetails(id=f"{report.category}/{report.profile}/"),
        invocations=[writer.invocation(max(dropped, 0))],
        column_kind="utf16CodeUnits",
        original_uri_base_ids={ROOT: {"description": {"text": "The folder that was checked."}}},
        artifacts=writer.artifacts(),
        results=results,
    )
    if writer.has_lone_cr:
        run.newline_sequences = ["\r\n", "\n", "\r"]
    return om.SarifLog(version="2.1.0", schema_uri=SCHEMA, runs=[run])


def uri(path: str) -> str:
    """A path below the root as a relative URI reference, percent-encoded."""
    return "".join(chr(b) if b in UNRESERVED else f"%{b:02X}" for b in path.encode("utf-8", "surrogateescape"))


class _Writer:
    """What the parts of one run share: indices of rules and files, and the line hashes."""

    __slots__ = ("engines", "files", "hashes", "lines", "report", "rule_index", "rules", "wide")

    def __init__(self, report: Report, findings: list[Finding]) -> None:
        self.report = report
        named = {finding.rule: report.rule(finding) for finding in findings}
        self.rules = [named[name] for name in sorted(named)]
        self.engines = sorted({rule.engine for rule in self.rules if rule.engine})
        self.rule_index: dict[str, int] = {}
        for component in ("", *self.engines):
            own = [rule.id for rule in self.rules if rule.engine == component]
            self.rule_index.update((id, at) for at, id in enumerate(own))
        self.files: dict[str, int] = {}
        self.hashes: dict[str, list[str]] = {}
        self.lines: dict[str, set[int]] = {}
        self.wide: dict[str, list[int]] = {}
        for finding in findings:
            self.lines.setdefault(finding.path, set()).add(finding.line)

    @property
    def has_lone_cr(self) -> bool:
        """Whether a file has lines that end as the standard does not expect."""
        sources = [self.report.source(path) for path in self.files]
        return any(s is not None and "\r" in s.text.replace("\r\n", "") for s in sources)

    def position(self, source: Source, offset: int) -> tuple[int, int]:
        """Line and column of an offset as SARIF counts, both from 1, the column in UTF-16 code units."""
        line, column = source.position(offset)
        if source.text.isascii():
            return line, column
        if source.path not in self.wide:
            from re import finditer

            self.wide[source.path] = [m.start() for m in finditer("[\U00010000-\U0010ffff]", source.text)]
        wide = self.wide[source.path]
        return line, column + bisect_left(wide, offset) - bisect_left(wide, offset - column + 1)

    def region(self, source: Source, start: int, end: int) -> Any:
        import sarif_om as om

        line, column = self.position(source, start)
        end_line, end_column = self.position(source, end)
        return om.Region(start_line=line, start_column=column, end_line=end_line, end_column=end_column)

    def artifact(self, path: str) -> Any:
        import sarif_om as om

        index = self.files.setdefault(path, len(self.files))
        return om.ArtifactLocation(uri=uri(path), uri_base_id=ROOT, index=index)

    def artifacts(self) -> list[Any] | None:
        """Every file that is spoken of. No hashes: that of a small file would give away the secret in it."""
        import sarif_om as om

        listed = []
        for path in self.files:
            one = om.Artifact(location=om.ArtifactLocation(uri=uri(path), uri_base_id=ROOT))
            source = self.report.source(path)
            if source is not None:
                one.encoding = source.encoding.replace("16-", "16")
                one.length = len(source.encode(source.text))
            listed.append(one)
        return listed or None

    def result(self, finding: Finding) -> Any:
        import sarif_om as om

        logical = [om.LogicalLocation(fully_qualified_name=finding.key)] if finding.key else None
        related = [
            om.Location(id=number, physical_location=self.physical(place), message=om.Message(text=_message(say)))
            for number, (place, say) in enumerate(finding.related[:100], 1)
        ]
        first: dict[str, int] = {}
        for number, (_, say) in enumerate(finding.related[:100], 1):
            first.setdefault(say, number)
        links = "".join(f" See [{_link(say)}]({number})." for say, number in list(first.items())[:3])
        text = _message(finding.message)
        prints = {"infralint/v1": self.report.fingerprint(finding)}
        hashed = self.line_hash(finding.place)
        if hashed:
            prints["primaryLocationLineHash"] = hashed
        fix = self.fix(finding.fix)
        engine = self.report.rule(finding).engine
        index = self.rule_index[finding.rule]
        where = om.ToolComponentReference(name=engine, index=self.engines.index(engine)) if engine else None
        result = om.Result(
            rule_id=finding.rule,
            rule_index=None if engine else index,
            rule=om.ReportingDescriptorReference(id=finding.rule, index=index, tool_component=where)
            if engine
            else None,
            level=LEVELS[finding.severity],
            message=om.Message(text=f"{text}{'' if text.endswith('.') else '.'}{links}"),
            locations=[om.Location(physical_location=self.physical(finding.place), logical_locations=logical)],
            related_locations=related or None,
            partial_fingerprints=prints,
            fixes=[fix] if fix else None,
        )
        if finding.related and FLOW in self.report.rule(finding).tags:
            steps = [
                *related,
                om.Location(physical_location=self.physical(finding.place), message=om.Message(text=text)),
            ]
            hops = [
                om.ThreadFlowLocation(location=om.Location(physical_location=s.physical_location, message=s.message))
                for s in steps
            ]
            result.code_flows = [om.CodeFlow(thread_flows=[om.ThreadFlow(locations=hops)])]
        if finding.also_reported_by:
            result.properties = {"alsoReportedBy": list(dict.fromkeys(finding.also_reported_by))}
        if finding.suppressed is not None:
            result.suppressions = [om.Suppression(kind="inSource", justification=finding.suppressed or None)]
        return result

    def physical(self, place: Place) -> Any:
        """Where it stands: a region that is never taller than a reader needs, its text, and the lines around it."""
        import sarif_om as om

        where = om.PhysicalLocation(artifact_location=self.artifact(place.path))
        source = self.report.source(place.path)
        if source is None or place.start > len(source.text):
            end_line = place.end_line if place.end_line - place.line < TALLEST else place.line
            end_column = max(place.end_column, place.column) if end_line == place.line else place.end_column
            where.region = om.Region(
                start_line=place.line, start_column=place.column, end_line=end_line, end_column=end_column
            )
            return where
        masked = self.report.masked(place.path)
        start, end = place.start, min(place.end, len(source.text))
        if place.end_line - place.line >= TALLEST:
            end = source.line_span(place.line)[1]
        while end > start and source.text[end - 1] in "\r\n":
            end -= 1
        if end == start and source.text[end : end + 1] not in ("", "\r", "\n"):
            end += 1  # an empty region shows nothing
        where.region = self.region(source, start, end)
        if end - start <= LONGEST:
            where.region.snippet = om.ArtifactContent(text=masked[start:end])
        first = max(source.line_of(start) - CONTEXT, 1)
        last = min(source.line_of(end) + CONTEXT, len(source.line_starts))
        low, high = source.line_span(first)[0], source.line_span(last)[1]
        if high - low <= LONGEST and (low < start or high > end):
            where.context_region = self.region(source, low, high)
            where.context_region.snippet = om.ArtifactContent(text=masked[low:high])
        return where

    def line_hash(self, place: Place) -> str:
        source = self.report.source(place.path)
        if source is None:
            return ""
        if place.path not in self.hashes:
            decoded = source.encode(source.text).decode("utf-8", "replace")
            self.hashes[place.path] = line_hashes(decoded, self.lines.get(place.path, set()))
        hashes = self.hashes[place.path]
        return hashes[place.line - 1] if place.line <= len(hashes) else ""

    def fix(self, fix: Fix | None) -> Any:
        """The fix for viewers that apply it; None where it is only to be shown, or does not fit the file."""
        import sarif_om as om

        if fix is None or fix.safety is Safety.MANUAL or not self.report.shows(fix):
            return None
        by_path: dict[str, list[Any]] = {}
        for edit in fix.edits:
            source = self.report.source(edit.path)
            if edit.creates:
                region = om.Region(start_line=1, start_column=1, end_line=1, end_column=1)
            elif source is None or edit.end > len(source.text):
                return None
            else:
                region = self.region(source, edit.start, edit.end)
            replacement = om.Replacement(deleted_region=region, inserted_content=om.ArtifactContent(text=edit.text))
            by_path.setdefault(edit.path, []).append(replacement)
        changes = [
            om.ArtifactChange(artifact_location=self.artifact(path), replacements=replacements)
            for path, replacements in by_path.items()
        ]
        safety = "safe" if fix.safety is Safety.SAFE else "unsafe: may change behaviour"
        return om.Fix(description=om.Message(text=f"{_message(fix.title)} ({safety})."), artifact_changes=changes)

    def invocation(self, dropped: int) -> Any:
        """How the run went: what it could not judge is a notification, and an error where that is a failure."""
        import sarif_om as om

        told = []
        for notice in self.report.notices:
            where = [om.Location(physical_location=om.PhysicalLocation(artifact_location=self.artifact(notice.path)))]
            told.append(
                om.Notification(
                    message=om.Message(text=_message(notice.message)),
                    level="error" if notice.kind in FAILURES else "note",
                    descriptor=om.ReportingDescriptorReference(id=notice.kind),
                    locations=where if notice.path else None,
                )
            )
        if dropped:
            more = f"{dropped} findings are left out: GitHub takes {RESULTS} of a run."
            told.append(om.Notification(message=om.Message(text=more), level="warning"))
        failed = any(notice.kind in FAILURES for notice in self.report.notices)
        return om.Invocation(execution_successful=not failed, tool_execution_notifications=told or None)


def _message(text: str) -> str:
    """Text as SARIF takes it literally: what would read as a link of ours is not one."""
    return text.replace("[", "\\[").replace("]", "\\]") if "](" in text else text


def _link(text: str) -> str:
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
