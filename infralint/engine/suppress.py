"""Comments that say no to a finding: our own form, and those of the tools whose rules ours answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from infralint.engine.settings import Settings, names_engine
from infralint.model.document import Comment, Document
from infralint.policy.catalogue import peer_names
from infralint.text.finding import Finding
from infralint.text.source import Source

if TYPE_CHECKING:
    from datetime import date


class Suppression:
    """A comment that suppresses findings: of which rules, in which lines, and why."""

    __slots__ = ("comment", "first", "last", "names", "own", "peer", "reason", "unknown_word", "until", "used")

    def __init__(self, comment: Comment, peer: str, names: Iterable[str], first: int, last: int) -> None:
        self.comment = comment
        self.peer = peer
        self.names = frozenset(names)
        self.first = first
        self.last = last
        self.reason = ""
        self.until: str | None = None
        self.own = peer == ""
        self.used = False
        self.unknown_word: str | None = None
        """The word behind `infralint:` where it is none that suppresses."""


class SuppressionProblem(NamedTuple):
    """What is wrong with a suppression: name of the fault, message, span."""

    name: str
    message: str
    start: int
    end: int


LAST = 1 << 30
_CREDENTIALS = ("gitleaks/*", "cwe/798", "cwe/321", "cwe/214", "cwe/1392")
"""The rules that `gitleaks:allow` and `pragma: allowlist secret` suppress: those about credentials."""
NEAR = 40


@cache
def _own() -> re.Pattern[str]:
    return re.compile(r"infralint:\s*ignore(-file)?\s*(?:\[([^\]]*)\])?\s*(.*)", re.S)


_UNKNOWN = re.compile(r"#\s*infralint:[ \t]*([\w-]+)")
"""A comment for us whose word is not known."""


_BLOCK = re.compile(r"[:-][ \t]{1,9}(?:[&!]\S{1,99}[ \t]{1,9}){0,2}[|>][-+\d]{0,2}(?:[ \t]{1,99}#.*)?$")
"""A line of YAML that begins a block of text."""
_MARKS = (
    "infralint:",
    "hadolint",
    "skip=",
    "zizmor:",
    "trivy:",
    "tfsec:",
    "check=",
    "dclint",
    "dotenv-linter:",
    "gitleaks:allow",
    "pragma:",
    "nosemgrep",
    "kics-scan",
)


def suppressions_in(document: Document) -> list[Suppression]:
    """Every suppression of a file's comments."""
    text = document.source.text
    if not any(mark in text for mark in _MARKS):
        return []
    comments = document.comments()
    below: dict[int, int] = {}
    for comment in reversed(comments):  # a block of comments covers the line below it
        if comment.alone:
            below[comment.line] = below.get(comment.line + 1, comment.line + 1)
    found: list[Suppression] = []
    if "gitleaks:allow" in text or "pragma:" in text:  # within a script or another text these count as well
        from infralint.model.shared.config import marked_comments

        lines = {comment.line for comment in comments}
        for comment in marked_comments(document.source):
            if comment.line not in lines:
                found += [
                    one
                    for one in _line_marks(document, comment, comment.line, comment.line)
                    if one.peer in ("gitleaks", "detect-secrets")
                ]
    for comment in comments:
        first, last = _reach(document, comment, below)
        own = _own().search(comment.text)
        if own:
            names = [name.strip() for name in (own[2] or "").split(",") if name.strip()]
            whole = bool(own[1])
            suppression = Suppression(comment, "", names, 0 if whole else first, LAST if whole else last)
            tail = own[3].strip()
            until = re.search(r"\buntil=(\S+)", tail)
            suppression.until = until[1] if until else None
            suppression.reason = tail.replace(until[0], "").strip() if until else tail
            found.append(suppression)
            continue
        if (word := _UNKNOWN.match(comment.text)) is not None:
            found.append(Suppression(comment, "", [], first, last))
            found[-1].unknown_word = word[1]
            continue
        for read in (_hadolint, _checkov, _zizmor, _trivy, _buildkit, _line_marks):
            found += read(document, comment, first, last)
    return found


def _reach(document: Document, comment: Comment, below: dict[int, int]) -> tuple[int, int]:
    """The lines that a comment covers: its own, or below a block of comments the next line (its whole instruction)."""
    if not comment.alone:
        return comment.line, max(comment.line, block_end(document.source, comment.line))
    line = below[comment.line]
    first, last = document.lines_of(line)
    return min(first, comment.line), max(last, line, block_end(document.source, line))


def block_end(source: Source, line: int) -> int:
    """The last line of the block of text (`run: |`) that a line of a YAML file begins; 0 where it begins none."""
    if not source.path.lower().endswith((".yml", ".yaml")) or line > len(source.line_starts):
        return 0
    head = source.line_text(line).rstrip()
    if _BLOCK.search(head) is None:
        return 0
    indent = len(head) - len(head.lstrip(" "))
    last = line
    for number in range(line + 1, len(source.line_starts) + 1):
        text = source.line_text(number)
        if text.strip():
            if len(text) - len(text.lstrip(" ")) <= indent:
                break
            last = number
    return last


def _hadolint(document: Document, comment: Comment, first: int, last: int) -> list[Suppression]:
    match = re.match(
        r"#[ \t]*hadolint[ \t]+(?:(stage|global)[ \t]+)?ignore[ \t]*=[ \t]*([DLSC0-9]+(?:[ \t]*,[ \t]*[DLSC0-9]+)*)[ \t]*(?:#.*)?$",
        comment.text,
    )
    if not match:
        return []
    names = [f"hadolint/{name.strip()}" for name in match[2].split(",")]
    if match[1] == "global":
        first, last = 0, LAST
    elif match[1] == "stage":
        first, last = document.stage_lines(last)
    return [Suppression(comment, "hadolint", names, first, last)]


def _checkov(document: Document, comment: Comment, first: int, last: int) -> list[Suppression]:
    match = re.search(r"(?:checkov|bridgecrew|cortex):skip= *([A-Za-z_\d-]+(?:,[A-Za-z_\d-]+)*)?", comment.text)
    if not match or not match[1]:
        return []
    names = [f"checkov/{name}" for name in match[1].split(",")]
    if document.kind == "dockerfile":
        return [Suppression(comment, "checkov", names, 0, LAST)]
    first, last = document.block_of(comment.line)
    return [Suppression(comment, "checkov", names, first, last)]


def _zizmor(document: Document, comment: Comment, first: int, last: int) -> list[Suppression]:
    match = re.search(r"# zizmor: ignore\[(.{1,1000})\](?:\s.*)?$", comment.text)
    if not match:
        return []
    names = [f"zizmor/{name.strip()}" for name in match[1].split(",")]
    return [Suppression(comment, "zizmor", names, first, last)]


def _trivy(document: Document, comment: Comment, first: int, last: int) -> list[Suppression]:
    found = []
    for match in re.finditer(
        r"(?:trivy|tfsec):ignore:([A-Za-z0-9_-]+)(?:\[[^\]]{0,200}\])?(?::exp:(\d{4}-\d{2}-\d{2}))?", comment.text
    ):
        suppression = Suppression(comment, "trivy", [f"trivy/{_trivy_id(match[1])}"], first, last)
        suppression.until = match[2]
        found.append(suppression)
    return found


def _trivy_id(name: str) -> str:
    """An id as our rules have it: DS-0002 for AVD-DS-0002 and for the older DS002."""
    return re.sub(r"^DS(\d{3})$", r"DS-0\1", name.removeprefix("AVD-"))


def _buildkit(document: Document, comment: Comment, first: int, last: int) -> list[Suppression]:
    """`# check=skip=NAME,NAME;error=true`: a parser directive at the head, or a comment above an instruction."""
    match = re.match(r"#\s*check\s*=\s*(.+)", comment.text) if document.kind == "dockerfile" else None
    parts = [part.partition("=") for part in match[1].split(";")] if match else []
    names = [name.strip() for key, _, value in parts if key.strip() == "skip" for name in value.split(",")]
    if not names:
        return []
    head = all(
        re.match(r"#\s*(?:syntax|escape|check)\s*=", line)
        for line in document.source.text[: comment.start].splitlines()
    )
    claimed = [f"buildkit/{'*' if name == 'all' else name}" for name in names if name]
    return [Suppression(comment, "buildkit", claimed, 0 if head else first, LAST if head else last)]


def _line_marks(document: Document, comment: Comment, first: int, last: int) -> list[Suppression]:
    pragma = re.search(r"pragma:[ \t]*(?:allowlist|whitelist)[ \t]+(nextline[ \t]+)?secret", comment.text)
    if "gitleaks:allow" in comment.text or pragma:
        below = pragma is not None and bool(pragma[1])
        until = max(last, comment.line + 1) if below else last if comment.alone else comment.line
        peer = "detect-secrets" if pragma else "gitleaks"
        return [Suppression(comment, peer, _CREDENTIALS, comment.line, until)]
    if "kics-scan ignore-line" in comment.text:
        return [Suppression(comment, "kics", ["kics/*"], first, last)]
    match = re.search(r"\bnosemgrep(?::[ \t]*([\w., \t-]{1,500}))?", comment.text)
    if match:
        named = [name.strip().rpartition(".")[2] for name in (match[1] or "").split(",") if name.strip()]
        return [
            Suppression(
                comment, "semgrep", [f"semgrep/{name.split()[0]}" for name in named] or ["semgrep/*"], first, last
            )
        ]
    match = re.search(r"dclint\s+(disable-line|disable-file|disable)\b([ \t][\w \t-]{0,500})?$", comment.text)
    if match:
        names = [f"dclint/{name}" for name in (match[2] or "").split()] or ["dclint/*"]
        whole = match[1] != "disable-line"
        return [Suppression(comment, "dclint", names, 0 if whole else first, LAST if whole else last)]
    match = re.search(r"dotenv-linter:off(?:[ \t]+([\w, \t]+))?", comment.text)
    if match:
        names = [f"dotenv-linter/{name}" for name in re.split(r"[,\s]+", match[1] or "") if name] or ["dotenv-linter/*"]
        on = document.source.text.find("dotenv-linter:on", comment.end)
        return [
            Suppression(comment, "dotenv-linter", names, comment.line, document.source.line_of(on) if on > 0 else LAST)
        ]
    return []


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
