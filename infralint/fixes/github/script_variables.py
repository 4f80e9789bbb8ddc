"""Fixes that take an expression out of a script: an `env:` entry for the step, and the shell's own variable in its place."""

from __future__ import annotations

from infralint.analysis.github.cmd_expansions import Expansion, expansions_of
from infralint.analysis.github.environment import variable_at
from infralint.analysis.github.expressions import is_fixed
from infralint.analysis.github.placement import is_in_script, run_of, step_of
from infralint.analysis.github.shells import shell_of
from infralint.analysis.github.untrusted_input import is_untrusted
from infralint.fixes.github.quoting import quoting, starts_command
from infralint.model.element import fact_of
from infralint.model.github.expression import Expression, as_shell_variables
from infralint.model.github.step import Run, Step
from infralint.syntax import expression as syntax
from infralint.syntax.yaml import Mapping
from infralint.syntax.yaml_edit import plain, set_key
from infralint.text import regex as re
from infralint.text.edit import Edit

MAX_EXPRESSIONS = 40


MAX_SCRIPT = 20_000
"""Beyond these a script is not rewritten: every expression is weighed against every other."""


_RESERVED = frozenset(
    """PATH HOME USER SHELL PWD IFS TERM LANG TMPDIR HOSTNAME CI RANDOM SECONDS LINENO PS1 EDITOR PAGER MAIL UID
    BASH_ENV ENV OLDPWD DISPLAY LD_PRELOAD PYTHONPATH NODE_OPTIONS REF PLATFORM TITLE""".split()  # noqa: SIM905
)


@fact_of(Expression)
def through_env(expression: Expression) -> list[Edit] | None:
    """Edits for every expression of the same script that is as little to be trusted; None if this one cannot move."""
    step = step_of(expression)
    if step is None or not is_in_script(expression) or expression.is_broken:
        return None
    if len(step.expressions) > MAX_EXPRESSIONS or len(expression.node.content) > MAX_SCRIPT:
        return None
    if not isinstance(step.node, Mapping) or _change(expression, "NAME") is None:
        return None
    names: dict[str, str] = {}
    edits: list[Edit] = []
    for each in step.expressions:
        same = each.route == expression.route and is_untrusted(each) == is_untrusted(expression)
        if not same or each.is_broken or (is_fixed(each) and each is not expression) or _change(each, "NAME") is None:
            continue
        inner = str(each.text)
        if inner not in names:
            names[inner] = _name_for(each, step, set(names.values()))
        change = _change(each, names[inner])
        if change is not None:
            edits.append(change)
    needed = _needed(step) if run_of(expression) is not None else None
    if needed is not None:
        edits.append(needed)
    fresh = {name: inner for inner, name in names.items() if _existing(step, inner) != name}
    added = _entries(step, fresh)
    return None if added is None else [*added, *edits]


@fact_of(Expansion)
def with_delayed_expansion(expansion: Expansion) -> list[Edit] | None:
    """Edits by which cmd expands untrusted text after it has read the line, so that it is no code."""
    return _delayed(expansion.run)


def _delayed(run: Run) -> list[Edit] | None:
    """Edits by which a script of cmd reads untrusted text as `!NAME!`; None where that sign means something in it already."""
    found = [each for each in expansions_of(run) if is_untrusted(each)]
    if "!" in run.text or run.text.style != "|" or any(each.is_cut for each in found):
        return None
    needed = _needed(run.step)
    return [
        *([needed] if needed is not None else []),
        *(Edit(each.source.path, each.start, each.end, f"!{each.name}!") for each in found),
    ]


DEFAULTS = frozenset(
    """github.actor github.actor_id github.api_url github.base_ref github.event_name github.graphql_url github.head_ref
    github.job github.ref github.ref_name github.ref_type github.repository github.repository_id github.repository_owner
    github.repository_owner_id github.run_attempt github.run_id github.run_number github.server_url github.sha
    github.triggering_actor github.workflow runner.arch runner.name runner.os""".split()  # noqa: SIM905
)
"""Contexts that the runner gives to every script as a variable of the same name."""


def _existing(step: Step, inner: str) -> str | None:
    wanted = re.sub(r"\s", "", inner)
    if wanted.lower() in DEFAULTS:
        return wanted.upper().replace(".", "_")
    if wanted.lower().startswith("env."):  # it is a variable of the shell already
        source = variable_at(step.file, (*step.route, "run"), wanted[4:].lower())
        return str(source.name) if source is not None else None
    for variable in step.variables:
        read = variable.expressions
        if len(read) == 1 and variable.text == str(read[0].read.outer) and re.sub(r"\s", "", read[0].text) == wanted:
            return str(variable.name)
    return None


def _name_for(expression: Expression, step: Step, taken: set[str]) -> str:
    existing = _existing(step, str(expression.text))
    if existing is not None:
        return existing
    root = expression.read.root
    path = syntax.path_of(root) if root is not None else None
    parts = [part for part in path if part not in ("*", "[]")] if path is not None else ["value"]
    if parts[:2] == ["github", "event"] and len(parts) > 2:
        parts = parts[2:]
    elif parts[0] == "github" and len(parts) > 1:
        parts = parts[1:]
    name = re.sub(r"\W+", "_", "_".join(parts)).upper().strip("_")[:60] or "VALUE"
    if name in _RESERVED or name[0].isdigit() or name.startswith(("GITHUB_", "RUNNER_", "ACTIONS_")):
        name = f"VALUE_OF_{name}"
    script = step.run.text if step.run is not None else ""
    used = {str(variable.name) for variable in step.variables} | taken
    candidate, number = name, 2
    while candidate in used or re.search(rf"\b{candidate}\b", script):
        candidate, number = f"{name}_{number}", number + 1
    return candidate


def _entries(step: Step, entries: dict[str, str]) -> list[Edit] | None:
    """Edits that add `NAME: ${{ ... }}` to the step's `env:`."""

    edits: list[Edit] = []
    for name, inner in entries.items():
        value = plain("${{ " + " ".join(inner.split()) + " }}")
        made = set_key(step.node, ["env", name], value)
        if made is None or len(made) != 1:
            return None
        if not edits:
            edits = made
            continue
        first, next_one = edits[0], made[0]
        if first.start != next_one.start or first.end != next_one.end or first.start != first.end:
            return None
        line = next_one.text.rstrip("\r\n").rsplit("\n", 1)[-1]
        newline = step.source.newline
        text = first.text
        text = text + line + newline if text.endswith("\n") else text + newline + line
        edits = [first._replace(text=text)]
    return edits


def _change(expression: Expression, name: str) -> Edit | None:
    """The edit that reads the variable at this place of the script; None where nothing safe does."""
    step, run = step_of(expression), run_of(expression)
    raw, path = expression.source.text, expression.source.path
    before, after = raw[expression.start - 1 : expression.start], raw[expression.end : expression.end + 1]
    whole = before == after and before in ("'", '"', "`") and before != ""

    def instead(text: str, wider: int = 0) -> Edit:
        return Edit(path, expression.start - wider, expression.end + wider, text)

    if step is None:
        return None
    if run is None:
        is_script = step.uses is not None and step.uses.action == "actions/github-script"
        return instead(f"process.env.{name}", 1) if is_script and whole else None
    if run.text.pieces is None:
        return None  # written elsewhere: an alias
    if not run.text.style and run.text.slice(0, expression.read.start).strip() == "":
        return None
    script, at = str(as_shell_variables(run.text)), expression.read.start
    line = script[script.rfind("\n", 0, at) + 1 : at]
    if shell_of(run) in ("bash", "sh", "dash", "zsh"):
        quote = '\\"' if run.text.style == '"' else '"'
        state = quoting(script, at)
        if state == "code":
            return None if starts_command(script, at) else instead(f"{quote}${name}{quote}")
        if state == "quoted":
            follows = str(run.text)[at + len(expression.read.outer) :][:1]
            return instead(f"${{{name}}}" if re.match(r"[\w\[]", follows) else f"${name}")
        is_plain = (
            state == "single"
            and whole
            and run.text.style != "'"
            and _is_only_shown(line, script[at:].partition("\n")[0])
        )
        return instead(f"{quote}${name}{quote}", 1) if is_plain else None
    if shell_of(run) in ("pwsh", "powershell"):
        state = quoting(script, at, escape="`") if "@'" not in script and '@"' not in script else ""
        if state == "single" and whole and run.text.style != "'" and re.search(r"[ \t(=,]'$", line):
            return instead(f"$env:{name}", 1)
        return (
            instead(f"${{env:{name}}}") if state == "quoted" else instead(f"$env:{name}") if state == "code" else None
        )
    if run.text.style != "|":
        return None
    if shell_of(run) == "cmd":  # what `%NAME%` holds is read as code once more, what `!NAME!` holds is not
        is_safe = "!" not in script and not re.search(r"(?i)^\s*(?:@?call|for|rem|::)\b|^\s*$", line)
        return instead(f"!{name}!") if is_safe else None
    if shell_of(run) == "python":
        is_literal = whole and re.search(r"(?:^|[^\w'\"])['\"]$", line) is not None
        is_simple = not any(word in script for word in ("__future__", '"""', "'''"))
        return instead(f'os.environ["{name}"]', 1) if is_literal and is_simple else None
    return None


def _is_only_shown(line: str, rest: str) -> bool:
    """Whether what is quoted by `'` is printed or kept in a variable, and not handed to a program that may read it as code."""
    is_told = re.search(r"^\s*(?:(?:echo|printf) [^|$`]*|(?:export |local )?\w+=)'$", line) is not None
    return is_told and "|" not in rest


_FIRST_LINES = {
    "cmd": (r"(?i)^\s*@?setlocal\b.*\benabledelayedexpansion\b", "setlocal EnableDelayedExpansion"),
    "python": (r"^import (?:.*, *)?os\b(?! as|\.)", "import os"),
}


def _needed(step: Step) -> Edit | None:
    """The line with which the script has to begin so that a variable can be read; None where it is there, or none is needed."""
    run = step.run
    pattern, line = _FIRST_LINES.get(str(shell_of(run)), ("", "")) if run is not None else ("", "")
    if run is None or not line or re.search(pattern, run.text, re.MULTILINE) or not run.text.pieces:
        return None
    source, at = run.source, run.text.pieces[0][1]
    indent = source.text[source.line_starts[source.line_of(at) - 1] : at]
    return Edit(source.path, at, at, f"{line}{source.newline}{indent}")
