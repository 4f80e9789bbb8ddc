"""What a run hands to the outputs: findings and what is needed to show them, without models or trees."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable

from infralint.engine.settings import ENGINES, Settings
from infralint.text.edit import Fix, Safety
from infralint.text.finding import Confidence, Finding, Severity
from infralint.text.record import NamedTuple
from infralint.text.source import MAX_BYTES, Source, Unreadable

FAILURES = frozenset({"unreadable", "failed", "unknown"})
"""Kinds of notice that mean something was not judged; the others (`templated`, ...) are for information."""


class Notice(NamedTuple):
    """Something about a file, or the run (path ""), that is no finding. `kind`: see FAILURES."""

    path: str
    message: str
    kind: str = "note"


class RuleInfo:
    """A rule as the outputs show it; `body` is its rule's Markdown, `cwe` names such as `cwe/250`."""

    __slots__ = (
        "body", "confidence", "cwe", "fix_safety", "id", "path", "profile", "references",
        "same_as", "severity", "status", "tags", "title",
    )  # fmt: skip

    def __init__(
        self,
        id: str,
        title: str,
        severity: Severity,
        confidence: Confidence = Confidence.HIGH,
        *,
        profile: str = "default",
        status: str = "stable",
        same_as: tuple[str, ...] = (),
        references: tuple[str, ...] = (),
        body: str = "",
        tags: Iterable[str] = (),
        cwe: Iterable[str] = (),
        path: str = "",
        fix_safety: Safety | None = None,
    ) -> None:
        self.id = id
        self.title = title
        self.severity = severity
        self.confidence = confidence
        self.profile = profile
        self.status = status
        self.same_as = tuple(same_as)
        self.references = tuple(references)
        self.body = body
        self.tags = list(tags)
        self.cwe = list(cwe)
        self.path = path
        self.fix_safety = fix_safety

    @property
    def engine(self) -> str:
        """The engine whose rule it is; "" for our own."""
        return self.kind if self.kind in ENGINES else ""

    @property
    def kind(self) -> str:
        """The kind of file it judges."""
        return self.id.rpartition("/")[0]

    @property
    def name(self) -> str:
        """Its name where the kind is meant, as in a comment of the file."""
        return self.id.rpartition("/")[2]


class Report:
    """The outcome of a run below `root`; findings are sorted, suppressed ones apart, messages masked."""

    __slots__ = (
        "_masked", "_prints", "_secrets", "category", "docs_url", "files", "findings", "kinds", "masks", "notices",
        "profile", "root", "rules", "seconds", "settings", "sources", "stdin", "suppressed",
    )  # fmt: skip

    def __init__(
        self,
        root: str,
        findings: list[Finding],
        suppressed: list[Finding] | None = None,
        notices: list[Notice] | None = None,
        files: int = 0,
        kinds: dict[str, int] | None = None,
        seconds: float = 0.0,
        rules: dict[str, RuleInfo] | None = None,
        category: str = "infralint",
        profile: str = "default",
        sources: dict[str, Source] | None = None,
        masks: dict[str, list[tuple[int, int]]] | None = None,
    ) -> None:
        self.root = root
        self.findings = findings
        self.suppressed = suppressed or []
        self.notices = notices or []
        self.files = files
        self.kinds = kinds or {}
        self.seconds = seconds
        self.rules = rules or {}
        self.category = category
        self.profile = profile
        self.sources: dict[str, Source | None] = dict(sources or {})
        self.masks = masks or {}
        """Per path the spans (code points, end exclusive) that no output but a patch may show."""
        self.settings: Settings | None = None
        """Those of the root, which hold for the whole run; None where the report was not made by a run."""
        self.docs_url = ""
        """Where the pages of rules are published; "" where they are only in the package."""
        self.stdin = ""
        """The path as which standard input was judged; "" where it was not."""
        self._masked: dict[str, str] = {}
        self._secrets: list[str] | None = None
        self._prints: dict[int, str] | None = None

    def shown(self, path: str) -> str:
        """A path as a terminal can open it: from the working directory, where root and directory lie in one another."""
        root, here = os.path.realpath(self.root), os.path.realpath(os.getcwd())
        if here == root or not (here.startswith(os.path.join(root, "")) or root.startswith(os.path.join(here, ""))):
            return path
        return os.path.relpath(os.path.join(root, path), here).replace(os.sep, "/")

    def page_of(self, rule: str) -> str:
        """The address of a rule's page; "" where pages are not published, or the rule is an engine's or a user's own."""
        built_in = rule.count("/") == 1 and rule.partition("/")[0] not in (*ENGINES, "local")
        return f"{self.docs_url.rstrip('/')}/rules/{rule}/" if self.docs_url and built_in else ""

    def source(self, path: str) -> Source | None:
        """The file as it was judged, or as it is now; None where it is gone, unreadable or outside of the root."""
        if path not in self.sources:
            self.sources[path] = _read(self.root, path)
        return self.sources[path]

    def masked(self, path: str) -> str:
        """The file's text with its secrets starred, as long as the text itself; "" where it cannot be read."""
        if path not in self._masked:
            source = self.source(path)
            self._masked[path] = _starred(source.text, self.masks.get(path, ())) if source else ""
        return self._masked[path]

    def reveals(self, text: str) -> bool:
        """Whether a text, such as what a fix inserts, holds a masked secret."""
        if self._secrets is None:
            found = set()
            for path, spans in self.masks.items():
                source = self.source(path)
                found |= {source.text[start:end].strip() for start, end in spans} if source else set()
            self._secrets = sorted(secret for secret in found if secret)
        return any(secret in text for secret in self._secrets)

    def shows(self, fix: Fix | None) -> bool:
        """Whether a fix may be written out: none of its edits repeats a secret."""
        return fix is not None and not any(self.reveals(edit.text) for edit in fix.edits)

    def fingerprint(self, finding: Finding) -> str:
        """What the finding is known by from run to run; equal ones are numbered in the order of the file."""
        if self._prints is None:
            everything = [*self.findings, *self.suppressed]
            texts = {path: self.masked(path) for path in {one.path for one in everything}}
            variants = [self.variant(one) for one in everything]
            self._prints = dict(zip(map(id, everything), fingerprints(everything, texts, variants), strict=True))
        return self._prints[id(finding)]

    def variant(self, finding: Finding) -> str:
        """Twelve bits of the SHA-256 of a secret that is all the finding marks, "" for other findings.

        They tell another secret in the same place (but for 1 in 4,096), and are too few to guess a secret by.
        """
        start, end = finding.place.start, finding.place.end
        source = self.source(finding.path)
        if source is None or not any(first <= start < end <= last for first, last in self.masks.get(finding.path, ())):
            return ""
        from hashlib import sha256

        return sha256(source.text[start:end].encode("utf-8", "surrogatepass")).hexdigest()[:3]

    @property
    def counts(self) -> dict[Severity, int]:
        """How many findings there are of each severity, the gravest first."""
        counts = dict.fromkeys(reversed(Severity), 0)
        for finding in self.findings:
            counts[finding.severity] += 1
        return counts

    @property
    def fixable(self) -> int:
        """How many findings --fix would fix."""
        return sum(one.fix is not None and one.fix.safety is Safety.SAFE for one in self.findings)

    @property
    def fixable_unsafe(self) -> int:
        """How many findings more --unsafe-fixes would fix."""
        return sum(one.fix is not None and one.fix.safety is Safety.UNSAFE for one in self.findings)

    def rule(self, finding: Finding) -> RuleInfo:
        """The finding's rule; made of the finding itself where the run does not know it (another engine's)."""
        known = self.rules.get(finding.rule)
        if known is None:
            known = RuleInfo(finding.rule, finding.title, finding.severity, finding.confidence, profile=finding.profile)
            self.rules[finding.rule] = known
        return known


def fingerprints(findings: list[Finding], texts: dict[str, str], variants: list[str]) -> list[str]:
    """SHA-256 of rule, path, structural path and normalised text of each finding, its variant, and its ordinal among equals.

    `texts` are the masked ones, so that a print cannot be used to guess a secret. No line numbers go in.
    """
    from hashlib import sha256

    seen: dict[str, int] = {}
    prints = [""] * len(findings)
    for at in sorted(range(len(findings)), key=lambda at: (findings[at].path, findings[at].place.start, at)):
        one = findings[at]
        text = " ".join(texts.get(one.path, "")[one.place.start : one.place.end].split())
        base = f"{one.first_id}\0{one.path}\0{one.key}\0{text}" + (variants[at] and f"\0{variants[at]}")
        ordinal = seen[base] = seen.get(base, 0) + 1
        whole = base if ordinal == 1 else f"{base}\0{ordinal}"
        prints[at] = sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()
    return prints


def _starred(text: str, spans: Iterable[tuple[int, int]]) -> str:
    parts: list[str] = []
    at = 0
    for first, end in sorted(spans):
        start = max(first, at)
        if end > start:
            parts += (text[at:start], "".join(c if c.isspace() else "*" for c in text[start:end]))
            at = end
    return "".join(parts) + text[at:]


def _read(root: str, path: str) -> Source | None:
    base = os.path.realpath(root)
    real = os.path.realpath(os.path.join(base, path))
    if os.path.isabs(path) or not real.startswith(os.path.join(base, "")):
        return None
    try:
        if not stat.S_ISREG(os.stat(real).st_mode):
            return None
        with open(real, "rb") as file:
            return Source(path, file.read(MAX_BYTES + 1))
    except (OSError, ValueError, Unreadable):
        return None
