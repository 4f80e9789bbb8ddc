"""Taint within a script of `actions/github-script`: from the payload and GitHub's API to outputs, results and variables.

Statements are read by their shape, in the order they are written: what a variable was given last is what it holds.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache

from infralint.analysis.github.taint_path import TaintLookup, TaintPath
from infralint.model.github.expression import expressions_at
from infralint.model.github.step import Step
from infralint.syntax.javascript import (
    arguments_of,
    expression_at,
    is_outside_of_functions,
    quoted_spans,
    without_comments,
    without_strings,
)
from infralint.tables import github, octokit, taint_sources
from infralint.text import regex as re
from infralint.text.record import NamedTuple

MAX_LENGTH = 60_000
MAX_EVENTS = 400
Path = tuple[str, ...]


class JavaScriptWrite(NamedTuple):
    """A value that a script hands on: as an output of that name, its result ("result"), a variable of later steps, or a file."""

    target: str
    name: str
    taint: TaintPath


class _Alias(NamedTuple):
    """What a variable stands for: an object of a payload, whole (`is_response`: with the object in its `data`)."""

    path: Path
    is_response: bool = False


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    name = r"[A-Za-z_$][\w$]*"
    return {
        "event": re.compile(
            rf"(?P<set>\bcore\.(?:setOutput|exportVariable)\(|\b(?:write|append)File(?:Sync)?\()|(?P<return>\breturn\b(?!\s*;))"
            rf"|(?:\b(?:const|let|var)\s+)?(?P<names>{name}|[{{\[][^{{}}\[\]=]*[}}\]])\s*=(?![=>])\s*"
            rf"|\bfor\s*\(\s*(?:const|let|var)\s+(?P<each>{name})\s+of\s+(?P<all>[^)]+)\)"
        ),
        "path": re.compile(
            rf"(?<![\w$.])({name})((?:\s*\??\.\s*{name}|\??\.?\[\s*(?:\d+|[\"'`][\w-]+[\"'`]|{name})\s*\])*)"
        ),
        "part": re.compile(rf"\.\s*({name})|\[\s*[\"'`]([\w-]+)[\"'`]\s*\]"),
        "call": re.compile(r"(?:\b\w+\.)?(?:rest\.)?\b(pulls|issues|repos|search|git)\.(\w+)\b"),
        "route": re.compile(
            r"/(pulls|issues|comments|commits)\b(?:/[^\s'\"`/]+)?(?:/(files|comments|commits|reviews))?"
        ),
        "placeholder": re.compile(r"__E(\d+)__"),
        "clean": re.compile(
            r"\b(?:Number|parseInt|parseFloat|Boolean|encodeURIComponent)\(|\.(?:length|size)\b|\.replace(?:All)?\(\s*/\[\^"
            r"|\.(?:includes|startsWith|endsWith|test|some|every|indexOf|has|localeCompare|search)\("
        ),
        "boolean": re.compile(r"[=!]==?|(?<!=)[<>]=?(?!>)|^\s*!"),
        "lambda": re.compile(rf"\(?\s*({name})\s*\)?\s*=>\s*"),
    }


class JavaScriptTaint:
    """What the script of one step hands on, and where it got it from."""

    def __init__(self, taint: TaintLookup, step: Step, depth: int) -> None:
        self.taint = taint
        self.step = step
        self.depth = depth
        self.writes: list[JavaScriptWrite] = []
        self._held: dict[str, _Alias | dict[str, TaintPath]] = {}
        held = step.input_named("script")
        self._expressions = expressions_at(step.file, held.route) if held is not None else []
        text = str(held.text) if held is not None and held.text is not None else ""
        self.text = without_comments(self._numbered(text)) if len(text) <= MAX_LENGTH else ""

    def read(self) -> None:
        """Read the script, statement by statement."""
        spans = quoted_spans(self.text)
        for match in list(_patterns()["event"].finditer(self.text))[:MAX_EVENTS]:
            at = bisect_right(spans, (match.start(), len(self.text))) - 1
            if at >= 0 and match.start() < spans[at][1]:
                continue
            value = expression_at(self.text, match.end())
            if match["set"]:
                parts = arguments_of(value)
                name = re.fullmatch(r"\s*[\"'`]([\w./-]+)[\"'`]\s*", parts[0]) if len(parts) > 1 else None
                if len(parts) > 1:
                    called = match["set"]
                    target = "file" if "File" in called else "env" if "exportVariable" in called else "output"
                    self._write(target, name[1] if name else "*", parts[1])
            elif match["return"]:
                if is_outside_of_functions(self.text, match.start()):
                    self._write("output", "result", value)
            elif match["each"]:
                self._assign(match["each"], match["all"])
            elif match["names"]:
                self._assign(match["names"], value)

    def of_code(self, code: str) -> TaintPath | None:
        """What untrusted text the first argument of a call holds, without what expressions put there."""
        return self._of(re.sub(r"\$\{\{.{0,500}?\}\}", "", arguments_of(code)[0]), "text")

    def outputs(self, kind: str) -> dict[str, TaintPath]:
        """What each output carries, names in lower case; "*" for those whose name is computed."""
        return {
            each.name.lower(): each.taint for each in self.writes if each.target == "output" and each.taint.kind == kind
        }

    def env(self, kind: str) -> dict[str, TaintPath]:
        """What each variable that is set for later steps carries, names in lower case."""
        return {
            each.name.lower(): each.taint for each in self.writes if each.target == "env" and each.taint.kind == kind
        }

    def files(self) -> dict[str, TaintPath]:
        """The files that it writes untrusted text into, by the name that is written."""
        return {each.name: each.taint for each in self.writes if each.target == "file" and each.taint.kind == "text"}

    def _numbered(self, text: str) -> str:
        out, at = [], 0
        for number, each in enumerate(self._expressions):
            out += [text[at : each.read.start], f"__E{number}__"]
            at = each.read.start + len(each.read.outer)
        return "".join([*out, text[at:]])

    def _write(self, target: str, name: str, value: str) -> None:
        for kind in ("text", "head"):
            found = self._of(value, kind)
            if found is not None:
                self.writes.append(JavaScriptWrite(target, name, found))

    def _assign(self, names: str, value: str) -> None:
        alias = self._alias(value)
        if names[0] not in "{[":
            self._held[names] = alias if alias is not None else self._carried(value)
            return
        for entry in names[1:-1].split(","):
            key, _, renamed = entry.partition(":")
            key, name = key.strip(), (renamed or key).strip()
            if not name:
                continue
            if alias is None:
                self._held[name] = self._carried(value)
            elif names[0] == "[":
                self._held[name] = alias
            else:
                self._held[name] = (
                    _Alias(alias.path) if alias.is_response and key == "data" else _Alias((*alias.path, key))
                )

    def _carried(self, value: str) -> dict[str, TaintPath]:
        found = {kind: self._of(value, kind) for kind in ("text", "head")}
        return {kind: each for kind, each in found.items() if each is not None}

    def _alias(self, value: str) -> _Alias | None:
        """What object of a payload an expression is, where it is one as a whole."""
        plain = re.sub(r"^\s*+(?:\(\s*+)?await\s++", "", value.strip())
        called = self._called(plain)
        if called is not None:
            rest = re.search(r"\)\s*+(?:\)\s*+)?((?:\??\.\s*+\w++|\[\w++\])*+)\s*$", plain)
            names = re.findall(r"\.\s*(\w+)", rest[1]) if rest is not None else []
            is_response = "paginate" not in plain and "data" not in names
            return _Alias((*called, *(name for name in names if name != "data")), is_response)
        whole = re.fullmatch(
            r"([A-Za-z_$][\w$]*)((?:\s*\??\.\s*[A-Za-z_$][\w$]*|\[\w+\])*)\s*(?:\|\|.*|\?\?.*)?", plain, re.DOTALL
        )
        if whole is None:
            found = re.match(r"([\w$.]+)\s*\.(?:find|filter|at|pop|shift|slice)\(", plain)
            return self._alias(found[1]) if found is not None else None
        return self._resolved(whole[1], whole[2])

    def _called(self, text: str) -> Path | None:
        """The object that a call of GitHub's API returns; None where it is none that is known."""
        match = _patterns()["call"].search(text)
        if (
            match is not None
            and re.search(r"\b(?:github|octokit|\w*[cC]lient|rest)\b", text[: match.end()]) is not None
        ):
            return octokit.CALLS.get(f"{match[1]}.{match[2]}")
        if re.match(r"\w+\.(?:request|paginate)\(", text):
            route = _patterns()["route"].search(text)
            below = {
                "files": "pulls.listFiles",
                "comments": "issues.listComments",
                "commits": "pulls.listCommits",
                "reviews": "pulls.listReviews",
            }
            first = {
                "pulls": "pulls.get",
                "issues": "issues.get",
                "comments": "issues.getComment",
                "commits": "repos.getCommit",
            }
            if route is not None:
                return octokit.CALLS[below[route[2]] if route[2] else first[route[1]]]
        return None

    def _resolved(self, first: str, rest: str) -> _Alias | None:
        parts = [one or other for one, other in _patterns()["part"].findall(rest)]
        if first == "context" and parts[:1] == ["payload"]:
            return _Alias(("github", "event", *parts[1:]))
        held = self._held.get(first)
        if isinstance(held, _Alias):
            if held.is_response and parts[:1] == ["data"]:
                return _Alias((*held.path, *parts[1:]))
            return _Alias((*held.path, *parts), held.is_response and not parts)
        return None

    def _of(self, value: str, kind: str) -> TaintPath | None:
        """What an expression carries; None for nothing that is known."""
        if kind == "head" and re.search(r"refs/pull/|\bpull/\$\{", value):
            return TaintPath("refs/pull", self.step, "head", True)
        shown = _result_of(value)
        if kind == "text" and (_patterns()["clean"].search(shown) or _is_clean_match(shown)):
            return None
        if kind == "text" and "`" not in shown and _patterns()["boolean"].search(without_strings(shown)):
            return None
        for number in _patterns()["placeholder"].findall(shown):
            found = self.taint.of_expression(self._expressions[int(number)], kind, self.depth - 1)
            if found is not None:
                return found
        code = without_strings(shown)
        called = self._called(re.sub(r"^\s*+(?:\(\s*+)?await\s++", "", code))
        if called is not None:
            rest = re.search(r"\)\s*+(?:\)\s*+)?((?:\??\.\s*+\w++)++)", code)
            names = tuple(name for name in re.findall(r"\.\s*(\w+)", rest[1]) if name != "data") if rest else ()
            found = self._of_path((*called, *names), kind)
            if found is not None:
                return found
        whole = re.search(r"\bJSON\.stringify\(|\.(?:map|join)\(", code) is not None
        fields = _lambda_fields(code)
        for first, rest in _patterns()["path"].findall(code):
            found = self._of_name(first, rest, kind, whole=whole, fields=fields)
            if found is not None:
                return found
        if kind == "text" and re.search(r"\breadFile(?:Sync)?\(", code):
            return self.taint.untrusted_files(self.step, self.depth - 1)
        return None

    def _of_name(self, first: str, rest: str, kind: str, *, whole: bool, fields: list[Path]) -> TaintPath | None:
        parts = [one or other for one, other in _patterns()["part"].findall(rest)]
        if first == "process" and parts[:1] == ["env"] and len(parts) > 1:
            return self.taint.variable(self.step, parts[1], kind, self.depth - 1)
        alias = self._resolved(first, rest)
        if alias is not None:
            for path in [alias.path, *((*_without_methods(alias.path), *each) for each in fields)]:
                found = self._of_path(path, kind, whole=whole)
                if found is not None:
                    return found
            return None
        held = self._held.get(first)
        return held.get(kind) if isinstance(held, dict) else None

    def _of_path(self, path: Path, kind: str, *, whole: bool = False) -> TaintPath | None:
        path = _without_methods(path)
        shown = ".".join(path)
        if path[:1] == ("$file",):
            is_text = kind == "text" and (whole or not octokit.FILE_FIELDS.isdisjoint(path))
            return TaintPath("names of changed files", self.step) if is_text else None
        if kind == "head":
            names = taint_sources.head_pattern().search(shown) is not None
            return TaintPath(shown, self.step, "head", True) if names else None
        for length in range(len(path), 3, -1):
            if github.is_attacker_controlled(path[:length]):
                return TaintPath(
                    ".".join(path[:length]), self.step, "text", path[length - 1] in ("ref", "title", "label")
                )
        is_whole = whole and github.is_attacker_controlled(path, whole=True)
        return TaintPath(shown, self.step) if is_whole else None


_METHODS = frozenset(
    """trim split replace replaceAll toLowerCase toUpperCase toString slice substring substr match concat map filter join find
    at pop shift flat flatMap sort reverse data normalize padStart padEnd matchAll""".split()  # noqa: SIM905
)


def _without_methods(path: Path) -> Path:
    """A path up to the first method that is called on it."""
    at = next((at for at, name in enumerate(path) if name in _METHODS and at > 0), len(path))
    return path[:at]


def _lambda_fields(code: str) -> list[Path]:
    """The fields that arrow functions take of their parameter: `f => f.filename`, `({ filename }) => filename`."""
    found = []
    for match in _patterns()["lambda"].finditer(code):
        inner = re.match(
            rf"[^,;]*?(?<![\w$.]){re.escape(match[1])}((?:\??\.\w+)+)", code[match.end() : match.end() + 1000]
        )
        if inner is not None:
            found.append(tuple(re.findall(r"\w+", inner[1])))
    found += [tuple(re.findall(r"\w+", each)[:1]) for each in re.findall(r"\(\{\s*+([\w\s,:]++)\}\)\s*+=>", code)]
    return found


def _result_of(value: str) -> str:
    """What of an expression becomes its value: of `a ? b : c` what stands behind the question mark."""
    shown = without_strings(value, blank=True)
    match = re.search(r"(?<!\?)\?(?![.?])", shown[: max(shown.rfind(":"), 0)])
    return value[match.end() :] if match is not None else value


def _is_clean_match(value: str) -> bool:
    """Whether it takes out what a regular expression allows that has no room for what a shell takes for syntax."""
    match = re.search(r"\.match(?:All)?\(\s*/((?:\\.|[^/\\\n])+)/|/((?:\\.|[^/\\\n])+)/\w*\.exec\(", value)
    if match is None:
        return False
    groups = re.findall(r"\((?!\?)((?:\\.|[^()\\]){0,300}+)\)", match[1] or match[2]) or [match[1] or match[2]]
    return not any(re.search(r"(?<!\\)\.(?=[*+?{]|$)|\[\^|\\[SDW]|(?<!\\)\.", group) for group in groups)
