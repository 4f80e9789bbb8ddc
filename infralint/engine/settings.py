"""What holds for the files of a folder: which rules judge, how grave findings are, what is left out."""

from __future__ import annotations

from infralint.policy.catalogue import Rule, matching
from infralint.tables.trees import FIXTURES, lies_in
from infralint.text.finding import Confidence, Finding, Severity
from infralint.text.glob import matches
from infralint.text.record import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

PROFILES = ("default", "pedantic", "all")
SELECTABLE = ("all", "default", "pedantic", "opt-in")
"""What `select` takes besides rules and kinds: every rule, or those of a profile."""
HONOURED = (
    "hadolint", "checkov", "zizmor", "actionlint", "trivy", "buildkit", "dclint", "dotenv-linter", "gitleaks", "detect-secrets",
    "kics", "semgrep", "yamllint",
)  # fmt: skip
"""Tools whose comments and configuration files count for the rules that answer theirs."""
ENGINES = ("hadolint", "checkov", "shellcheck")
"""Other linters that `--with` runs beside our own judging."""


def names_engine(word: str) -> bool:
    """Whether a word means an engine that `--with` can run, or a rule of it: `hadolint`, `checkov/CKV_AWS_20`."""
    return word.partition("/")[0] in ENGINES


class Pattern(NamedTuple):
    """A glob of a settings file; it is relative to the folder of that file."""

    folder: str
    glob: str

    def covers(self, path: str) -> bool:
        """Whether a path below the root is meant."""
        if self.folder and not path.startswith(f"{self.folder}/"):
            return False
        return _covers(self.glob, path[len(self.folder) + 1 :] if self.folder else path)


def _covers(pattern: str, path: str) -> bool:
    pattern = pattern.rstrip("/")
    return (
        matches(path, pattern)
        or matches(path, f"{pattern}/**")
        or ("/" not in pattern and matches(path, f"**/{pattern}"))
        or ("/" not in pattern and matches(path, f"**/{pattern}/**"))
    )


class Settings:
    """What holds for the files of a folder."""

    __slots__ = (
        "accept_unreadable",
        "all_text",
        "allow_inline",
        "baseline",
        "cache_dir",
        "docs_url",
        "exclude",
        "extend_select",
        "fail_on",
        "file_memory",
        "file_seconds",
        "files",
        "fixtures",
        "format",
        "group_by",
        "honor",
        "ignore",
        "max_findings",
        "min_confidence",
        "min_severity",
        "names_win",
        "origins",
        "params",
        "path",
        "per_file",
        "profile",
        "require_reason",
        "required",
        "select",
        "severities",
    )  # fmt: skip

    def __init__(self) -> None:
        self.path = ""
        self.origins: dict[str, str] = {}
        """Where the value of each key that is set comes from, for `infralint config`."""
        self.profile = "default"
        self.select: list[str] | None = None
        self.extend_select: list[str] = []
        self.ignore: list[str] = []
        self.exclude: list[Pattern] = []
        self.required: list[str] = []
        """Words of rules that no comment and no other setting silences."""
        self.fail_on: Severity | None = Severity.MEDIUM
        """The lowest severity that fails a run; None where no finding does."""
        self.min_severity = Severity.INFO
        self.min_confidence = Confidence.LOW
        self.files: list[tuple[Pattern, str]] = []
        """Patterns of paths with the kind that they are judged as."""
        self.names_win = False
        """Whether `files` has a say only of paths whose names tell no kind."""
        self.severities: dict[str, Severity] = {}
        self.params: dict[str, dict[str, Any]] = {}
        self.per_file: list[tuple[Pattern, list[str]]] = []
        self.accept_unreadable: list[Pattern] = []
        self.allow_inline = True
        self.require_reason = False
        self.honor: tuple[str, ...] = HONOURED
        self.fixtures: tuple[str, ...] = FIXTURES
        self.all_text = False
        self.baseline: str | None = None
        """The path of the baseline below the root."""
        self.cache_dir: str | None = None
        """The folder of the result cache below the root; None: the user's."""
        self.docs_url = ""
        self.format = "text"
        self.group_by = "file"
        self.max_findings: int | None = None
        self.file_memory: int | None = None
        """Megabytes that judging a file may take."""
        self.file_seconds: int | None = None

    def is_active(self, rule: Rule, variants: frozenset[str] = frozenset()) -> bool:
        """Whether a rule judges here, in a file that is there for `variants` (tests, ...), or for such a server."""
        if _names(self.ignore, rule) or not variants.isdisjoint(rule.entry["not_on"]):
            return False
        profile = rule.profile if variants.isdisjoint(rule.entry["pedantic_in"]) else max(rule.profile, "pedantic")
        return self._shows(rule, profile)

    @property
    def shows_others(self) -> bool:
        """Whether rules outside of the default profile may judge."""
        return self.profile != "default" or self.select is not None or bool(self.extend_select)

    def shows_pedantic(self, rule: Rule) -> bool:
        """Whether findings for which its `pedantic_if` holds are reported."""
        return self._shows(rule, max(rule.profile, "pedantic"))

    def _shows(self, rule: Rule, profile: str) -> bool:
        if self.select is not None:
            chosen = "all" in self.select or profile in self.select or _names(self.select, rule)
        else:
            shown = ("default", "pedantic", "opt-in") if self.profile == "all" else ("default", "pedantic")
            chosen = profile == "default" if self.profile == "default" else profile in shown
            chosen = chosen and (rule.status != "preview" or self.profile == "all") and rule.status != "deprecated"
        return chosen or _names(self.extend_select, rule)

    def is_excluded(self, path: str) -> bool:
        """Whether a path is left out."""
        return any(pattern.covers(path) for pattern in self.exclude)

    def kind_of(self, path: str) -> str | None:
        """The kind that `files` gives a path; None where it gives none."""
        return next((kind for pattern, kind in self.files if pattern.covers(path)), None)

    def is_fixture(self, path: str) -> bool:
        """Whether a path lies in a folder of test fixtures, vendored or generated files."""
        return lies_in(path, self.fixtures)

    def shows(self, finding: Finding) -> bool:
        """Whether a finding is grave and sure enough to be reported."""
        return finding.severity >= self.min_severity and finding.confidence >= self.min_confidence

    def ignored_for(self, path: str) -> list[str]:
        """The words of `per-file-ignores` that hold for a path."""
        return [word for pattern, words in self.per_file if pattern.covers(path) for word in words]


def _names(words: list[str], rule: Rule) -> bool:
    return any(word == rule.kind or word in rule.words for word in words)


def resolved(rules: list[Rule], words: list[str]) -> list[str]:
    """Words that select rules, those of peers as the ids of the rules that answer them."""
    known = {word for rule in rules for word in (rule.kind, *rule.words)}
    found: list[str] = []
    for word in words:
        found += [word, *([] if word in known else [rule.id for rule in matching(rules, word)])]
    return found


def names_rule(words: list[str], id: str) -> bool:
    """Whether one of the words means the rule of this id: its id, its name or its kind."""
    kind, _, name = id.rpartition("/")
    return any(word in (id, name, kind) for word in words)
