"""One Markdown file as a rule: its header, its page, its examples."""

from __future__ import annotations

from collections.abc import Mapping

from infralint.model.kinds import FAMILIES, KINDS, ROWS
from infralint.syntax import yaml
from infralint.tables.trees import DEVELOPMENT, EXAMPLES, GITEA, TESTS
from infralint.text import regex as re
from infralint.text.record import NamedTuple
from infralint.text.source import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

RAW = ("title", "each", "for", "when", "at", "say", "once", "once_in_run", "pedantic_if")
KEYS = {
    *RAW, "status", "since", "formerly", "severity", "confidence", "profile", "related", "fix", "same_as", "part_of",
    "references", "params", "files", "not_files", "path", "tags", "pedantic_in",
    "not_on",
}  # fmt: skip
REQUIRED = ("title", "severity", "each", "when", "at", "say")
CHOICES = {
    "status": ("preview", "stable", "deprecated"),
    "severity": ("critical", "high", "medium", "low", "info"),
    "confidence": ("high", "medium", "low"),
    "profile": ("default", "pedantic", "opt-in"),
}
VARIANTS = (TESTS, DEVELOPMENT, EXAMPLES)
"""What `pedantic_in` takes: files that are there for one of these are judged by the rule in the pedantic profile only."""
SERVERS = (GITEA,)
"""What `not_on` takes: servers whose workflows the rule does not judge."""
MAX_LENGTH_OF_FILE = 60_000
ONLINE = "online"
"""The tag of a rule that is judged only where other machines may be asked."""


class RuleError(Exception):
    """A rule that cannot be loaded: `file:line:column: what is wrong and what would be right`."""

    def __init__(self, path: str, line: int, column: int, message: str) -> None:
        super().__init__(f"{path}:{line}:{column}: {message}")
        self.path, self.line, self.column, self.message = path, line, column, message


class Raw(NamedTuple):
    """The text of a header key, with the line and column (from 1) at which it begins."""

    text: str
    line: int
    column: int


class Example(NamedTuple):
    """A small project of one or more files: `bad` (marked), `fixed` (what its fix makes of it) or `good`."""

    verdict: str
    files: dict[str, str]
    marks: dict[str, list[tuple[int, int]]]
    line: int


class RuleFile:
    """A rule as it is written. Expressions are still text here."""

    __slots__ = ("body", "examples", "header", "id", "origin", "path", "raw")

    def __init__(self, id: str, path: str, raw: dict[str, Raw], header: dict[str, Any], body: str) -> None:
        self.id = id
        self.path = path
        self.raw = raw
        self.header = header
        self.body = body
        self.examples: list[Example] = []
        self.origin = "built-in"

    @property
    def kind(self) -> str:
        """The folder it lies in: the kind of file it judges, `any` for the nouns that all kinds share."""
        return self.id.rsplit("/", 2)[-2] if self.id.startswith("local/") else self.id.split("/")[0]

    @property
    def name(self) -> str:
        return self.id.rsplit("/", 1)[-1]

    @property
    def title(self) -> str:
        return self.raw["title"].text

    def choice(self, key: str) -> str:
        """A header word with few values; the first is the default but for severity."""
        default = {"status": "stable", "confidence": "high", "profile": "default"}.get(key, "")
        return str(self.header.get(key, default))

    def names(self, key: str) -> list[str]:
        """A header list of texts."""
        value = self.header.get(key) or []
        return [str(item) for item in value] if isinstance(value, list) else [str(value)]

    def error(self, key: str, message: str, column: int = 0) -> RuleError:
        """An error at a header key."""
        raw = self.raw.get(key)
        return RuleError(self.path, raw.line if raw else 1, (raw.column if raw else 1) + column, f"{key}: {message}")


def plain(node: yaml.Node | None) -> Any:
    """A YAML node as plain Python values."""
    if isinstance(node, yaml.Mapping):
        return {str(key): plain(value) for key, value in node.items()}
    if isinstance(node, yaml.Sequence):
        return [plain(value) for value in node.values()]
    return node.value if isinstance(node, yaml.Scalar) else None


REMEDIES = "_remedies.md"
"""The file of a kind's folder that holds the fixes which several rules share."""


def read(id: str, path: str, text: str, remedies: Mapping[str, Any] | None = None) -> RuleFile:
    """A rule from its text; `remedies` are the shared fixes it may name. Raises RuleError with file, line and column."""
    if len(text) > MAX_LENGTH_OF_FILE:
        raise RuleError(path, 1, 1, f"is longer than {MAX_LENGTH_OF_FILE} characters")
    lines = text.replace("\r\n", "\n").split("\n")
    if lines[0].strip() != "---":
        raise RuleError(path, 1, 1, "a rule begins with a header between two lines of `---`")
    try:
        end = next(i for i in range(1, len(lines)) if lines[i].rstrip() == "---")
    except StopIteration:
        raise RuleError(path, 1, 1, "the header is not closed by a line of `---`") from None
    raw = _keys(path, lines, end)
    header: dict[str, Any] = {}
    for key, value in raw.items():
        if key not in RAW:
            header[key] = _yaml(path, key, value, lines)
    rule_file = RuleFile(id, path, raw, header, "\n".join(lines[end + 1 :]).strip() + "\n")
    _check(rule_file)
    if isinstance(shared := header.get("fix"), str):
        if shared not in (remedies or {}):
            from infralint.policy.vocabulary import near

            raise rule_file.error("fix", f"{REMEDIES} of its folder holds no {shared!r}{near(shared, remedies or {})}")
        header["fix"] = (remedies or {})[shared]
    rule_file.examples = _examples(rule_file, lines, end + 1)
    return rule_file


def read_remedies(path: str, text: str) -> dict[str, Any]:
    """The shared fixes of a folder: the header of its `_remedies.md`, name to fix. Raises RuleError."""
    lines = text.replace("\r\n", "\n").split("\n")
    end = next((at for at in range(1, len(lines)) if lines[at].rstrip() == "---"), None)
    if lines[0].strip() != "---" or end is None:
        raise RuleError(path, 1, 1, "shared fixes are a header between two lines of `---`: name to fix")
    found = _yaml(path, "fixes", Raw("\n".join(lines[1:end]), 2, 1), lines)
    if not isinstance(found, dict):
        raise RuleError(path, 2, 1, "shared fixes are a mapping of name to fix")
    return found


def _keys(path: str, lines: list[str], end: int) -> dict[str, Raw]:
    raw: dict[str, Raw] = {}
    current = ""
    for number in range(1, end):
        line = lines[number]
        match = re.match(r"([a-z_]+):(?:[ ]+|$)", line)
        if match:
            current = match[1]
            if current not in KEYS:
                from infralint.policy.vocabulary import near

                raise RuleError(path, number + 1, 1, f"a rule has no key {current!r}{near(current, KEYS)}")
            if current in raw:
                raise RuleError(path, number + 1, 1, f"{current} is written twice")
            raw[current] = Raw(line[match.end() :], number + 1, match.end() + 1)
        elif not line.strip() or line.startswith("#"):
            continue
        elif line[0] in " \t" and current:
            before = raw[current]
            joint = line.strip() if current in RAW else "\n" + line
            glue = " " if current in RAW and before.text else ""
            raw[current] = before._replace(text=before.text + glue + joint)
        else:
            raise RuleError(path, number + 1, 1, "a header line is `key: value` or an indented continuation")
    return {key: value._replace(text=value.text.strip() if key in RAW else value.text) for key, value in raw.items()}


def _yaml(path: str, key: str, raw: Raw, lines: list[str]) -> Any:
    indent = " " * (raw.column - 1)
    stream = yaml.parse(Source(path, indent + raw.text + "\n"))
    if stream.problems:
        problem = stream.problems[0]
        line, column = stream.source.position(problem.start)
        raise RuleError(path, raw.line + line - 1, column, f"{key}: {problem.message}")
    return plain(stream.root)


def _check(rule_file: RuleFile) -> None:
    for key in REQUIRED:
        if key not in rule_file.raw or (key in RAW and not rule_file.raw[key].text):
            raise RuleError(rule_file.path, 1, 1, f"the header lacks {key!r}")
    for key, allowed in CHOICES.items():
        if key in rule_file.header and rule_file.header[key] not in allowed:
            raise rule_file.error(key, f"{rule_file.header[key]!r} is none of {', '.join(allowed)}")
    for word in rule_file.names("pedantic_in"):
        if word not in VARIANTS:
            raise rule_file.error("pedantic_in", f"{word!r} is none of {', '.join(VARIANTS)}")
    for word in rule_file.names("not_on"):
        if word not in SERVERS:
            raise rule_file.error("not_on", f"{word!r} is none of {', '.join(SERVERS)}")
    if not re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*/)+[a-z0-9]+(?:-[a-z0-9]+)*", rule_file.id):
        raise RuleError(rule_file.path, 1, 1, f"{rule_file.id!r}: name the file with small letters, digits and dashes")
    each = rule_file.raw["each"].text
    kind = each.partition(".")[0] if "." in each else "any"
    if kind != rule_file.kind:
        raise rule_file.error("each", f"{each!r} is of kind {kind!r}, but the rule lies in {rule_file.kind!r}")


def _examples(rule_file: RuleFile, lines: list[str], start: int) -> list[Example]:
    """The fenced examples below the header; those of one heading with file names make one small project."""
    found: list[Example] = []
    heading = 0
    groups: dict[tuple[int, str], Example] = {}
    number = start
    while number < len(lines):
        line = lines[number]
        if line.startswith("#"):
            heading = number
        fence = re.match(r"(`{3,})([a-z]*)[ \t]+(bad|good|fixed)(?:[ \t]+(\S.*))?$", line.rstrip(" \t"))
        number += 1
        if not fence:
            if line.startswith("```"):
                while number < len(lines) and not lines[number].startswith("```"):
                    number += 1
                number += 1
            continue
        first = number
        while number < len(lines) and lines[number].rstrip() != fence[1]:
            number += 1
        if number >= len(lines):
            raise RuleError(rule_file.path, first, 1, "the example's fence is not closed")
        content = "".join(text + "\n" for text in lines[first:number])
        number += 1
        verdict, name = fence[3], fence[4]
        default = _example_path(fence[2], rule_file.kind)
        file = name or default
        if file.startswith("/") or ".." in file.split("/") or "\\" in file:
            raise RuleError(rule_file.path, first, 1, f"the example's file name {file!r} leads outside")
        try:
            text, marks = unmark(_spelled(content, rule_file, first))
        except ValueError as error:
            raise RuleError(rule_file.path, first + 1, 1, str(error)) from None
        if name and (heading, verdict) in groups and file not in groups[heading, verdict].files:
            example = groups[heading, verdict]
        else:
            example = Example(verdict, {}, {}, first)
            found.append(example)
            if name:
                groups[heading, verdict] = example
        example.files[file] = text
        if marks:
            example.marks[file] = marks
    verdicts = {example.verdict for example in found}
    for wanted in ("bad", "good"):
        if wanted not in verdicts:
            raise RuleError(rule_file.path, 1, 1, f"a rule without a `{wanted}` example does not load")
    for example in found:
        if example.verdict == "bad" and not example.marks:
            raise RuleError(rule_file.path, example.line, 1, "a bad example marks with «» what must be reported")
    return found


def _example_path(language: str, kind: str) -> str:
    """The path of an example whose fence names none: by its language where that tells the kind, else by the rule's kind."""
    if kind in ROWS and ROWS[kind].language == language:
        return ROWS[kind].example
    by_language = next((row.example for row in KINDS if row.language == language != "yaml" and row.example), "")
    if kind in FAMILIES:
        kind = next(row.name for row in KINDS if row.family == kind)
    return by_language or (ROWS[kind].example if kind in ROWS else "") or ROWS["compose"].example


def _spelled(text: str, rule_file: RuleFile, line: int) -> str:
    """An example with its credentials spelled out: `⟪github-pat 1⟫` is a recipe with a seed.

    `⟪cr⟫` is a carriage return, and `⟪end⟫` ends the file without a line end.
    """
    if "⟪" not in text:
        return text
    text = text.replace("⟪cr⟫", "\r").replace("⟪end⟫\n", "")
    from infralint.tables.secret_formats import sample

    def spell(match: re.Match[str]) -> str:
        try:
            return sample(match[1], int(match[2]))
        except KeyError:
            raise RuleError(rule_file.path, line, 1, f"there is no credential format {match[1]!r}") from None

    return re.sub("⟪([a-z0-9-]+) ([0-9]+)⟫", spell, text)


def unmark(text: str) -> tuple[str, list[tuple[int, int]]]:
    """An example without its `«»`, and the spans they marked; `\\«` stands for the sign itself.

    Raises ValueError for a mark without its partner.
    """
    out: list[str] = []
    marks: list[tuple[int, int]] = []
    open_at: list[int] = []
    size = 0
    for part in re.split("(\\\\?[«»])", text):
        if part in ("\\«", "\\»"):
            out.append(part[1])
            size += 1
        elif part == "«":
            open_at.append(size)
        elif part == "»":
            if not open_at:
                raise ValueError("a » has no partner; write \\» for the sign itself")
            marks.append((open_at.pop(), size))
        else:
            out.append(part)
            size += len(part)
    if open_at:
        raise ValueError("a « has no partner; write \\« for the sign itself")
    return "".join(out), sorted(marks)
