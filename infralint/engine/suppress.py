"""Comments that say no to a finding: our own form, and those of the tools whose rules ours answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from typing import NamedTuple

from infralint.engine.config import Settings, names_engine
from infralint.model.document import Comment, Document
from infralint.policy.catalogue import peer_names
from infralint.text.finding import Finding


class Directive:
    """One comment's wish: which names it silences, where, and why."""

    __slots__ = ("comment", "first", "last", "names", "own", "peer", "reason", "until", "used")

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


class Complaint(NamedTuple):
    """What is wrong with a suppression: name of the fault, message, span."""

    name: str
    message: str
    start: int
    end: int


LAST = 1 << 30
_CREDENTIALS = ("gitleaks/*", "cwe/798", "cwe/321", "cwe/214", "cwe/1392")
"""What `gitleaks:allow` and `pragma: allowlist secret` speak of: whatever says that a credential stands here."""
NEAR = 40


@cache
def _own() -> re.Pattern[str]:
    return re.compile(r"infralint:\s*ignore(-file)?\s*(?:\[([^\]]*)\])?\s*(.*)", re.S)


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
    "kics-scan",
)


def directives(document: Document) -> list[Directive]:
    """Every directive of a file's comments."""
    text = document.source.text
    if not any(mark in text for mark in _MARKS):
        return []
    comments = document.comments()
    below: dict[int, int] = {}
    for comment in reversed(comments):  # a block of comments speaks of the line below it
        if comment.alone:
            below[comment.line] = below.get(comment.line + 1, comment.line + 1)
    found: list[Directive] = []
    if "gitleaks:allow" in text or "pragma:" in text:  # within a script or another text these count as well
        from infralint.model.shared.config import marked_comments

        lines = {comment.line for comment in comments}
        for comment in marked_comments(document.source):
            if comment.line not in lines:
                found += [
                    one for one in _line_marks(document, comment, comment.line, comment.line) if one.peer == "gitleaks"
                ]
    for comment in comments:
        first, last = _reach(document, comment, below)
        own = _own().search(comment.text)
        if own:
            names = [name.strip() for name in (own[2] or "").split(",") if name.strip()]
            whole = bool(own[1])
            directive = Directive(comment, "", names, 0 if whole else first, LAST if whole else last)
            tail = own[3].strip()
            until = re.search(r"\buntil=(\S+)", tail)
            directive.until = until[1] if until else None
            directive.reason = tail.replace(until[0], "").strip() if until else tail
            found.append(directive)
            continue
        for read in (_hadolint, _checkov, _zizmor, _trivy, _buildkit, _line_marks):
            found += read(document, comment, first, last)
    return found


def _reach(document: Document, comment: Comment, below: dict[int, int]) -> tuple[int, int]:
    """The lines a comment speaks of: its own, or below a block of comments the next line (its whole instruction)."""
    if not comment.alone:
        return comment.line, comment.line
    line = below[comment.line]
    first, last = document.lines_of(line)
    return min(first, comment.line), max(last, line)


def _hadolint(document: Document, comment: Comment, first: int, last: int) -> list[Directive]:
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
    return [Directive(comment, "hadolint", names, first, last)]


def _checkov(document: Document, comment: Comment, first: int, last: int) -> list[Directive]:
    match = re.search(r"(?:checkov|bridgecrew|cortex):skip= *([A-Za-z_\d-]+(?:,[A-Za-z_\d-]+)*)?", comment.text)
    if not match or not match[1]:
        return []
    names = [f"checkov/{name}" for name in match[1].split(",")]
    if document.kind == "dockerfile":
        return [Directive(comment, "checkov", names, 0, LAST)]
    first, last = document.block_of(comment.line)
    return [Directive(comment, "checkov", names, first, last)]


def _zizmor(document: Document, comment: Comment, first: int, last: int) -> list[Directive]:
    match = re.search(r"# zizmor: ignore\[(.+)\](?:\s+.*)?$", comment.text)
    if not match:
        return []
    names = [f"zizmor/{name.strip()}" for name in match[1].split(",")]
    return [Directive(comment, "zizmor", names, first, last)]


def _trivy(document: Document, comment: Comment, first: int, last: int) -> list[Directive]:
    found = []
    for match in re.finditer(
        r"(?:trivy|tfsec):ignore:([A-Za-z0-9_-]+)(?:\[[^\]]*\])?(?::exp:(\d{4}-\d{2}-\d{2}))?", comment.text
    ):
        directive = Directive(comment, "trivy", [f"trivy/{match[1].removeprefix('AVD-')}"], first, last)
        directive.until = match[2]
        found.append(directive)
    return found


def _buildkit(document: Document, comment: Comment, first: int, last: int) -> list[Directive]:
    match = re.match(r"#\s*check\s*=\s*skip=([A-Za-z,]+)", comment.text) if document.kind == "dockerfile" else None
    if not match:
        return []
    head = not document.source.text[: comment.start].strip("#\n\r ") or comment.line == 1
    names = [f"buildkit/{'*' if name == 'all' else name}" for name in match[1].split(",")]
    return [Directive(comment, "buildkit", names, 0 if head else first, LAST if head else last)]


def _line_marks(document: Document, comment: Comment, first: int, last: int) -> list[Directive]:
    pragma = re.search(r"pragma:[ \t]*(?:allowlist|whitelist)[ \t]+(nextline[ \t]+)?secret", comment.text)
    if "gitleaks:allow" in comment.text or pragma:
        below = pragma is not None and bool(pragma[1])
        until = max(last, comment.line + 1) if below else last if comment.alone else comment.line
        return [Directive(comment, "gitleaks", _CREDENTIALS, comment.line, until)]
    if "kics-scan ignore-line" in comment.text:
        return [Directive(comment, "kics", ["kics/*"], first, last)]
    match = re.search(r"dclint\s+(disable-line|disable-file|disable)\b([ \t][\w \t-]*)?$", comment.text)
    if match:
        names = [f"dclint/{name}" for name in (match[2] or "").split()] or ["dclint/*"]
        whole = match[1] != "disable-line"
        return [Directive(comment, "dclint", names, 0 if whole else first, LAST if whole else last)]
    match = re.search(r"dotenv-linter:off(?:[ \t]+([\w, \t]+))?", comment.text)
    if match:
        names = [f"dotenv-linter/{name}" for name in re.split(r"[,\s]+", match[1] or "") if name] or ["dotenv-linter/*"]
        on = document.source.text.find("dotenv-linter:on", comment.end)
        return [
            Directive(comment, "dotenv-linter", names, comment.line, document.source.line_of(on) if on > 0 else LAST)
        ]
    return []


def silences(directive: Directive, finding: Finding) -> bool:
    """Whether a directive speaks of a finding: its names, and its lines."""
    if directive.own:
        name = finding.rule.rpartition("/")[2]
        if not directive.names & {finding.rule, name, "*", *finding.aliases, *peer_names(finding.same_as)}:
            return False
    elif not any(_claims(name, directive.names) for name in (*finding.same_as, *finding.part_of)):
        return False
    return finding.line <= directive.last and finding.end_line >= directive.first


def _claims(name: str, names: frozenset[str]) -> bool:
    return name in names or f"{name.split('/', maxsplit=1)[0]}/*" in names


def settle(
    findings: list[Finding],
    wishes: list[Directive],
    settings: Settings,
    today: date,
    known: Callable[[str], bool],
    later: frozenset[str] = frozenset(),
) -> tuple[list[Finding], list[Finding], list[Complaint]]:
    """Split findings into those that stand and those silenced; complain of wishes that are wrong or idle.

    `later` are names of rules that judge after this file, so that a wish for one of them is not idle yet.
    """
    complaints: list[Complaint] = []
    active: list[Directive] = []
    for wish in wishes:
        place = wish.comment.start, wish.comment.end
        if not wish.own and wish.peer not in settings.honor:
            continue
        complaints.append(
            Complaint(
                "inline-suppression",
                "inline comment suppresses a rule; `allow-inline` is the setting that forbids it",
                *place,
            )
        )
        if not settings.allow_inline:
            continue
        if wish.own:
            unknown = [name for name in sorted(wish.names) if name != "*" and not known(name)]
            if not wish.names or "*" in wish.names:
                complaints.append(
                    Complaint("unknown-suppression", "name the rules to ignore: ignore[rule] reason", *place)
                )
                continue
            for name in unknown:
                complaints.append(Complaint("unknown-suppression", f"{name} is no rule, so nothing is ignored", *place))
            if settings.require_reason and not wish.reason:
                complaints.append(
                    Complaint("suppression-without-reason", "the settings ask for a reason behind the bracket", *place)
                )
                continue
        if wish.until is not None and _is_over(wish.until, today):
            complaints.append(Complaint("expired-suppression", f"this suppression ended on {wish.until}", *place))
            wish.used = True
            continue
        active.append(wish)
    standing: list[Finding] = []
    silenced: list[Finding] = []
    near, wide = _by_line(active)
    for finding in findings:
        if finding.end_line - finding.line > NEAR:
            nearby = active
        else:
            nearby = [
                *wide,
                *(wish for line in range(finding.line, finding.end_line + 1) for wish in near.get(line, ())),
            ]
        wish_of = next((wish for wish in nearby if silences(wish, finding)), None)
        if wish_of is None:
            standing.append(finding)
        else:
            wish_of.used = True
            finding.suppressed = wish_of.reason or wish_of.comment.text.strip()
            silenced.append(finding)
            for wish in nearby:
                wish.used = wish.used or silences(wish, finding)
    for wish in active:
        if (
            wish.own
            and not wish.used
            and all(known(name) for name in wish.names)
            and not any(name in later or names_engine(name) for name in wish.names)
        ):
            named = " and ".join(sorted(wish.names))
            complaints.append(
                Complaint("unused-suppression", f"nothing here draws {named}", wish.comment.start, wish.comment.end)
            )
    return standing, silenced, complaints


def _by_line(wishes: list[Directive]) -> tuple[dict[int, list[Directive]], list[Directive]]:
    """Wishes by each line that they speak of, and those that speak of many lines."""
    near: dict[int, list[Directive]] = {}
    wide = []
    for wish in wishes:
        if wish.last - wish.first > NEAR:
            wide.append(wish)
            continue
        for line in range(wish.first, wish.last + 1):
            near.setdefault(line, []).append(wish)
    return near, wide


def _is_over(until: str, today: date) -> bool:
    """Whether a last day has passed; a malformed date counts as passed."""
    try:
        return date.fromisoformat(until.rstrip(".,;")) < today
    except ValueError:
        return True
