"""The policy of an organisation: what a repository must keep, whatever its own settings and comments say, and exceptions from it."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable
from datetime import date
from fnmatch import fnmatchcase

from infralint.engine.discover import UsageError
from infralint.engine.options import EXCEPTIONS
from infralint.engine.setting_keys import line_of, severity
from infralint.engine.settings import SELECTABLE, Pattern, Settings, names_engine, names_rule, resolved
from infralint.policy.catalogue import Rule, catalogue, matching
from infralint.text import regex as re
from infralint.text.finding import Finding, Severity
from infralint.text.record import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

NEEDED = ("rule", "path", "owner", "reason", "until")
MAX_BYTES = 1_000_000


class PolicyException(NamedTuple):
    """Findings that are accepted until a day: of which rules, in which paths, by whom and why."""

    rules: tuple[str, ...]
    path: Pattern
    owner: str
    reason: str
    until: date
    file: str
    """The file that grants it, as it is shown."""
    line: int
    name: str
    """The rule as the exception writes it."""
    repository: str = "*"
    """A glob of the names of repositories for which it holds."""

    def covers(self, finding: Finding) -> bool:
        """Whether a finding is meant, whatever the day."""
        words = list(self.rules)
        named = names_rule(words, finding.rule) or any(alias in words for alias in finding.aliases)
        return named and self.path.covers(finding.path)


class Organisation:
    """What repositories cannot weaken. `required`: words of rules; `severities`: the lowest that a rule may have."""

    __slots__ = ("exceptions", "fail_on", "file", "params", "required", "severities")

    def __init__(self, file: str = "") -> None:
        self.file = file
        self.required: list[str] = []
        self.severities: dict[str, Severity] = {}
        self.params: dict[str, dict[str, Any]] = {}
        self.fail_on: Severity | None = None
        """From this severity on a finding fails the run; None where only the repository's settings say so."""
        self.exceptions: list[PolicyException] = []

    def settings(self) -> Settings:
        """Settings under which the required rules judge: nothing of a repository's own counts."""
        found = Settings()
        found.select = list(self.required)
        found.severities = dict(self.severities)
        found.params = {rule: dict(values) for rule, values in self.params.items()}
        found.honor = ()
        found.allow_inline = False
        return found


def organisation_of(
    file: str | None, root: str, settings: Settings, foreign: list[Rule], repository: str
) -> Organisation:
    """What holds for a repository of that name: the policy in a file, what its own settings require, and its exceptions below `root` ("": none)."""
    found = read_organisation(file, foreign) if file is not None else Organisation()
    found.exceptions = [one for one in found.exceptions if fnmatchcase(repository, one.repository)]
    found.required += [word for word in settings.required if word not in found.required]
    found.severities = {**settings.severities, **found.severities}
    found.params = {**settings.params, **found.params}
    if root:
        found.exceptions += read_exceptions(root, foreign)
    return found


def read_organisation(file: str, foreign: list[Rule]) -> Organisation:
    """The policy in a file of the user. Raises UsageError with file and line."""
    text, values = _toml(file, file)
    found = Organisation(file)

    def fail(key: str, message: str) -> UsageError:
        return UsageError(f"{file}{line_of(text, key)}: {message}")

    known = ("required", "fail-on", "rules", "exception")
    for key in values:
        if key not in known:
            from infralint.policy.vocabulary import near

            raise fail(key, f"a policy has no key {key!r}{near(key, known)}; it has {', '.join(known)}")
    from infralint.engine.setting_keys import build

    everything = [*catalogue(), *foreign]
    found.required = required_words(values.get("required", []), everything, fail)
    if "fail-on" in values:
        found.fail_on = severity(values["fail-on"], lambda message: fail("fail-on", message))
    if "rules" in values:
        base = build({"rules": values["rules"]}, file, text, foreign, Settings())
        found.severities, found.params = base.severities, base.params
    found.exceptions = _exceptions(values.get("exception", []), text, file, everything)
    return found


def required_words(value: Any, rules: list[Rule], fail: Callable[[str, str], UsageError]) -> list[str]:
    """The rules that `required` names, those of peers as ours. Raises UsageError for what is no rule."""
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise fail("required", "required is a list of rules, kinds or profiles")
    for word in value:
        if names_engine(word):
            raise fail(word, f"required names {word!r}; only rules of infralint can be required")
        if word not in SELECTABLE and not matching(rules, word):
            from infralint.policy.vocabulary import near

            known = {name for rule in rules for name in (rule.id, rule.name, rule.kind)}
            raise fail(word, f"required names {word!r}, which is no rule or kind{near(word, known)}")
    return resolved(rules, value)


def read_exceptions(root: str, foreign: list[Rule]) -> list[PolicyException]:
    """The exceptions that a repository keeps. Raises UsageError with file and line."""
    full = os.path.join(root, EXCEPTIONS)
    if not os.path.lexists(full):
        return []
    real = os.path.realpath(full)
    if not real.startswith(os.path.realpath(root).rstrip(os.sep) + os.sep) or not os.path.isfile(real):
        raise UsageError(f"{EXCEPTIONS}: is no plain file below the root; exceptions are not read from there")
    text, values = _toml(full, EXCEPTIONS)
    other = next((key for key in values if key != "exception"), None)
    if other is not None:
        raise UsageError(f"{EXCEPTIONS}{line_of(text, other)}: holds [[exception]] tables only, not {other!r}")
    return _exceptions(values.get("exception", []), text, EXCEPTIONS, [*catalogue(), *foreign])


def _toml(full: str, shown: str) -> tuple[str, dict[str, Any]]:
    """The text and the values of a TOML file. Raises UsageError."""
    import tomllib

    try:
        with open(full, "rb") as stream:
            data = stream.read(MAX_BYTES + 1)
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"{shown}: cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{shown}: is not UTF-8") from None
    if len(data) > MAX_BYTES:
        raise UsageError(f"{shown}: is larger than 1 MB")
    try:
        return text, tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        where = re.search(r"at line (\d+), column (\d+)", str(error))
        raise UsageError(f"{shown}{f':{where[1]}:{where[2]}' if where else ''}: is not TOML: {error}") from None


def _exceptions(value: Any, text: str, file: str, rules: list[Rule]) -> list[PolicyException]:
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise UsageError(f"{file}{line_of(text, 'exception')}: write each exception as a table [[exception]]")
    lines = [
        text.count("\n", 0, match.start()) + 1 for match in re.finditer(r"^[ \t]*\[\[\s*exception\s*\]\]", text, re.M)
    ]
    return [_exception(one, lines[at] if at < len(lines) else 1, file, rules) for at, one in enumerate(value)]


def _exception(value: dict[str, Any], line: int, file: str, rules: list[Rule]) -> PolicyException:
    def fail(message: str) -> UsageError:
        return UsageError(f"{file}:{line}: {message}")

    missing = [key for key in NEEDED if key not in value]
    if missing:
        raise fail(f"the exception lacks {', '.join(missing)}; it needs {', '.join(NEEDED)}")
    other = next((key for key in value if key not in (*NEEDED, "repository")), None)
    if other is not None:
        raise fail(f"an exception has no key {other!r}; it has {', '.join(NEEDED)} and repository")
    wrong = next((key for key in value if key != "until" and not (isinstance(value[key], str) and value[key])), None)
    if wrong is not None:
        raise fail(f"{wrong} of an exception is a text")
    name = value["rule"]
    if not names_engine(name) and not matching(rules, name):
        from infralint.policy.vocabulary import near

        raise fail(f"the exception names {name!r}, which is no rule or kind{near(name, {one.id for one in rules})}")
    glob = posixpath.normpath(value["path"])
    if glob.startswith(("/", "..")):
        raise fail(f"path {value['path']!r} leads out of the repository; it is relative to the root")
    return PolicyException(
        tuple(resolved(rules, [name])), Pattern("", glob), value["owner"], value["reason"], _until(value["until"], fail),
        file, line, name, value.get("repository", "*"),
    )  # fmt: skip


def _until(value: Any, fail: Callable[[str], UsageError]) -> date:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    elif type(value) is date:
        return value
    raise fail(f"until of an exception is its last day, such as 2027-03-31, not {value!r}")
