"""The values behind a verdict: each part of a rule's condition, for each element of a file."""

from __future__ import annotations

import ast

from infralint.engine.discover import UsageError
from infralint.engine.options import Options
from infralint.engine.rule_docs import rule_file_of
from infralint.engine.session import Session
from infralint.model import kinds
from infralint.model.document import Document
from infralint.policy import catalogue, runtime
from infralint.policy.catalogue import Rule
from infralint.policy.expression import Compiler, ExpressionError
from infralint.policy.parse import parse
from infralint.policy.rule_file import RuleFile
from infralint.policy.vocabulary import Kind, load

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

Row = tuple[str, bool, list[tuple[str, str]]]


def trace(rule: str, file: str, line: int | None, rules_folder: str | None = None) -> list[Row]:
    """A row an element: where it stands, whether the rule fires, and what each part of its `when` is worth."""
    session = Session([file], Options(rules_folder=rules_folder))
    found = catalogue.matching([*catalogue.catalogue(), *session.foreign], rule)
    if not session.paths or session.kind(session.paths[0]) is None:
        raise UsageError(f"{file} is of no kind that infralint judges")
    path = session.paths[0]
    kind = str(session.kind(path))
    chosen = next((each for each in found if each.kind in (kind, "any")), None)
    if chosen is None:
        raise UsageError(f"{rule!r} is no rule that judges a {kind} file; see `infralint rules {kind}`")
    rule_file = rule_file_of(chosen)
    source = session.index.source(path)
    if rule_file is None or source is None:
        raise UsageError(f"{file} cannot be read")
    loaded = [*catalogue.rules_of(chosen.kind), *session.foreign]
    compiled = next(each for each in loaded if each.id == chosen.id)
    document = kinds.load(source, session.index, kind)
    return rows_of(document, compiled, rule_file, line)


def rows_of(
    document: Document, compiled: Rule, rule_file: RuleFile, line: int | None = None, project: object | None = None
) -> list[Row]:
    """A row for each element of a document, or on one line of it, that a compiled rule judges."""
    name = compiled.entry["noun"] if compiled.entry["noun"] != "from" else "instruction"
    parts = _parts(rule_file.raw["when"].text)
    words = load()
    rows: list[Row] = []
    for element in catalogue.elements_of(document, compiled.entry["noun"]) or ():
        source = getattr(element, "source", None)
        at = source.line_of(element.start) if source is not None else 0
        if line is not None and at != line:
            continue
        items = compiled.functions[0] if compiled.functions else None
        every = [()] if items is None else [(item,) for item in items(element, compiled.params, project, None)]
        for item in every:
            fires = bool(compiled.functions[1](element, *item, compiled.params, project, None))  # type: ignore[index]
            scope = {name: element, "params": compiled.params}
            if project is not None:
                scope["project"] = project
            if item:
                scope[rule_file.raw["for"].text.partition(" in ")[0].strip()] = item[0]
            kindly = {key: Kind((type(value),)) for key, value in scope.items()}
            compiler = Compiler(words, kindly)
            compiler.params = {key: Kind() for key in compiled.entry["params"]}
            place = f"{source.path}:{at}" if source is not None else "repository"
            rows.append((place, fires, [(part, _worth(compiler, part, scope)) for part in parts]))
    return rows


def _parts(text: str) -> list[str]:
    """The clauses of a condition, outermost first, without the `and` and `or` that join them."""
    pending: list[ast.expr] = [ast.parse(text.strip(), mode="eval").body]
    out = []
    while pending:
        node = pending.pop(0)
        if isinstance(node, ast.BoolOp):
            pending = [*node.values, *pending]
        else:
            out.append(ast.unparse(node))
    return out


def shown(value: Any) -> str:
    """A value as a person reads it; absent and unknown are words."""
    if value is None:
        return "absent"
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(str(value)) if isinstance(value, str) else str(value)


def _worth(compiler: Compiler, part: str, scope: dict[str, Any]) -> str:
    space = {
        **{name: getattr(runtime, name) for name in dir(runtime) if not name.startswith("_")},
        "project": None,
        **scope,
    }
    try:
        node = parse(part)
        compiler.condition(part)
        space |= {name: catalogue.function_at(home) for name, home in compiler.homes.items()}
        if isinstance(node, (ast.Attribute, ast.Name, ast.Call)):
            return shown(eval(compiler.value(part).text, space))  # our own generated code
        if eval(compiler.condition(part), space):
            return "true"
        return "false" if eval(compiler.condition(f"not ({part})"), space) else "unknown"
    except ExpressionError as error:
        return f"not known to the vocabulary: {error}"
