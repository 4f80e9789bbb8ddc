"""Taking an expression out of a script: an `env:` entry for the step, and the shell's own variable in its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from infralint.syntax import expression as syntax
from infralint.syntax.yaml import Mapping
from infralint.text.edit import Edit
from infralint.text.source import Text

if TYPE_CHECKING:
    from infralint.model.workflow_expressions import Expression
    from infralint.model.workflow_steps import Step

MAX_EXPRESSIONS = 40
MAX_SCRIPT = 20_000
"""Beyond these a script is not rewritten: every expression is weighed against every other."""

_RESERVED = frozenset(
    """PATH HOME USER SHELL PWD IFS TERM LANG TMPDIR HOSTNAME CI RANDOM SECONDS LINENO PS1 EDITOR PAGER MAIL UID
    BASH_ENV ENV OLDPWD DISPLAY LD_PRELOAD PYTHONPATH NODE_OPTIONS REF PLATFORM TITLE""".split()  # noqa: SIM905
)


def masked(text: Text) -> Text:
    """A script whose expressions are shell variables of the same length, so that a shell's grammar can read it."""
    if "${{" not in text:
        return text
    parts: list[str] = []
    at = 0
    for each in syntax.find(text):
        size = len(each.outer)
        parts += (text[at : each.start], "${", "_" * (size - 3), "}")
        at = each.start + size
    parts.append(text[at:])
    return Text("".join(parts), text.source, text.start, text.end, text.pieces, text.style)


def through_env(expression: Expression) -> list[Edit] | None:
    """Edits for every expression of the same script that is as little to be trusted; None if this one cannot move."""
    step = expression.step
    if step is None or not expression.is_in_script or expression.is_broken:
        return None
    if len(step.expressions) > MAX_EXPRESSIONS or len(expression._node.content) > MAX_SCRIPT:
        return None
    if not isinstance(step._node, Mapping) or _replacement(expression, "NAME") is None:
        return None
    names: dict[str, str] = {}
    edits: list[Edit] = []
    for each in step.expressions:
        same = each._route == expression._route and each.is_attacker_controlled == expression.is_attacker_controlled
        if (
            not same
            or each.is_broken
            or (each.is_fixed and each is not expression)
            or _replacement(each, "NAME") is None
        ):
            continue
        inner = str(each.text)
        if inner not in names:
            names[inner] = _name_for(each, step, set(names.values()))
        span = _span(each)
        replacement = _replacement(each, names[inner])
        if replacement is not None:
            edits.append(Edit(expression.source.path, span[0], span[1], replacement))
    fresh = {name: inner for inner, name in names.items() if _existing(step, inner) != name}
    added = _entries(step, fresh)
    return None if added is None else [*added, *edits]


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
        source = step._file.variable_at((*step._route, "run"), wanted[4:].lower())
        return str(source.name) if source is not None else None
    for variable in step.variables:
        read = variable.expressions
        if len(read) == 1 and variable.text == str(read[0]._read.outer) and re.sub(r"\s", "", read[0].text) == wanted:
            return str(variable.name)
    return None


def _name_for(expression: Expression, step: Step, taken: set[str]) -> str:
    existing = _existing(step, str(expression.text))
    if existing is not None:
        return existing
    root = expression._read.root
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
    from infralint.syntax.yaml_edit import plain, set_key

    edits: list[Edit] = []
    for name, inner in entries.items():
        value = plain("${{ " + " ".join(inner.split()) + " }}")
        made = set_key(step._node, ["env", name], value)
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


def _span(expression: Expression) -> tuple[int, int]:
    """What is replaced: the expression, in JavaScript with the quotes around it."""
    if expression.run is None:
        return expression.start - 1, expression.end + 1
    return expression.start, expression.end


def _replacement(expression: Expression, name: str) -> str | None:
    """What reads the variable at this place of the script; None where nothing safe does."""
    step = expression.step
    run = expression.run
    if step is None:
        return None
    raw = expression.source.text
    before, after = raw[expression.start - 1 : expression.start], raw[expression.end : expression.end + 1]
    if run is None:
        if step.uses is None or step.uses.action != "actions/github-script":
            return None
        return f"process.env.{name}" if before == after and before in ("'", '"', "`") and before else None
    if run.text.pieces is None:
        return None  # written elsewhere: an alias
    if not run.text.style and run.text.slice(0, expression._read.start).strip() == "":
        return None
    script, at = str(masked(run.text)), expression._read.start
    follows = str(run.text)[at + len(expression._read.outer) :][:1]
    if run.shell in ("bash", "sh", "dash", "zsh"):
        state = quoting(script, at)
        if state == "code":
            quote = '\\"' if run.text.style == '"' else '"'
            return None if _starts_command(script, at) else f"{quote}${name}{quote}"
        if state == "quoted":
            return f"${{{name}}}" if re.match(r"[\w\[]", follows) else f"${name}"
        return None
    if run.shell in ("pwsh", "powershell"):
        if "@'" in script or '@"' in script:
            return None
        state = quoting(script, at, escape="`")
        return None if state not in ("code", "quoted") else f"${{env:{name}}}" if state == "quoted" else f"$env:{name}"
    return f"%{name}%" if run.shell == "cmd" else None


def _starts_command(script: str, at: int) -> bool:
    """Whether what stands there is (the beginning of) a command's name."""
    line = script[script.rfind("\n", 0, at) + 1 : at]
    return re.search(r"(?:^|[;|&(`{!]|\b(?:then|do|else|if|while|until|exec|eval|sudo|time))\s*$", line) is not None


def quoting(script: str, at: int, escape: str = "\\") -> str:
    """How a place in a shell script is quoted: "code", "quoted" (double quotes, here-documents), or "literal"."""
    stack = ["code"]
    pending: list[tuple[str, bool, bool]] = []
    place, size = 0, len(script)
    while place < size:
        if place >= at:
            break
        char, state = script[place], stack[-1]
        if state == "'":
            end = script.find("'", place)
            if end < 0 or end >= at:
                return "literal"
            stack.pop()
            place = end + 1
            continue
        if char == escape:
            place += 2
            continue
        if state == '"':
            if char == '"':
                stack.pop()
            elif script.startswith("$(", place):
                stack.append("(")
                place += 1
        elif char == "'":
            stack.append("'")
        elif char == '"':
            stack.append('"')
        elif char == "#" and (place == 0 or script[place - 1] in " \t\n;("):
            end = script.find("\n", place)
            if end < 0 or end >= at:
                return "literal"
            place = end
            continue
        elif char == "(":
            stack.append("(")
        elif char == ")" and len(stack) > 1:
            stack.pop()
        elif (
            escape == "\\"
            and script.startswith("<<", place)
            and not script.startswith("<<<", place)
            and "(" not in stack[-1:]
        ):
            match = re.compile(r"<<(-?)[ \t]*(?:'([^'\n]*)'|\"([^\"\n]*)\"|\\?([\w.-]+))").match(script, place)
            if match:
                word = match[2] or match[3] or match[4] or ""
                pending.append((word, match[4] is None or "\\" in match[0], bool(match[1])))
                place = match.end()
                continue
        elif char == "\n" and pending:
            place += 1
            for word, is_literal, has_tabs in pending:
                while place < size:
                    end = script.find("\n", place)
                    end = size if end < 0 else end
                    line = script[place:end]
                    if (line.lstrip("\t") if has_tabs else line) == word:
                        place = end + 1
                        break
                    if place <= at <= end:
                        return "literal" if is_literal else "quoted"
                    place = end + 1
            pending = []
            continue
        place += 1
    state = stack[-1]
    return "quoted" if state == '"' else "literal" if state == "'" else "code"
