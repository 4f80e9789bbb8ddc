"""From rules to Python modules: one a kind, whose functions the engine calls."""

from __future__ import annotations

import ast
from importlib import import_module

from infralint.policy.expression import Compiler, ExpressionError
from infralint.policy.rule_file import ONLINE, Raw, RuleError, RuleFile
from infralint.policy.vocabulary import ANY, TEXT, Kind, Vocabulary
from infralint.text.edit import Safety
from infralint.text.finding import Confidence, Severity
from infralint.text.quantity import ORDERED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

VERBS = {
    "replace": ("with",), "before": ("insert",), "after": ("insert",), "delete": (), "comment_out": (),
    "set": ("key", "to"), "create_file": ("text",), "edits": (),
}  # fmt: skip
_REMEDY_KEYS = {"safety", "if", "why", "title", "do", "with", "insert", "key", "to", "text", *VERBS}
PARAM_TYPES: dict[str, tuple[Kind, Any]] = {
    "text": (TEXT, ""), "number": (Kind((int,)), 0), "flag": (Kind((bool,)), False),
    "list of text": (Kind((), TEXT), ()), "map of text": (Kind((), TEXT), {}),
    **{name: (Kind((cls,)), "") for name, cls in ORDERED.items()},
}  # fmt: skip
_TYPES: dict[str, tuple[type, ...]] = {
    "text": (str,), "number": (int,), "flag": (bool,), "list of text": (list, tuple), "map of text": (dict,),
    **dict.fromkeys(ORDERED, (str, int, float)),
}  # fmt: skip
HEADER = (
    "# Generated from rules/*.md; do not edit.\n"
    "from infralint.policy.fix_loader import fill, remedy\n"
    "from infralint.policy.runtime import (\n"
    "    UNKNOWN, ask, ask_any, both, either, first, get, glob, is_in, is_not_in, known, listed, no, quantity, settled, show,\n)\n\n"
)
ARGUMENTS = "params, project, budget"


def params_of(rule_file: RuleFile) -> dict[str, tuple[str, Any]]:
    """The rule's parameters: name to type and default."""
    found: dict[str, tuple[str, Any]] = {}
    for name, text in (rule_file.header.get("params") or {}).items():
        sort, _, default = str(text).partition("=")
        sort = sort.strip()
        if sort not in PARAM_TYPES:
            raise rule_file.error("params", f"{name}: {sort!r} is none of {', '.join(PARAM_TYPES)}")
        value = PARAM_TYPES[sort][1]
        if default.strip():
            from infralint.policy.rule_file import _yaml

            value = _yaml(rule_file.path, "params", Raw(default.strip(), rule_file.raw["params"].line, 1), [])
        if sort in ORDERED:
            value = default.strip()
        if not isinstance(value, _TYPES[sort]) or (sort in ORDERED and ORDERED[sort].read(str(value)) is None):
            raise rule_file.error("params", f"{name}: the default {default.strip()} is not a {sort}")
        found[str(name)] = (sort, value)
    return found


def accepts(sort: str, value: Any) -> bool:
    """Whether a config's value fits a parameter's type."""
    if sort == "list of text":
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if sort == "map of text":
        return isinstance(value, dict) and all(isinstance(item, str) for item in value.values())
    if sort in ORDERED:
        return not isinstance(value, bool) and ORDERED[sort].read(str(value)) is not None
    return isinstance(value, _TYPES[sort]) and not (sort == "number" and isinstance(value, bool))


class Writer:
    """Writes one rule out as Python: its scope, and the functions written so far."""

    def __init__(self, rule_file: RuleFile, vocabulary: Vocabulary, budgeted: bool) -> None:
        self.rule_file = rule_file
        self.lines: list[str] = []
        each = rule_file.raw["each"].text
        try:
            self.kind, self.noun, noun = vocabulary.noun(each)
        except LookupError as error:
            raise rule_file.error("each", str(error)) from None
        self.item = self.noun.rsplit(".", 1)[-1].replace("-", "_")
        if self.item in ("from", "import", "for", "with", "if"):
            self.item = "instruction"
        self.type = noun.type
        scope = {self.item: Kind((noun.type,))}
        self.compiler = Compiler(vocabulary, scope, budgeted=budgeted)
        params = params_of(rule_file)
        if params:
            self.compiler.scope["params"] = ANY
            self.compiler.params = {name: PARAM_TYPES[sort][0] for name, (sort, _) in params.items()}
        self.defaults = {name: value for name, (_, value) in params.items()}
        self.types = {name: sort for name, (sort, _) in params.items()}
        project = vocabulary.nouns.get("project", {}).get("project")
        if self.kind == "project" and project is not None and self.item != "project":
            self.compiler.scope["project"] = Kind((project.type,))
        self.arguments = f"{self.item}, {ARGUMENTS}".replace("project, params, project", "project, params, _")

    def fail(self, key: str, error: ExpressionError) -> RuleError:
        return self.rule_file.error(key, str(error), error.column)

    def expression(self, key: str, text: str, form: str) -> str:
        try:
            if form == "true":
                return self.compiler.condition(text)
            if form == "template":
                return self.compiler.template(text)
            return self.compiler.first(text) if form == "first" else self.compiler.value(text).text
        except ExpressionError as error:
            raise self.fail(key, error) from None

    def function(self, name: str, body: list[str]) -> str:
        self.lines.append(f"def {name}({self.arguments}):")
        self.lines += ["    " + line for line in body]
        self.lines.append("")
        return name


def asked_by(rule_file: RuleFile, vocabulary: Vocabulary) -> set[tuple[type, str]]:
    """The (class, attribute) pairs that a rule's expressions ask for."""
    writer = Writer(rule_file, vocabulary, budgeted=False)
    _compile(writer, 0, foreign=False)
    return writer.compiler.asked


def compile_rule(rule_file: RuleFile, vocabulary: Vocabulary, number: int, *, foreign: bool = False) -> tuple[str, str]:
    """A rule as Python: the functions, and the entry of the module's RULES. Raises RuleError."""
    code, entry, _ = compile_with_homes(rule_file, vocabulary, number, foreign=foreign)
    return code, entry


def compile_with_homes(
    rule_file: RuleFile, vocabulary: Vocabulary, number: int, *, foreign: bool = False
) -> tuple[str, str, dict[str, str]]:
    """As `compile_card`, with the functions of analyses that the code calls: name in the code to `module:function`."""
    writer = Writer(rule_file, vocabulary, foreign)
    return *_compile(writer, number, foreign=foreign), writer.compiler.homes


def stub(name: str, home: str) -> str:
    """A function that loads one of an analysis when it is first called, and takes its place."""
    module, _, function = home.partition(":")
    return (
        f"def {name}(*arguments):\n    global {name}\n"
        f"    from {module} import {function} as {name}\n    return {name}(*arguments)\n\n"
    )


def _compile(writer: Writer, number: int, *, foreign: bool) -> tuple[str, str]:
    rule_file = writer.rule_file
    raw = rule_file.raw
    items = "None"
    if "for" in raw:
        name, _, text = raw["for"].text.partition(" in ")
        name = name.strip()
        try:
            writer.compiler.check_new_name(name)
            if not name.isidentifier():
                raise ExpressionError("write `for: name in element.list`")
            code = writer.compiler.value(text)
        except ExpressionError as error:
            raise writer.fail("for", error) from None
        source = f"listed({code.text})"
        items = writer.function(f"items_{number}", [f"return {'budget.steps(' + source + ')' if foreign else source}"])
        writer.compiler.scope[name] = code.kind.item or ANY
        writer.arguments = f"{writer.item}, {name}, {ARGUMENTS}"
    when = writer.function(f"when_{number}", [f"return {writer.expression('when', raw['when'].text, 'true')}"])
    at = writer.function(f"at_{number}", [f"return {writer.expression('at', raw['at'].text, 'first')}"])
    say = writer.function(f"say_{number}", [f"return {writer.expression('say', raw['say'].text, 'template')}"])
    related = _related(writer, number)
    fix = _remedies(writer, number)
    same, names = _claims(writer, "same_as", number)
    part, parts = _claims(writer, "part_of", number)
    if foreign and (names or rule_file.header.get("same_as")):
        raise rule_file.error("same_as", "a rule of the scanned tree cannot claim to be a peer's")
    once = _once(writer, number)
    spared = "None"
    if "pedantic_if" in raw:
        condition = writer.expression("pedantic_if", raw["pedantic_if"].text, "true")
        spared = writer.function(f"pedantic_if_{number}", [f"return {condition}"])
    entry = {
        "id": rule_file.id, "kind": writer.kind, "noun": writer.noun, "title": rule_file.title,
        "severity": int(Severity[rule_file.choice("severity").upper()]),
        "confidence": int(Confidence[rule_file.choice("confidence").upper()]),
        "profile": rule_file.choice("profile"), "status": rule_file.choice("status"),
        "formerly": rule_file.names("formerly"), "same_as": names, "part_of": parts, "params": writer.defaults, "types": writer.types,
        "files": rule_file.names("files"), "not_files": rule_file.names("not_files"), "path": str(rule_file.header.get("path", "")),
        "online": ONLINE in rule_file.names("tags"), "pedantic_in": rule_file.names("pedantic_in"),
        "not_on": rule_file.names("not_on"),
    }  # fmt: skip
    functions = f"({items}, {when}, {at}, {say}, {related}, {fix}, {same}, {part}, {once}, {spared})"
    return "\n".join(writer.lines) + "\n", f"    ({entry!r}, {functions}),\n"


def _once(writer: Writer, number: int) -> str:
    """The function that says which findings are one fault: a value, and whether it counts over all files."""
    for key in ("once", "once_in_run"):
        if key in writer.rule_file.raw:
            value = writer.expression(key, writer.rule_file.raw[key].text, "value")
            return writer.function(f"once_{number}", [f"return {value}, {key == 'once_in_run'}"])
    return "None"


def _related(writer: Writer, number: int) -> str:
    entries = writer.rule_file.header.get("related") or []
    body = ["out = []"]
    for entry in entries if isinstance(entries, list) else [entries]:
        if not isinstance(entry, dict) or set(entry) != {"at", "say"}:
            raise writer.rule_file.error("related", "is a list of {at: ..., say: ...}")
        at = writer.expression("related", str(entry["at"]), "first")
        say = writer.expression("related", str(entry["say"]), "template")
        body.append(f"out.append(({at}, {say}))")
    return writer.function(f"related_{number}", [*body, "return out"]) if entries else "None"


def _remedies(writer: Writer, number: int) -> str:
    rule_file = writer.rule_file
    spec = rule_file.header.get("fix")
    if spec is None:
        return "None"
    body: list[str] = []
    for remedy in spec if isinstance(spec, list) else [spec]:
        if not isinstance(remedy, dict):
            raise rule_file.error(
                "fix", "is a mapping such as {safety: safe, replace: ..., with: ...}, or a list of them"
            )
        for key in remedy:
            if key not in _REMEDY_KEYS:
                from infralint.policy.vocabulary import near

                raise rule_file.error("fix", f"there is no {key!r}{near(key, _REMEDY_KEYS)}")
        safety = remedy.get("safety")
        if safety not in ("safe", "unsafe", "manual"):
            raise rule_file.error("fix", "says no `safety` (safe, unsafe or manual)")
        if safety == "unsafe" and not remedy.get("why"):
            raise rule_file.error("fix", "an unsafe fix says `why` it is unsafe")
        steps = remedy.get("do", [remedy])
        calls = [_verb(writer, step) for step in steps]
        title = remedy.get("title")
        code = writer.expression("fix", str(title), "template") if title else repr((_title(steps[0]),))
        made = f"fix = remedy().together(''.join(map(show, {code})), {int(Safety[safety.upper()])}, {', '.join(calls)})"
        indent = ""
        if "if" in remedy:
            body.append(f"if {writer.expression('fix', str(remedy['if']), 'true')}:")
            indent = "    "
        body += [f"{indent}{made}", f"{indent}if fix is not None:", f"{indent}    return fix"]
    return writer.function(f"fix_{number}", [*body, "return None"])


def _verb(writer: Writer, step: Any) -> str:
    verbs = [key for key in step if key in VERBS] if isinstance(step, dict) else []
    if len(verbs) != 1:
        raise writer.rule_file.error("fix", f"a step has exactly one verb of {', '.join(VERBS)}")
    verb = verbs[0]
    for wanted in VERBS[verb]:
        if wanted not in step:
            raise writer.rule_file.error("fix", f"`{verb}` needs `{wanted}`")
    form = "template" if verb == "create_file" else "value"
    target = writer.expression("fix", str(step[verb]), form)
    if verb == "create_file":
        target = f"fill({target})"
    texts = [f"fill({writer.expression('fix', _text(step[key]), 'template')})" for key in VERBS[verb]]
    name = {"set": "set_key"}.get(verb, verb)
    return f"remedy().{name}({', '.join([target, *texts])})"


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _title(step: dict[str, Any]) -> str:
    verb = next(key for key in step if key in VERBS)
    return (
        {
            "replace": f"write {step.get('with')} instead",
            "before": "insert what is missing",
            "after": "insert what is missing",
            "delete": "remove it",
            "comment_out": "comment it out",
            "set": f"set {step.get('key')} to {_text(step.get('to'))}",
            "create_file": f"create {step.get('create_file')}",
            "edits": "rewrite it",
        }[verb]
        .replace("{", "{{")
        .replace("}", "}}")
        if "{" not in str(step.get("with", ""))
        else "replace it"
    )


def _claims(writer: Writer, key: str, number: int) -> tuple[str, list[str]]:
    """`same_as` or `part_of`: code for what holds of one finding, and every name that may."""
    names: list[str] = []
    fixed: list[str] = []
    body: list[str] = []
    for text in writer.rule_file.names(key):
        name, conditional, condition = text.partition(" if ")
        if "/" not in name or "." in name.split("/")[0]:
            body.append(f"out += listed({writer.expression(key, text, 'value')})")
            names += _every(writer, text)
            continue
        names.append(name.strip())
        if conditional:
            body += [f"if {writer.expression(key, condition, 'true')}:", f"    out.append({name.strip()!r})"]
        else:
            fixed.append(name.strip())
    if not body:
        return "None", names
    return writer.function(f"{key}_{number}", [f"out = {fixed!r}", *body, "return out"]), names


def _every(writer: Writer, text: str) -> list[str]:
    """The names that a fact in `same_as` may give: all that it lists itself, for the texts which `when` asks for."""
    attribute = text.rpartition(".")[2]
    homes = [home.partition(":") for home in writer.compiler.homes.values()]
    functions: list[Any] = [getattr(import_module(module), name) for module, _, name in homes]
    asked = _texts_asked_for(writer.rule_file.raw["when"].text)
    facts = [one for one in functions if one.fact_name == attribute and one.every is not None]
    return [name for one in facts for name in one.every(asked)]


def _texts_asked_for(when: str) -> frozenset[str]:
    """The texts with which a condition compares by `==` or `in`."""
    try:
        tree = ast.parse(when.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset()
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], (ast.Eq, ast.In)):
            for side in ast.walk(node):
                if isinstance(side, ast.Constant) and isinstance(side.value, str):
                    found.add(side.value)
    return frozenset(found)


def module(rule_files: list[RuleFile], vocabulary: Vocabulary, *, foreign: bool = False) -> str:
    """The Python module of one kind's rules."""
    bodies, entries = [], []
    homes: dict[str, str] = {}
    for number, rule_file in enumerate(rule_files):
        try:
            body, entry, called = compile_with_homes(rule_file, vocabulary, number, foreign=foreign)
            compile(body, rule_file.path, "exec")
        except (RecursionError, MemoryError, SyntaxError):
            raise RuleError(rule_file.path, 1, 1, "an expression of this rule is too deeply nested") from None
        bodies.append(body)
        entries.append(entry)
        homes |= called
    stubs = [stub(name, home) for name, home in sorted(homes.items())]
    return "".join([HEADER, *stubs, *bodies]) + "RULES = [\n" + "".join(entries) + "]\n"
