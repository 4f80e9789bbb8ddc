"""The keys of the settings: what each means, takes and defaults to; from here come the reader, the JSON schema and the page."""

from __future__ import annotations

from collections.abc import Callable

from infralint.engine.discover import UsageError
from infralint.engine.settings import (
    ENGINES,
    HONOURED,
    PROFILES,
    SELECTABLE,
    Pattern,
    Settings,
    names_engine,
    resolved,
)
from infralint.model.kinds import ROWS
from infralint.policy.catalogue import Rule, catalogue, matching, peer_names
from infralint.tables.trees import FIXTURES
from infralint.text import regex as re
from infralint.text.finding import Confidence, Severity
from infralint.text.record import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SEVERITIES = tuple(one.label for one in reversed(Severity))
CONFIDENCES = tuple(one.label for one in reversed(Confidence))
GROUPS = ("file", "rule")
GHES_RULES = (
    "workflow/cache-poisoning-via-code-injection", "workflow/cache-poisoning-via-direct-cache",
    "workflow/cache-poisoning-via-untrusted-code", "workflow/cache-from-untrusted-runs", "workflow/fork-checkout-refused",
)  # fmt: skip
"""Rules about what github.com has made harmless and GitHub Enterprise Server has not."""
SERVER = r"github\.com|ghes-\d+(?:\.(?:\d+|x))?"


class Key(NamedTuple):
    """A key of the settings. `form`: how its value is written; `words`: what it may be; `option`: that of `infralint check`."""

    name: str
    form: str
    default: str
    doc: str
    words: tuple[str, ...] = ()
    option: str = ""
    of_root: bool = False
    """Whether only the settings at the root say it: it is of the whole run."""


ROWS_OF_KEYS = (
    Key("profile", "word", '"default"', "How much is reported: `pedantic` adds good practice, `all` what is opt-in or new.", PROFILES, "--profile"),
    Key("select", "rules", "", "Only these rules, kinds or profiles (`all`, `default`, `pedantic`, `opt-in`) judge.", option="--select"),
    Key("extend-select", "rules", "[]", "Rules or kinds that judge besides those of the profile.", option="--extend-select"),
    Key("ignore", "rules", "[]", "Rules or kinds that do not judge.", option="--ignore"),
    Key("required", "rules", "[]", "Rules, kinds or profiles that no comment, baseline or other setting silences, in excluded files neither; each finding of theirs gives exit code 1.", of_root=True),
    Key("exclude", "patterns", "[]", "Files and folders that are not judged. Those of outer settings hold in inner folders too.", option="--exclude"),
    Key("per-file-ignores", "rules by pattern", "{}", "Rules or kinds that report nothing in files of a pattern."),
    Key("files", "kind by pattern", "{}", "Kinds of files that their names do not tell.", tuple(ROWS), "--as"),
    Key("fixtures", "texts", "a list", "Folders of test fixtures, vendored and generated files, searched for credentials of known formats only; `[]` for none."),
    Key("all-text", "flag", "false", "Also read files of no known kind, for secrets alone.", option="--all-text", of_root=True),
    Key("fail-on", "word", '"medium"', "The lowest severity that gives exit code 1, or `never`.", (*SEVERITIES, "never"), "--fail-on"),
    Key("min-severity", "word", '"info"', "The lowest severity that is reported, and fixed.", SEVERITIES, "--min-severity"),
    Key("min-confidence", "word", '"low"', "The lowest confidence that is reported, and fixed.", CONFIDENCES, "--min-confidence"),
    Key("rules", "rule tables", "{}", "`[rules.NAME]`: `severity` and parameters of a rule; `infralint explain NAME` lists them."),
    Key("baseline", "text", "", "A file with the findings that the repository already has, which do not count.", option="--baseline", of_root=True),
    Key("honor", "words", "all", "Tools whose comments and configuration files count for the rules that answer theirs; `[]` for none.", HONOURED),
    Key("allow-inline", "flag", "true", "Whether comments may suppress findings.", option="--no-inline-ignores"),
    Key("require-reason", "flag", "false", "Whether a suppressing comment must give a reason."),
    Key("accept-unreadable", "patterns", "[]", "Files that cannot be parsed and are no failure."),
    Key("file-memory", "number", "1024", "Megabytes of memory that judging a file of more than 100 kB may take; what takes more is reported as not judged."),
    Key("file-seconds", "number", "60", "Seconds of processor time that judging one file may take, 600 at most; what takes longer is reported as not judged."),
    Key("github", "server", '{server = "github.com"}', "The server that runs the workflows; `ghes-3.x` for GitHub Enterprise Server."),
    Key("docs-url", "text", "", "The address below which the pages of rules are published (`infralint docs build`); links lead there.", option="--docs-url", of_root=True),
    Key("format", "word", '"text"', "The format of standard output.", option="--format", of_root=True),
    Key("group-by", "word", '"file"', "What the text output groups findings by.", GROUPS, "--group-by", True),
    Key("max-findings", "number", "", "How many findings are printed, the gravest first.", option="--max-findings", of_root=True),
    Key("cache-dir", "text", "", "The folder of the result cache, below the folder of the settings (default: the user's cache folder).", option="--cache-dir", of_root=True),
    Key("extends", "text", "", "Settings that these add to: a file below the root, or `package:NAME/FILE` of an installed Python package."),
)  # fmt: skip
KEYS = {key.name: key for key in ROWS_OF_KEYS}
Fail = Callable[[str, str], UsageError]
"""Makes an error of a key and a message."""


def build(
    values: dict[str, Any], shown: str, text: str, foreign: list[Rule], base: Settings, folder: str = ""
) -> Settings:
    """Settings from plain values; patterns are relative to the folder. Raises UsageError that names the key, its line and the nearest known one."""

    def fail(key: str, message: str) -> UsageError:
        return UsageError(f"{shown}{line_of(text, key)}: {message}")

    reader = _Reader(base, folder, foreign, fail)
    for key, value in values.items():
        if key not in KEYS:
            from infralint.policy.vocabulary import near

            raise fail(key, f"there is no setting {key!r}{near(key, KEYS)}")
        READERS[KEYS[key].form](reader, key, value)
        base.origins[key] = f"{shown}{line_of(text, key)}"
    return base


def line_of(text: str, key: str) -> str:
    """`:LINE` of a key in the text of the settings; "" where it is not found."""
    match = re.search(rf"^\s*\[?[\"']?{re.escape(key)}\b", text, re.M) or re.search(re.escape(key), text)
    return f":{text.count(chr(10), 0, match.start()) + 1}" if match else ""


class _Reader:
    """Reads values into settings."""

    __slots__ = ("everything", "fail", "folder", "settings")

    def __init__(self, settings: Settings, folder: str, foreign: list[Rule], fail: Fail) -> None:
        self.settings = settings
        self.folder = folder
        self.everything = [*catalogue(), *foreign]
        self.fail = fail

    def texts(self, key: str, value: Any) -> list[str]:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.fail(key, f"{key} is a list of texts")
        return value

    def rule_words(self, key: str, value: Any) -> list[str]:
        words = self.texts(key, value)
        for word in words:
            if key == "required" and names_engine(word):
                raise self.fail(word, f"required names {word!r}; only rules of infralint can be required")
            if word not in SELECTABLE and not names_engine(word) and not matching(self.everything, word):
                raise self.fail(word, f"{key} names {word!r}, which is no rule or kind{_near(word, self.everything)}")
        return resolved(self.everything, words)

    def table(self, key: str, value: Any, what: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self.fail(key, f"{key} is a table of {what}")
        return value


def _slot(key: str) -> str:
    return key.replace("-", "_")


def _read_word(reader: _Reader, key: str, value: Any) -> None:
    settings = reader.settings
    if key in ("fail-on", "min-severity"):
        never = key == "fail-on" and value == "never"
        found = None if never else severity(value, lambda message: reader.fail(key, message))
        setattr(settings, _slot(key), found)
    elif key == "min-confidence":
        if value not in CONFIDENCES:
            raise reader.fail(key, f"min-confidence is one of {', '.join(CONFIDENCES)}, not {value!r}")
        settings.min_confidence = Confidence[value.upper()]
    else:
        words = _formats() if key == "format" else KEYS[key].words
        if value not in words:
            raise reader.fail(key, f"{key} is one of {', '.join(words)}, not {value!r}")
        setattr(settings, _slot(key), value)


FORMATS = (
    "text", "concise", "json", "github", "sarif", "gitlab", "gitlab-sast", "junit", "checkstyle", "rdjson", "azure", "markdown", "html",
)  # fmt: skip
"""The output formats; `output/formats` has them, and a test holds the two together."""


def _formats() -> tuple[str, ...]:
    return FORMATS


def _read_rules(reader: _Reader, key: str, value: Any) -> None:
    words = reader.rule_words(key, value)
    before = getattr(reader.settings, _slot(key)) if key != "select" else []
    setattr(reader.settings, _slot(key), [*before, *words])


def _read_patterns(reader: _Reader, key: str, value: Any) -> None:
    patterns = [Pattern(reader.folder, glob) for glob in reader.texts(key, value)]
    setattr(reader.settings, _slot(key), [*getattr(reader.settings, _slot(key)), *patterns])


def _read_rules_by_pattern(reader: _Reader, key: str, value: Any) -> None:
    table = reader.table(key, value, "pattern = [rules]")
    own = [(Pattern(reader.folder, glob), reader.rule_words(key, words)) for glob, words in table.items()]
    reader.settings.per_file = [*reader.settings.per_file, *own]


def _read_kinds(reader: _Reader, key: str, value: Any) -> None:
    if not isinstance(value, dict) or not all(kind in ROWS for kind in value.values()):
        raise reader.fail(key, f'files is a table of "pattern" = "kind"; kinds are {", ".join(ROWS)}')
    own = ((Pattern(reader.folder, glob), kind) for glob, kind in value.items())
    reader.settings.files = [*own, *reader.settings.files]


def _read_texts(reader: _Reader, key: str, value: Any) -> None:
    setattr(reader.settings, _slot(key), tuple(reader.texts(key, value)))


def _read_words(reader: _Reader, key: str, value: Any) -> None:
    words = tuple(reader.texts(key, value))
    for word in words:
        if word not in KEYS[key].words:
            raise reader.fail(key, f"{key} names {word!r}; known are {', '.join(KEYS[key].words)}")
    setattr(reader.settings, _slot(key), words)


def _read_flag(reader: _Reader, key: str, value: Any) -> None:
    if not isinstance(value, bool):
        raise reader.fail(key, f"{key} is true or false")
    setattr(reader.settings, _slot(key), value)


def _read_number(reader: _Reader, key: str, value: Any) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise reader.fail(key, f"{key} is a number from 0")
    setattr(reader.settings, _slot(key), value)


def _read_text(reader: _Reader, key: str, value: Any) -> None:
    if not isinstance(value, str):
        raise reader.fail(key, f"{key} is a text")
    if key in ("baseline", "cache-dir"):
        path = value.removeprefix("./").rstrip("/")
        if path.startswith(("/", "~")) or "\\" in path or ".." in path.split("/") or not path:
            what = "a file" if key == "baseline" else "a folder"
            raise reader.fail(key, f"{key} is the path of {what} below the folder of the settings")
        setattr(reader.settings, _slot(key), f"{reader.folder}/{path}" if reader.folder else path)
    elif key == "docs-url":
        if not re.fullmatch(r"https?://[^\s<>\"`]+", value):
            raise reader.fail(key, "docs-url is an address that begins with https://")
        reader.settings.docs_url = value


def _read_server(reader: _Reader, key: str, value: Any) -> None:
    """The server that runs the workflows: `github.com`, or a version of GitHub Enterprise Server (`ghes-3.17`)."""
    if not isinstance(value, dict) or set(value) != {"server"}:
        raise reader.fail(key, 'github is a table with `server = "github.com"` or `server = "ghes-3.x"`')
    if re.fullmatch(SERVER, str(value["server"])) is None:
        raise reader.fail(key, f'server is "github.com" or "ghes-3.x", not {value["server"]!r}')
    if str(value["server"]).startswith("ghes-"):
        reader.settings.extend_select = [*reader.settings.extend_select, *GHES_RULES]


def severity(value: Any, fail: Callable[[str], UsageError]) -> Severity:
    """A severity by name."""
    try:
        return Severity[str(value).upper()]
    except KeyError:
        raise fail(f"{value!r} is no severity; use critical, high, medium, low or info") from None


def _read_rule_tables(reader: _Reader, key: str, value: Any) -> None:
    if not isinstance(value, dict):
        raise reader.fail(key, "rules is a table: [rules.name]")
    for name, values in value.items():
        rules = [rule for rule in reader.everything if name in rule.words] or [
            rule for rule in reader.everything if name in peer_names(rule.same_as)
        ]
        if not rules and not names_engine(name):
            raise reader.fail(name, f"there is no rule {name!r}{_near(name, reader.everything)}")
        if not isinstance(values, dict):
            raise reader.fail(name, f"rules.{name} is a table of settings")
        if names_engine(name) and set(values) != {"severity"}:
            raise reader.fail(name, f"of {name}, an engine's rule, only the severity can be set")
        for one, given in values.items():
            if one == "severity":
                level = severity(given, lambda message, name=name: reader.fail(name, message))  # type: ignore[misc]
                reader.settings.severities.update(
                    dict.fromkeys([name] if names_engine(name) else [rule.id for rule in rules], level)
                )
            else:
                _read_param(reader, name, rules, one, given)


def _read_param(reader: _Reader, name: str, rules: list[Rule], key: str, value: Any) -> None:
    from infralint.policy.compile import accepts
    from infralint.policy.vocabulary import near

    for rule in rules:
        types: dict[str, str] = rule.entry["types"]
        if key not in types:
            raise reader.fail(key, f"rule {name} has no setting {key!r}{near(key, ['severity', *types])}")
        if not accepts(types[key], value):
            raise reader.fail(key, f"{key} of rule {name} is a {types[key]}")
        reader.settings.params.setdefault(rule.id, {})[key] = value


def _near(word: str, rules: list[Rule]) -> str:
    from infralint.policy.vocabulary import near

    return near(word, {name for rule in rules for name in (rule.id, rule.name, rule.kind)})


READERS: dict[str, Callable[[_Reader, str, Any], None]] = {
    "word": _read_word,
    "words": _read_words,
    "rules": _read_rules,
    "patterns": _read_patterns,
    "rules by pattern": _read_rules_by_pattern,
    "kind by pattern": _read_kinds,
    "texts": _read_texts,
    "text": _read_text,
    "flag": _read_flag,
    "number": _read_number,
    "server": _read_server,
    "rule tables": _read_rule_tables,
}
__all__ = ["CONFIDENCES", "ENGINES", "FIXTURES", "FORMATS", "GROUPS", "KEYS", "SEVERITIES", "build", "severity"]
