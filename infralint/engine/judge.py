"""One document and its rules: for each noun, the rules that judge it."""

from __future__ import annotations

from collections.abc import Iterable
from os.path import basename

from infralint.engine.settings import Settings
from infralint.model.document import Document, Problem
from infralint.model.kinds import ROWS
from infralint.policy.catalogue import Rule, elements_of
from infralint.policy.runtime import Budget, OverBudget, known, show
from infralint.text.edit import Fix, Safety
from infralint.text.finding import Confidence, Finding, Place, Severity, place_of
from infralint.text.glob import matches
from infralint.text.unknown import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

UNREADABLE = frozenset({"syntax", "limit"})
"""Problems after which parts of a file are missing: what is absent there may only be unread."""
SEEN_IN_PARTS = frozenset({"secret", "url"})
"""Nouns that a file has even where it could not be parsed."""

MAX_FINDINGS = 1_000
"""About so many findings of one rule in one file: a file full of faults must end in time too."""


class Judgement:
    """What judging one document gave; `problems` are the run's own: unreadable, over budget; `cut`: rules with more to say."""

    __slots__ = ("cut", "findings", "problems")

    def __init__(self) -> None:
        self.cut: list[str] = []
        self.findings: list[Finding] = []
        self.problems: list[Problem] = []


class RuleBook:
    """The active rules of a run by kind, and by noun within it; loaded when a kind is met."""

    __slots__ = ("_by_kind", "foreign", "load", "online")

    def __init__(self, load: Any, foreign: list[Rule], *, online: bool = False) -> None:
        self.load = load
        self.foreign = foreign
        self.online = online
        self._by_kind: dict[tuple[str, int, frozenset[str]], list[tuple[str, list[Rule]]]] = {}

    def of(self, kind: str, settings: Settings, variants: frozenset[str] = frozenset()) -> list[tuple[str, list[Rule]]]:
        """(noun, rules) pairs for a kind in files of those variants: its own rules, then those of the shared nouns."""
        key = (kind, id(settings), variants)
        if key not in self._by_kind:
            nouns: dict[str, list[Rule]] = {}
            kinds: tuple[str, ...] = (kind,) if kind in ("project", "infralint") else (kind, "any")
            if kind in ROWS and ROWS[kind].family:
                kinds = (kind, *ROWS[kind].also, ROWS[kind].family, "any")
            for each in kinds:
                own = self.load(each, with_others=settings.shows_others)
                for rule in [*own, *(r for r in self.foreign if r.kind == each)]:
                    if settings.is_active(rule, variants) and (self.online or not rule.needs_online):
                        nouns.setdefault(rule.entry["noun"], []).append(_tuned(rule, settings))
            self._by_kind[key] = list(nouns.items())
        return self._by_kind[key]


def _tuned(rule: Rule, settings: Settings) -> Rule:
    """The rule with the severity and parameters that the settings give it."""
    severity, params = settings.severities.get(rule.id), settings.params.get(rule.id)
    if severity is None and not params and settings.shows_pedantic(rule):
        return rule
    entry = dict(rule.entry)
    if severity is not None:
        entry["severity"] = int(severity)
    entry["params"] = {**entry["params"], **(params or {})}
    entry["spares_pedantic"] = not settings.shows_pedantic(rule)
    return Rule(entry, rule.functions, rule.is_foreign)


def judge(document: Document, rules: list[tuple[str, list[Rule]]], project: Any = None) -> Judgement:
    """The findings of the rules on a document, in the order of the file."""
    result = Judgement()
    partial = any(problem.name in UNREADABLE for problem in document.problems)
    for problem in document.problems:
        if problem.name in UNREADABLE:
            result.problems.append(
                Problem("unreadable", f"cannot be read: {problem.message}", problem.source, problem.start, problem.end)
            )
    budget: Budget | None = None
    seen: set[tuple[str, str, int, int, str]] = set()
    for noun, speaking in rules:
        if partial and noun not in SEEN_IN_PARTS:
            continue
        try:
            elements = elements_of(document, noun)
            if elements is None:
                continue
            if len(speaking) > 1 and not isinstance(elements, (list, tuple)):
                elements = list(elements)
        except Exception as error:  # noqa: BLE001 - never clean of what could not be judged, and never a traceback
            message = f"its {noun}s could not be judged, {fault_of(error)}"
            result.problems.append(Problem("unreadable", message, document.source, 0, 0))
            continue
        if isinstance(elements, (list, tuple)) and not elements:
            continue
        for rule in speaking:
            if rule.is_foreign and budget is None:
                budget = Budget()
            try:
                drawn = _apply(rule, elements, document, project, budget)
                if len(drawn) >= MAX_FINDINGS:
                    result.cut.append(rule.id)
                for finding in drawn:
                    mark = (finding.rule, finding.place.path, finding.place.start, finding.place.end, finding.message)
                    if mark not in seen and document.owns(finding.place.path):
                        seen.add(mark)
                        result.findings.append(finding)
            except OverBudget as error:
                source = document.source
                result.problems.append(
                    Problem("rule-over-budget", f"the rule {rule.id} {error}; it was stopped", source, 0, 0)
                )
            except Exception as error:  # noqa: BLE001 - any fault of a rule, so that the others go on
                if rule.is_foreign or rule.id.startswith("local/"):
                    name, message = "rule-failed", f"the rule {rule.id} failed: {type(error).__name__}: {error}"
                else:  # never clean of what could not be judged
                    name, message = "unreadable", f"could not be judged by {rule.id}, {fault_of(error)}"
                result.problems.append(Problem(name, message, document.source, 0, 0))
    result.findings.sort(key=lambda one: (one.place.path, one.place.start, one.rule))
    return result


def fault_of(error: Exception) -> str:
    """What to say of an error that only a fault of infralint can be the cause of: its kind, and where it was raised."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = "" if trace is None else f" in {basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}"
    return f"a fault of infralint to be reported: {type(error).__name__}: {error}{where}"


def _apply(
    rule: Rule, elements: Iterable[Any], document: Document, project: Any, budget: Budget | None
) -> list[Finding]:
    items, when = rule.functions[0], rule.functions[1]  # type: ignore[index]
    params = rule.params
    found: list[Finding | None] = []
    globs, spared = rule.entry["files"], rule.entry["not_files"]
    path = document.source.path
    if (globs and not _is_meant(globs, path)) or (spared and _is_meant(spared, path)):
        return []
    pattern = rule.entry["path"]
    if items is None and not pattern:
        for element in elements:
            if when(element, params, project, budget):
                found.append(_finding(rule, (element, params, project, budget), document))
                if len(found) >= MAX_FINDINGS:
                    break
        return [one for one in found if one is not None]
    for element in elements:
        if len(found) >= MAX_FINDINGS:
            break
        if pattern and not _is_meant([pattern.replace(".", "/")], str(getattr(element, "path", "")).replace(".", "/")):
            continue
        if items is None:
            if when(element, params, project, budget):
                found.append(_finding(rule, (element, params, project, budget), document))
        else:
            for item in items(element, params, project, budget):
                if when(element, item, params, project, budget):
                    found.append(_finding(rule, (element, item, params, project, budget), document))
    return [one for one in found if one is not None]


def _is_meant(patterns: list[str], path: str) -> bool:
    return any(matches(path, pattern) for pattern in patterns)


def _finding(rule: Rule, arguments: tuple[Any, ...], document: Document) -> Finding | None:
    """What a rule says of an element; None for what only the pedantic profile shows."""
    _, _, at, say, related, fix, same, part, once, pedantic_if = rule.functions  # type: ignore[misc]
    entry = rule.entry
    is_pedantic = pedantic_if is not None and pedantic_if(*arguments)
    if is_pedantic and entry.get("spares_pedantic"):
        return None
    element = at(*arguments)
    is_at_noun = not known(element) or not hasattr(element, "start")
    if is_at_noun:
        element = arguments[0]
    message = "".join(show(piece) for piece in say(*arguments))
    others: tuple[tuple[Place, str], ...] = ()
    if related is not None:
        others = tuple(
            (place_of(other), "".join(show(piece) for piece in words))
            for at_, words in related(*arguments)
            for other in (at_ if isinstance(at_, list) else [at_])
            if known(other) and other is not UNKNOWN
        )
    remedy: Fix | None = fix(*arguments) if fix is not None else None
    if remedy is not None and rule.is_foreign and remedy.safety is not Safety.MANUAL:
        remedy = Fix(remedy.title, Safety.MANUAL, remedy.edits)
    finding = Finding(
        rule.id,
        document.kind,
        Severity(entry["severity"]),
        Confidence(entry["confidence"]),
        entry["title"],
        message,
        place_of(element),
        same_as=tuple(same(*arguments)) if same is not None else tuple(entry["same_as"]),
        part_of=tuple(part(*arguments)) if part is not None else tuple(entry["part_of"]),
        related=others,
        fix=remedy,
        key=document.key_of(element) or str(getattr(element, "key", "") or ""),
        profile="pedantic" if is_pedantic and entry["profile"] == "default" else entry["profile"],
    )
    finding.is_at_noun = is_at_noun
    if once is not None:
        value, in_run = once(*arguments)
        if known(value):
            finding.cause = str(value) if in_run else f"{rule.id} {document.source.path} {value}"
    if entry["formerly"]:
        finding.aliases = tuple(sorted(rule.words - {rule.id, rule.name}))
        finding.first_id = entry["formerly"][0]
    return finding
