"""Taint within a script, line by line: from variables, commands and files to outputs and the environment.

A line's meaning is read by its shape, not by running it: an assignment carries what stands on its right, unless
something on the way takes out what is dangerous.
"""

from __future__ import annotations

from functools import cache

from infralint.analysis.github.script_dialects import as_shell_lines
from infralint.analysis.github.shells import shell_of
from infralint.analysis.github.taint_path import TaintLookup, TaintPath
from infralint.model.element import Element
from infralint.model.github.step import Step
from infralint.text import regex as re
from infralint.text.record import NamedTuple

MAX_LINES = 2000


MAX_LINE = 1000


class TaintedWrite(NamedTuple):
    """One value that a script writes to GITHUB_ENV, GITHUB_PATH or GITHUB_OUTPUT; `is_direct`: by `${{ }}` in the script."""

    target: str
    name: str
    taint: TaintPath
    is_direct: bool
    at: Element


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(
        {
            "assign": r"^\s*(?:(?:export|local|readonly|declare(?:\s+-\w+)?)\s+)?([A-Za-z_]\w*)\+?=(.*)$",
            "variable": r"\$\{?([A-Za-z_]\w*)",
            "target": r"(?:>>?\s*|\btee\s+(?:-a\s+|--append\s+)?)[\"']?\$\{?(GITHUB_(?:ENV|PATH|OUTPUT))\b",
            "group": r"^\s*[})].*>>?\s*[\"']?\$\{?(GITHUB_(?:ENV|PATH|OUTPUT))\b",
            "named": r"^\s*(?:echo|printf)?\s*(?:-\w+\s+)*[\"']?([A-Za-z_][\w.-]*)(?:=|<<)(.*)",
            "heredoc": r"([A-Za-z_][\w.-]*)<<-?[\"']?([\w$\{\}-]+)",
            "command": r"::(set-output|set-env|save-state)\s+name=([\w.-]+)::(.*)",
            "add-path": r"::add-path::(.*)",
            "checked": r"\[\[?\s*\"?\$\{?(\w+)\}?\"?\s*=~\s*\^",
            "clean": r"tr\s+-(?:cd|dc)\b|tr\s+-[dc]\s+-[dc]\b|sed\s+(?:-\w+\s+)*['\"]?s.\[\^|\bwc\b|\b(?:sha\d+|md5)sum\b"
            r"|grep\s+-\w*o\w*E?\w*\s+['\"]?\^?\[0-9|jq\s+[^|]*@sh|printf\s+['\"]?%[qd]|base64\b",
            "one-line": r"tr\s+-d\s+['\"]?\\?n|tr\s+-d\s+['\"]\\n|tr\s+['\"]\\n['\"]|(?:head|tail)\s+-(?:n\s*)?1\b|\bxargs\b",
            "read": r"\bcat\s+(?!<<)[^|;)&\s]|\$\(\s*<|\b(?:head|tail|jq|grep|sed|awk|cut|sort|xmllint|yq)\b[^|;)]*?\s[\w./$\{\}~-]+[\w}](?:\"|'|\)|\||\s|;|$)|<\s*[\w./]",
            "pull": r"\bgh\s+(?:pr|issue)\s+(?:view|list|diff)\b|\bgh\s+api\b[^|]*?(?:pulls|issues|comments)|api\.github\.com[^|]*(?:pulls|issues)",
            "opens": r"(?:^|[;&|]\s*)\s*(?:if|for|while|until|case|select)\b",
            "closes": r"(?:^|[;&|]\s*)\s*(?:fi|done|esac)\b",
            "event": r"GITHUB_EVENT_PATH",
            "safe-key": r"(?:--jq|-q|\bjq(?:\s+-\w+|\s+--[\w-]+)*)\s+['\"]?[^'\"|]*\.(?:number|id|sha|state|merged|draft|mergeable|url|html_url|headRefOid|oid|created_at|updated_at|pushed_at|node_id|author_association)\b\s*[\]}]*['\"]?",
            "text-key": r"title|body|head\.?[rR]ef|\bref\b|filename|files|path|login|author|comment|label|description|message|\.name\b|name-only|--patch",
            "head-key": r"\.head\b|head\.(?:ref|sha|repo|user|label)|headRef(?:Name|Oid)|headRepository|head_(?:ref|sha|repository)"
            r"|\.commits\b",
        }[name]
    )


class ScriptTaint:
    """What the script of one step writes, and what it got it from."""

    def __init__(self, taint: TaintLookup, step: Step, depth: int) -> None:
        self.taint = taint
        self.step = step
        self.depth = depth
        self.writes: list[TaintedWrite] = []
        self._held: dict[str, dict[str, TaintPath | None]] = {"text": {}, "head": {}}
        self._answers: set[str] = set()
        """Variables that hold all that was looked up of a pull request."""
        run = step.run
        self._expressions = run.expressions if run is not None else []

    def read(self) -> None:
        """Read the script, line by line."""
        run = self.step.run
        if run is None or len(run.text) > 60_000:
            return
        self.script = as_shell_lines(self._numbered(), shell_of(run))
        lines = self.script.replace("\\\n", "  ").split("\n")[:MAX_LINES]
        self._walk([line[:MAX_LINE] for line in lines])

    def held(self, kind: str) -> dict[str, TaintPath]:
        """What its variables hold at its end, by name."""
        return {name: taint for name, taint in self._held[kind].items() if taint is not None}

    def of_words(self, text: str, kind: str = "text") -> TaintPath | None:
        """What a part of the script carries, once the script has run."""
        for number, each in enumerate(self._expressions):
            text = text.replace(each.raw, f"${{__E{number}__}}")
        return self._of(text, kind)

    def of_line(self, line: str) -> TaintPath | None:
        """What a line of a script in another language than that of a shell carries, once the script has run."""
        run = self.step.run
        if run is None:
            return None
        return self._of(as_shell_lines(line, shell_of(run), self._held["text"]), "text")

    def of_code(self, code: str) -> TaintPath | None:
        """What untrusted text a word carries that is run as code; what a command in it takes out counts in `$()` only."""
        return self._of(code, "text") if "$(" in code or "`" in code else self._found(code, "text")

    def outputs(self, kind: str) -> dict[str, TaintPath]:
        """What each output carries, names in lower case."""
        return {
            write.name.lower(): write.taint
            for write in self.writes
            if write.target == "GITHUB_OUTPUT" and write.taint.kind == kind
        }

    def env(self, kind: str) -> dict[str, TaintPath]:
        """What each variable that is set for later steps carries, names in lower case."""
        return {
            write.name.lower(): write.taint
            for write in self.writes
            if write.target == "GITHUB_ENV" and write.taint.kind == kind
        }

    def _numbered(self) -> str:
        assert self.step.run is not None
        text, out, at = str(self.step.run.text), [], 0
        for number, each in enumerate(self._expressions):
            size = len(each.read.outer)
            out += [text[at : each.read.start], f"${{__E{number}__}}"]
            at = each.read.start + size
        return "".join([*out, text[at:]])

    def _walk(self, lines: list[str]) -> None:
        groups = self._groups(lines)
        open_name, open_end = "", ""
        level = 0
        for number, line in enumerate(lines):
            stripped = line.split(" #", 1)[0] if " #" in line else line
            if stripped.lstrip().startswith("#"):
                continue
            for match in _pattern("checked").finditer(stripped):
                for held in self._held.values():
                    held[match[1]] = None
            found = _pattern("target").search(stripped)
            target = found[1] if found else groups.get(number)
            content = stripped[: found.start()] if found else stripped
            for command in _pattern("command").finditer(stripped):
                self._write("GITHUB_ENV" if command[1] == "set-env" else "GITHUB_OUTPUT", command[2], command[3])
            added = _pattern("add-path").search(stripped)
            if added:
                self._write("GITHUB_PATH", "", added[1])
            if target is not None and not (found and _pattern("group").match(stripped)):
                opened = _pattern("heredoc").search(content)
                if open_name:
                    if re.sub(r"[\"']|echo|\s", "", content) == open_end:
                        open_name = ""
                    else:
                        self._write(target, open_name, content, many=True)
                elif (
                    opened
                    and content.rstrip().endswith("<<EOF") is not None
                    and target != "GITHUB_PATH"
                    and _is_opening(content)
                ):
                    open_name, open_end = opened[1], opened[2].strip("\"'")
                else:
                    named = _pattern("named").match(content) if target != "GITHUB_PATH" else None
                    if named:
                        self._write(target, named[1], named[2])
                    else:
                        self._write(target, self._last_name(content), content, many=True)
            level += len(_pattern("opens").findall(stripped)) - len(_pattern("closes").findall(stripped))
            assigned = _pattern("assign").match(stripped) if found is None else None
            if assigned:
                (self._answers.add if _pattern("pull").search(assigned[2]) else self._answers.discard)(assigned[1])
                for kind in ("text", "head"):
                    taint = self._of(assigned[2], kind)
                    if taint is not None or level <= 0:  # what may be skipped takes nothing out
                        self._held[kind][assigned[1]] = taint

    def _last_name(self, content: str) -> str:
        return "*"

    def _groups(self, lines: list[str]) -> dict[int, str]:
        """Lines of a group whose output is written as a whole."""
        found: dict[int, str] = {}
        for number, line in enumerate(lines):
            match = _pattern("group").match(line)
            if not match:
                continue
            for above in range(number - 1, max(number - 60, -1), -1):
                if re.match(r"^\s*[{(]\s*$", lines[above]):
                    break
                found[above] = match[1]
        return found

    def _write(self, target: str, name: str, text: str, *, many: bool = False) -> None:
        for kind in ("text", "head"):
            taint = self._of(text, kind, many=many)
            if taint is not None:
                direct = any(
                    self.taint.of_expression(self._expressions[int(number)], kind, self.depth - 1) is not None
                    for number in re.findall(r"__E(\d+)__", text)
                )
                self.writes.append(TaintedWrite(target, name, taint, direct, self.step))

    def _of(self, text: str, kind: str, *, many: bool = False) -> TaintPath | None:
        found = self._found(text, kind)
        if found is None:
            return None
        if kind == "text" and _pattern("clean").search(text):
            return None
        if _pattern("one-line").search(text):
            return found._replace(is_line=True)
        return found

    def _found(self, text: str, kind: str) -> TaintPath | None:

        is_safe = kind == "text" and _pattern("safe-key").search(text) is not None
        if kind == "head":
            for number in re.findall(r"__E(\d+)__", text):
                plain = str(self._expressions[int(number)].text)
                if "refs/pull/" in text or ("pull/" in text and "number" in plain):
                    return TaintPath("refs/pull", self._expressions[int(number)], "head", True)
        for name in _pattern("variable").findall(text):
            number = re.fullmatch(r"__E(\d+)__", name)
            if number:
                found = self.taint.of_expression(self._expressions[int(number[1])], kind, self.depth - 1)
            elif name in self._held[kind]:
                found = self._held[kind][name]
            else:
                found = self.taint.variable(self.step, name, kind, self.depth - 1)
            if found is not None and not (is_safe and "artifact" not in found.what and "checked out" not in found.what):
                return found
        command = _pattern("pull").search(text) or _pattern("event").search(text)
        is_looked_up = command is not None or not self._answers.isdisjoint(_pattern("variable").findall(text))
        if is_looked_up and kind == "head" and _pattern("head-key").search(text):
            return TaintPath("pull request head from gh", self.step, "head", True)
        if command and kind == "text" and not is_safe:
            start = command.start() if _pattern("pull").search(text) else 0
            has_filter = re.search(r"--jq|-q\b|--json|\bjq\b", text) is not None
            if not has_filter or _pattern("text-key").search(text[start:]):
                return TaintPath(
                    "pull request or issue text from gh",
                    self.step,
                    "text",
                    "title" in text and "body" not in text,
                )
        if _pattern("read").search(text) and not command:
            files = self.taint.untrusted_files(self.step, self.depth - 1)
            if files is not None and kind == "text":
                return files
            if files is not None and kind == "head" and "artifact" in files.what:
                return files._replace(kind="head")
        return None


def _is_opening(content: str) -> bool:
    return re.match(r"^\s*(?:echo|printf)\b.*<<", content) is not None
