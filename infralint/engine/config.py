"""Settings: infralint.toml, .infralint.toml or [tool.infralint] of pyproject.toml; the closest one wins."""

from __future__ import annotations

import os
import posixpath
import re
from typing import Any, NamedTuple

from infralint.engine.discover import UsageError
from infralint.model.kinds import ROWS
from infralint.policy.catalogue import Rule, catalogue, matching, peer_names
from infralint.tables.trees import FIXTURES, lies_in
from infralint.text.finding import Severity
from infralint.text.glob import matches

NAMES = ("infralint.toml", ".infralint.toml", "pyproject.toml")
PROFILES = ("default", "pedantic", "all")
SELECTABLE = ("all", "default", "pedantic", "opt-in")
"""What `select` takes besides rules and kinds: every rule, or those of a profile."""
HONOURED = ("hadolint", "checkov", "zizmor", "trivy", "buildkit", "dclint", "dotenv-linter", "gitleaks", "kics")
ENGINES = ("hadolint", "checkov", "shellcheck")
"""Other linters that `--with` runs beside our own judging."""
KEYS = {
    "profile", "select", "extend-select", "ignore", "exclude", "fail-on", "extends", "rules", "per-file-ignores",
    "accept-unreadable", "allow-inline", "require-reason", "honor", "files", "fixtures", "github",
}  # fmt: skip
GHES_RULES = (
    "workflow/cache-poisoning-via-code-injection", "workflow/cache-poisoning-via-direct-cache",
    "workflow/cache-poisoning-via-untrusted-code", "workflow/cache-from-untrusted-runs", "workflow/fork-checkout-refused",
)  # fmt: skip
"""Rules about what github.com has made harmless and GitHub Enterprise Server has not."""
MAX_EXTENDS = 8


def names_engine(word: str) -> bool:
    """Whether a word means an engine that `--with` can run, or a rule of it: `hadolint`, `checkov/CKV_AWS_20`."""
    return word.partition("/")[0] in ENGINES


class Settings:
    """What holds for the files of a folder."""

    __slots__ = (
        "accept_unreadable", "allow_inline", "exclude", "extend_select", "fail_on", "files", "fixtures", "honor", "ignore", "params",
        "path", "per_file", "profile", "require_reason", "select", "severities",
    )  # fmt: skip

    def __init__(self) -> None:
        self.path = ""
        self.profile = "default"
        self.select: list[str] | None = None
        self.extend_select: list[str] = []
        self.ignore: list[str] = []
        self.exclude: list[Pattern] = []
        self.fail_on: Severity | None = Severity.MEDIUM
        """The lowest severity that fails a run; None where no finding does."""
        self.files: list[tuple[Pattern, str]] = []
        """Patterns of paths with the kind that they are judged as."""
        self.severities: dict[str, Severity] = {}
        self.params: dict[str, dict[str, Any]] = {}
        self.per_file: list[tuple[Pattern, list[str]]] = []
        self.accept_unreadable: list[Pattern] = []
        self.allow_inline = True
        self.require_reason = False
        self.honor: tuple[str, ...] = HONOURED
        self.fixtures: tuple[str, ...] = FIXTURES

    def is_active(self, rule: Rule, variants: frozenset[str] = frozenset()) -> bool:
        """Whether a rule judges here, in a file that is there for `variants` (tests, ...)."""
        if _names(self.ignore, rule):
            return False
        profile = rule.profile if variants.isdisjoint(rule.entry["pedantic_in"]) else max(rule.profile, "pedantic")
        return self._shows(rule, profile)

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


class Configs:
    """The settings of every folder of a run."""

    __slots__ = ("_base", "_folders", "_known", "_override", "foreign", "root")

    def __init__(self, root: str, paths: list[str], override: dict[str, Any] | str | None, foreign: list[Rule]) -> None:
        self.root = root
        self.foreign = foreign
        self._override = override
        self._base: Settings | None = None
        self._known: dict[str, Settings] = {}
        self._folders: dict[str, str] = {}
        if override is None:
            for path in paths:
                folder, _, name = path.rpartition("/")
                if name in NAMES:
                    before = self._folders.get(folder)
                    if before is None or NAMES.index(name) < NAMES.index(before):
                        self._folders[folder] = name

    def of(self, path: str) -> Settings:
        """The settings for a file."""
        folder = posixpath.dirname(path)
        passed: list[str] = []
        while folder not in self._known:
            settings = self._own(folder)
            passed.append(folder)
            if settings is not None:
                self._known[folder] = settings
                break
            folder = posixpath.dirname(folder)
        for each in passed:  # one object for all that share it: rules are chosen once for each
            self._known[each] = self._known[folder]
        return self._known[folder]

    def _own(self, folder: str) -> Settings | None:
        """What a folder says itself; at the root, what holds where nothing is said."""
        if self._override is not None:
            if self._base is None:
                self._base = self._given(self._override)
            return self._base
        name = self._folders.get(folder)
        settings = read(self.root, posixpath.join(folder, name), self.foreign) if name is not None else None
        return settings if settings is not None or folder else Settings()

    def _given(self, override: dict[str, Any] | str) -> Settings:
        if isinstance(override, dict):
            return build(override, "the given settings", "", self.foreign, Settings())
        path = os.path.abspath(override)
        if not os.path.isfile(path):
            raise UsageError(f"{override} does not exist; --config names a settings file")
        return read(os.path.dirname(path), os.path.basename(path), self.foreign, shown=override) or Settings()


def read(root: str, path: str, foreign: list[Rule], *, shown: str = "", depth: int = 0) -> Settings | None:
    """The settings of one file; None for a pyproject.toml without ours. Raises UsageError with file and line."""
    found, shown = not shown, shown or path
    if found and not _is_ours(root, path):
        raise UsageError(f"{shown}: is no plain file below the root; settings are not read from there")
    try:
        with open(os.path.join(root, path), "rb") as stream:
            text = stream.read(1_000_000).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{shown}: cannot be read: {error}") from None
    if path.endswith("pyproject.toml") and "tool.infralint" not in text:
        return None
    import tomllib

    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        where = re.search(r"at line (\d+), column (\d+)", str(error))
        place = f":{where[1]}:{where[2]}" if where else ""
        raise UsageError(f"{shown}{place}: is not TOML: {error}") from None
    if path.endswith("pyproject.toml"):
        values = values.get("tool", {}).get("infralint", {})
    base = Settings()
    if "extends" in values:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), str(values["extends"])))
        if target.startswith(("..", "/")) or depth >= MAX_EXTENDS or not os.path.isfile(os.path.join(root, target)):
            raise UsageError(
                f"{shown}{_line(text, 'extends')}: extends {values['extends']!r}, which is not a file below the root"
            )
        base = read(root, target, foreign, depth=depth + 1) or base
    settings = build(values, shown, text, foreign, base, posixpath.dirname(path))
    settings.path = path
    return settings


def _is_ours(root: str, path: str) -> bool:
    """Whether settings that were found in the tree are a plain file of the tree (a link may lead to one)."""
    real = os.path.realpath(os.path.join(root, path))
    return real.startswith(os.path.realpath(root).rstrip(os.sep) + os.sep) and os.path.isfile(real)


def _line(text: str, key: str) -> str:
    match = re.search(rf"^\s*\[?[\"']?{re.escape(key)}\b", text, re.M) or re.search(re.escape(key), text)
    return f":{text.count(chr(10), 0, match.start()) + 1}" if match else ""


def build(
    values: dict[str, Any], shown: str, text: str, foreign: list[Rule], base: Settings, folder: str = ""
) -> Settings:
    """Settings from plain values; patterns are relative to the folder. Raises UsageError that names the key, its line and the nearest known one."""

    def fail(key: str, message: str) -> UsageError:
        return UsageError(f"{shown}{_line(text, key)}: {message}")

    def texts(key: str, value: Any) -> list[str]:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise fail(key, f"{key} is a list of texts")
        return value

    everything = [*catalogue(), *foreign]

    def rule_words(key: str, value: Any) -> list[str]:
        words = texts(key, value)
        for word in words:
            if word not in SELECTABLE and not names_engine(word) and not matching(everything, word):
                raise fail(word, f"{key} names {word!r}, which is no rule or kind{_near(word, everything)}")
        return resolved(everything, words)

    settings = base
    for key, value in values.items():
        if key not in KEYS:
            from infralint.policy.vocabulary import near

            raise fail(key, f"there is no setting {key!r}{near(key, KEYS)}")
        if key == "profile":
            if value not in PROFILES:
                raise fail(key, f"profile is one of {', '.join(PROFILES)}, not {value!r}")
            settings.profile = value
        elif key == "select":
            settings.select = rule_words(key, value)
        elif key == "extend-select":
            settings.extend_select = [*settings.extend_select, *rule_words(key, value)]
        elif key == "ignore":
            settings.ignore = [*settings.ignore, *rule_words(key, value)]
        elif key in ("exclude", "accept-unreadable"):
            name = key.replace("-", "_")
            patterns = [Pattern(folder, glob) for glob in texts(key, value)]
            setattr(settings, name, [*getattr(settings, name), *patterns])
        elif key == "files":
            if not isinstance(value, dict) or not all(kind in ROWS for kind in value.values()):
                raise fail(key, f'files is a table of "pattern" = "kind"; kinds are {", ".join(ROWS)}')
            settings.files = [*((Pattern(folder, glob), kind) for glob, kind in value.items()), *settings.files]
        elif key == "fail-on":
            settings.fail_on = None if value == "never" else severity(value, lambda message: fail("fail-on", message))
        elif key in ("allow-inline", "require-reason"):
            if not isinstance(value, bool):
                raise fail(key, f"{key} is true or false")
            setattr(settings, key.replace("-", "_"), value)
        elif key == "honor":
            settings.honor = tuple(texts(key, value))
            for word in settings.honor:
                if word not in HONOURED:
                    raise fail(key, f"honor names {word!r}; known are {', '.join(HONOURED)}")
        elif key == "fixtures":
            settings.fixtures = tuple(texts(key, value))
        elif key == "per-file-ignores":
            if not isinstance(value, dict):
                raise fail(key, "per-file-ignores is a table of pattern = [rules]")
            own = [(Pattern(folder, glob), rule_words(key, words)) for glob, words in value.items()]
            settings.per_file = [*settings.per_file, *own]
        elif key == "github":
            if _server(value, lambda message: fail("github", message)).startswith("ghes-"):
                settings.extend_select = [*settings.extend_select, *GHES_RULES]
        elif key == "rules":
            _rules(settings, value, everything, fail)
    return settings


def _server(value: Any, fail: Any) -> str:
    """The server that runs the workflows: `github.com`, or a version of GitHub Enterprise Server (`ghes-3.17`)."""
    if not isinstance(value, dict) or set(value) != {"server"}:
        raise fail('github is a table with `server = "github.com"` or `server = "ghes-3.x"`')
    if re.fullmatch(r"github\.com|ghes-\d+(?:\.(?:\d+|x))?", str(value["server"])) is None:
        raise fail(f'server is "github.com" or "ghes-3.x", not {value["server"]!r}')
    return str(value["server"])


def severity(value: Any, fail: Any) -> Severity:
    """A severity by name."""
    try:
        return Severity[str(value).upper()]
    except KeyError:
        raise fail(f"{value!r} is no severity; use critical, high, medium, low or info") from None


def _rules(settings: Settings, table: Any, everything: list[Rule], fail: Any) -> None:
    from infralint.policy.compile import accepts
    from infralint.policy.vocabulary import near

    if not isinstance(table, dict):
        raise fail("rules", "rules is a table: [rules.name]")
    for name, values in table.items():
        rules = [rule for rule in everything if name in rule.words] or [
            rule for rule in everything if name in peer_names(rule.same_as)
        ]
        if not rules and not names_engine(name):
            raise fail(name, f"there is no rule {name!r}{_near(name, everything)}")
        if not isinstance(values, dict):
            raise fail(name, f"rules.{name} is a table of settings")
        if names_engine(name):
            if set(values) != {"severity"}:
                raise fail(name, f"of {name}, an engine's rule, only the severity can be set")
            settings.severities[name] = severity(values["severity"], lambda message, name=name: fail(name, message))
        for rule in rules:
            types: dict[str, str] = rule.entry["types"]
            for key, value in values.items():
                if key == "severity":
                    settings.severities[rule.id] = severity(value, lambda message, name=name: fail(name, message))
                elif key not in types:
                    raise fail(key, f"rule {name} has no setting {key!r}{near(key, ['severity', *types])}")
                elif not accepts(types[key], value):
                    raise fail(key, f"{key} of rule {name} is a {types[key]}")
                else:
                    settings.params.setdefault(rule.id, {})[key] = value


def _near(word: str, rules: list[Rule]) -> str:
    from infralint.policy.vocabulary import near

    return near(word, {name for rule in rules for name in (rule.id, rule.name, rule.kind)})
