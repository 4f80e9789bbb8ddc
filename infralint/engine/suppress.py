"""Which findings a file's comments suppress, and which comments are wrong or have no effect."""

from __future__ import annotations

from collections.abc import Callable

from infralint.engine.settings import Settings, names_engine
from infralint.engine.suppression_comments import Suppression
from infralint.policy.catalogue import peer_names
from infralint.text.finding import Finding
from infralint.text.record import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

NEAR = 40
"""Findings and comments over more lines than these are compared one by one."""


class SuppressionProblem(NamedTuple):
    """What is wrong with a suppression: name of the fault, message, span."""

    name: str
    message: str
    start: int
    end: int


def silences(suppression: Suppression, finding: Finding) -> bool:
    """Whether a suppression covers a finding: its names, and its lines."""
    if suppression.own:
        name = finding.rule.rpartition("/")[2]
        if not suppression.names & {finding.rule, name, "*", *finding.aliases, *peer_names(finding.same_as)}:
            return False
    elif not any(_claims(name, suppression.names) for name in (*finding.same_as, *finding.part_of)):
        return False
    return finding.line <= suppression.last and finding.end_line >= suppression.first


def _claims(name: str, names: frozenset[str]) -> bool:
    return name in names or f"{name.split('/', maxsplit=1)[0]}/*" in names


def apply(
    findings: list[Finding],
    wanted: list[Suppression],
    settings: Settings,
    today: Callable[[], date],
    known: Callable[[str], bool],
    later: frozenset[str] = frozenset(),
) -> tuple[list[Finding], list[Finding], list[SuppressionProblem]]:
    """Split findings into those that stand and those suppressed; report suppressions that are wrong or have no effect.

    `later` are names of rules that judge after this file, so that a suppression of one of them may have an effect yet.
    """
    problems: list[SuppressionProblem] = []
    active: list[Suppression] = []
    for one in wanted:
        place = one.comment.start, one.comment.end
        if not one.own and one.peer not in settings.honor:
            continue
        problems.append(
            SuppressionProblem(
                "inline-suppression",
                "inline comment suppresses a rule; `allow-inline` is the setting that forbids it",
                *place,
            )
        )
        if not settings.allow_inline:
            continue
        if one.unknown_word is not None:
            message = f"`infralint: {one.unknown_word}` suppresses nothing; write `infralint: ignore[rule] reason`"
            problems.append(SuppressionProblem("unknown-suppression", message, *place))
            continue
        if one.is_misplaced:
            message = "`ignore-file` counts above the first line that is no comment; here it suppresses nothing"
            problems.append(SuppressionProblem("unknown-suppression", message, *place))
            continue
        if one.own:
            unknown = [name for name in sorted(one.names) if name != "*" and not known(name)]
            if not one.names or "*" in one.names:
                problems.append(
                    SuppressionProblem(
                        "unknown-suppression", "suppression names no rule; write `ignore[rule] reason`", *place
                    )
                )
                continue
            for name in unknown:
                problems.append(
                    SuppressionProblem(
                        "unknown-suppression",
                        f"suppression names `{name}`, which is no rule; nothing is suppressed",
                        *place,
                    )
                )
            if settings.require_reason and not one.reason:
                problems.append(
                    SuppressionProblem(
                        "suppression-without-reason",
                        "suppression has no reason; the settings require one behind the bracket",
                        *place,
                    )
                )
                continue
        if one.until is not None and _day(one.until) is None:
            message = f"`until={one.until}` is no day; write it as 2027-03-31"
            problems.append(SuppressionProblem("unknown-suppression", message, *place))
            one.used = True
            continue
        if one.until is not None and _is_over(one.until, today()):
            problems.append(SuppressionProblem("expired-suppression", f"suppression expired on {one.until}", *place))
            one.used = True
            continue
        active.append(one)
    standing: list[Finding] = []
    silenced: list[Finding] = []
    near, wide = _by_line(active)
    for finding in findings:
        if finding.end_line - finding.line > NEAR:
            nearby = active
        else:
            nearby = [
                *wide,
                *(one for line in range(finding.line, finding.end_line + 1) for one in near.get(line, ())),
            ]
        match = next((one for one in nearby if silences(one, finding)), None)
        if match is None:
            standing.append(finding)
        else:
            match.used = True
            finding.suppressed = match.reason or match.comment.text.strip()
            silenced.append(finding)
            for one in nearby:
                one.used = one.used or silences(one, finding)
    for one in active:
        if (
            one.own
            and not one.used
            and all(known(name) for name in one.names)
            and not any(name in later or names_engine(name) for name in one.names)
        ):
            named = " and ".join(sorted(one.names))
            problems.append(
                SuppressionProblem(
                    "unused-suppression",
                    f"suppression has no effect; there is no finding of {named} here",
                    one.comment.start,
                    one.comment.end,
                )
            )
    return standing, silenced, problems


def _by_line(wanted: list[Suppression]) -> tuple[dict[int, list[Suppression]], list[Suppression]]:
    """Suppressions by each line that they cover, and those that cover many lines."""
    near: dict[int, list[Suppression]] = {}
    wide = []
    for one in wanted:
        if one.last - one.first > NEAR:
            wide.append(one)
            continue
        for line in range(one.first, one.last + 1):
            near.setdefault(line, []).append(one)
    return near, wide


def _is_over(until: str, today: date) -> bool:
    day = _day(until)
    return day is not None and day < today


def _day(until: str) -> date | None:
    """The last day of a suppression; None for what is no day of the calendar."""
    from datetime import date  # most runs meet no date

    try:
        return date.fromisoformat(until.rstrip(".,;"))
    except ValueError:
        return None
