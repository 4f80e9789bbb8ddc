"""Comments that suppress findings, as they are written: in our own form, and in those of the tools whose rules ours answer."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from infralint.model.document import Comment, Document
from infralint.text import regex as re
from infralint.text.source import Source


class Suppression:
    """A comment that suppresses findings: of which rules, in which lines, and why."""

    __slots__ = (
        "comment",
        "first",
        "is_misplaced",
        "last",
        "names",
        "own",
        "peer",
        "reason",
        "unknown_word",
        "until",
        "used",
    )

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
        self.is_misplaced = False
        """Whether it would cover the file, and stands below the file's head."""
        self.unknown_word: str | None = None
        """The word behind `infralint:` where it is none that suppresses."""


LAST = 1 << 30
_CREDENTIALS = ("gitleaks/*", "cwe/798", "cwe/321", "cwe/214", "cwe/1392")
"""The rules that `gitleaks:allow` and `pragma: allowlist secret` suppress: those about credentials."""


@cache
def _own() -> re.Pattern[str]:
    return re.compile(r"infralint:\s*ignore(-file)?\s*(?:\[([^\]]*)\])?\s*(.*)", re.S)


_UNTIL = re.compile(
    r"\b(?:until|expires)(?:[ \t]{0,9}[=:][ \t]{0,9}(\S{1,99})|(?:[ \t]{1,9}on)?[ \t]{1,9}(\d{4}-\S{1,99}))", re.I
)
"""The last day of a suppression, as `until=2027-03-31`; other spellings count too."""
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
            found.append(_read_own(document, comment, own, first, last))
            continue
        if (word := _UNKNOWN.match(comment.text)) is not None:
            found.append(Suppression(comment, "", [], first, last))
            found[-1].unknown_word = word[1]
            continue
        for read in (_hadolint, _checkov, _zizmor, _trivy, _buildkit, _line_marks):
            found += read(document, comment, first, last)
    return found


def _read_own(document: Document, comment: Comment, own: re.Match[str], first: int, last: int) -> Suppression:
    names = [name.strip() for name in (own[2] or "").split(",") if name.strip()]
    whole = bool(own[1])
    suppression = Suppression(comment, "", names, 0 if whole else first, LAST if whole else last)
    suppression.is_misplaced = whole and not _is_in_head(document.source.text[: comment.start])
    tail = own[3].strip()
    until = _UNTIL.search(tail)
    suppression.until = until[1] or until[2] if until else None
    suppression.reason = tail.replace(until[0], "").strip() if until else tail
    return suppression


def _is_in_head(above: str) -> bool:
    """Whether the lines above a comment are comments, blank, or what begins a YAML file."""
    return all(
        not line or line.startswith(("#", "//", "<!--", "---", "%YAML")) for line in map(str.strip, above.splitlines())
    )


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
