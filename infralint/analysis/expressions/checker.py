"""A type checker for GitHub Actions expressions: unknown names, wrong arguments, comparisons that never hold.

What is open stays silent: a property of an open object is ANY, and ANY fits everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from infralint.analysis.expressions.value_types import ANY, BOOLEAN, STRING, Lazy, Type, array, merge, type_of
from infralint.syntax.expression import (
    Call,
    Comparison,
    Context,
    Expression,
    Fault,
    Filter,
    Index,
    Literal,
    Logic,
    Node,
    Not,
    Property,
    number,
)
from infralint.syntax.expression_value import compare, placeholders, to_text
from infralint.tables.action_names import slip_of
from infralint.text.record import NamedTuple

CONTEXTS = (
    "github", "env", "vars", "job", "jobs", "steps", "runner", "secrets", "strategy", "matrix", "needs", "inputs",
)  # fmt: skip
STATUS_FUNCTIONS = frozenset(("success", "always", "cancelled", "failure"))


class Environment:
    """What an expression may use where it stands: the contexts with their types, and special functions.

    `contexts` holds every context that exists here; `allowed` those that may be used at this key (None: all);
    `functions` the special functions that may be. `place` names the key in messages.
    """

    __slots__ = ("allowed", "contexts", "functions", "place")

    def __init__(
        self,
        contexts: Mapping[str, Type],
        allowed: frozenset[str] | None = None,
        functions: frozenset[str] | None = None,
        place: str = "",
    ) -> None:
        self.contexts = contexts
        self.allowed = allowed
        self.functions = functions
        self.place = place


class Signature(NamedTuple):
    """A function: its name, the kinds its arguments may have, how many at least, the type it gives."""

    name: str
    parameters: tuple[str, ...]
    least: int
    gives: Type
    repeats: bool = False


_TEXT = "string number boolean any"
_SIGNATURES = {
    "contains": Signature(
        "contains", ("string number boolean array any", "string number boolean null any"), 2, BOOLEAN
    ),
    "startswith": Signature("startsWith", (_TEXT, _TEXT), 2, BOOLEAN),
    "endswith": Signature("endsWith", (_TEXT, _TEXT), 2, BOOLEAN),
    "format": Signature("format", (_TEXT, ""), 1, STRING, repeats=True),
    "join": Signature("join", ("string number boolean array any", _TEXT), 1, STRING),
    "tojson": Signature("toJSON", ("",), 1, STRING),
    "fromjson": Signature("fromJSON", (_TEXT,), 1, ANY),
    "hashfiles": Signature("hashFiles", (_TEXT,), 1, STRING, repeats=True),
    "success": Signature("success", ("string any",), 0, BOOLEAN, repeats=True),
    "failure": Signature("failure", ("string any",), 0, BOOLEAN, repeats=True),
    "always": Signature("always", (), 0, BOOLEAN),
    "cancelled": Signature("cancelled", (), 0, BOOLEAN),
    "case": Signature("case", ("",), 3, ANY, repeats=True),
}
SPECIAL_FUNCTIONS = STATUS_FUNCTIONS | {"hashfiles"}


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The known name that someone who wrote `name` most likely meant."""
    from difflib import get_close_matches

    known = {each.lower(): each for each in names}
    if len(known) > 300:  # no list that a person chose from; comparing with each would only cost
        return None
    close = get_close_matches(name.lower()[:100], known, 1, 0.7)
    return known[close[0]] if close else None


def check(expression: Expression, environment: Environment) -> tuple[Type, list[Fault]]:
    """The type of an expression, and what is wrong with it. A refused expression is ANY without faults."""
    if expression.root is None:
        return ANY, []
    checker = _Checker(expression, environment)
    kind = checker.of(expression.root)
    if checker.elsewhere:
        from infralint.analysis.expressions.payloads import bare

        standing = {id(node) for node in bare(expression.root, is_condition=environment.place.endswith(".if"))}
        checker.faults += [fault for node, fault in checker.elsewhere if id(node) in standing]
    return kind, checker.faults


class _Checker:
    __slots__ = ("elsewhere", "environment", "expression", "faults")

    def __init__(self, expression: Expression, environment: Environment) -> None:
        self.expression = expression
        self.environment = environment
        self.faults: list[Fault] = []
        self.elsewhere: list[tuple[Node, Fault]] = []
        """What only other events send: a fault where nothing stands in for it."""

    def fault(self, node: Node, message: str, name: str = "expression-type") -> None:
        self.faults.append(self.expression.fault(message, node.start, node.end, name))

    def written(self, node: Node) -> str:
        return str(self.expression.inner[node.start : node.end]).strip()[:60]

    def of(self, node: Node) -> Type:
        if isinstance(node, Literal):
            return type_of(node.value)
        if isinstance(node, Context):
            return self.context(node)
        if isinstance(node, Property):
            return self.property(node, self.of(node.of), node.name, node.written)
        if isinstance(node, Index):
            return self.index(node)
        if isinstance(node, Filter):
            return self.filter(node)
        if isinstance(node, Not):
            self.of(node.of)
            return BOOLEAN
        if isinstance(node, Comparison):
            self.comparison(node)
            return BOOLEAN
        if isinstance(node, Logic):
            return merge([self.of(operand) for operand in node.operands])
        return self.call(node)

    def context(self, node: Context) -> Type:
        environment = self.environment
        kind = environment.contexts.get(node.name)
        if environment.allowed is not None and node.name not in environment.allowed and node.name in CONTEXTS:
            able = ", ".join(f"`{name}`" for name in CONTEXTS if name in environment.allowed)
            self.fault(
                node,
                f"context `{node.name}` is not available at `{environment.place}`"
                + (f", only {able}" if able else ", where nothing is evaluated"),
                "expression-unavailable",
            )
            return ANY
        if kind is None:
            if node.name in CONTEXTS:
                return ANY
            close = nearest(node.name, CONTEXTS)
            hint = f"; did you mean `{close}`?" if close else "; a string is written in single quotes"
            self.fault(node, f"context `{self.written(node)}` does not exist{hint}", "expression-undefined")
            return ANY
        return kind

    def property(self, node: Node, kind: Type, name: str, written: str) -> Type:
        if kind.kind == "any":
            return ANY
        if kind.kind == "array":
            item = kind.item or ANY
            if kind.is_filtered:
                result = array(self.member(node, item, name, written) if item.kind == "object" else ANY)
                result.is_filtered = True
                return result
            self.fault(node, f"array has no property `{written}`; use an index, or `.*` for all items")
            return ANY
        if kind.kind != "object":
            self.fault(node, f"{kind.kind} has no properties; `{self.written(node)}` is always empty")
            return ANY
        return self.member(node, kind, name, written)

    def member(self, node: Node, kind: Type, name: str, written: str) -> Type:
        """The type of an object's property."""
        found = kind.properties.get(name, kind.other)
        if found is not None and (not kind.missing or found is not kind.other or self.slip(name, kind) is None):
            return found
        if not isinstance(node, Property):
            return ANY
        sort = "secret-undeclared" if self.written(node.of).lower() == "secrets" else "expression-undefined"
        missing = kind.missing or "`{of}` has no property `{name}`"
        if isinstance(kind.properties, Lazy):
            from infralint.analysis.expressions.payloads import absence

            sort, missing = absence(kind, name)
        is_whole = kind.payload is not None and name in kind.payload.events
        close = nearest(name, kind.properties) if sort != "payload-elsewhere" and not is_whole else None
        message = missing.format(name=written, of=self.written(node.of)) + (
            f"; did you mean `{close}`?" if close else ""
        )
        is_plain = self.expression.inner.startswith(written, node.end - len(written))
        fault = self.expression.fault(message, node.end - len(written) if is_plain else node.start, node.end, sort)
        if sort == "payload-elsewhere":
            self.elsewhere.append((node, fault))
        else:
            self.faults.append(fault._replace(nearest=close) if is_plain else fault)
        return ANY

    def slip(self, name: str, kind: Type) -> str | None:
        """The property of an open object of which a name is a slip of the pen."""
        return slip_of(name, kind.properties)

    def index(self, node: Index) -> Type:
        kind, by = self.of(node.of), self.of(node.by)
        if kind.kind == "array":
            if by.kind not in ("number", "any"):
                self.fault(node.by, f"array index must be a number, not {by.kind}")
            return kind.item or ANY
        if kind.kind == "object":
            if isinstance(node.by, Literal) and to_text(node.by.value).lower() in kind.properties:
                return kind.properties[to_text(node.by.value).lower()]
            is_numbered = by.kind == "number" and kind.other is ANY
            if by.kind not in ("string", "any") and not is_numbered:
                self.fault(node.by, f"property name must be a string, not {by.kind}")
            return kind.other or ANY
        if kind.kind != "any":
            self.fault(node, f"{kind.kind} has no items or properties")
        return ANY

    def filter(self, node: Filter) -> Type:
        kind = self.of(node.of)
        result = array(ANY)
        if kind.kind == "array":
            item = kind.item or ANY
            result = array(item.item or ANY if kind.is_filtered and item.kind == "array" else item)
        elif isinstance(kind.properties, Lazy):
            result = array(ANY)
        elif kind.kind == "object" and kind.other is None and kind.properties:
            result = array(merge(kind.properties.values()))
        elif kind.kind == "object" and not kind.properties:
            result = array(kind.other or ANY)
        elif kind.kind not in ("any", "object"):
            self.fault(node, f"`.*` needs an object or an array, not {kind.kind}")
        result.is_filtered = True
        return result

    def comparison(self, node: Comparison) -> None:
        left, right = self.of(node.left), self.of(node.right)
        kinds = {left.kind, right.kind}
        if "any" in kinds:
            return
        if node.operator in ("==", "!="):
            compound = kinds & {"object", "array"}
            if compound and len(kinds - {"null"}) == 2 and not _asks_whether_there(node, left, right):
                self.fault(node, f"{_a(left.kind)} and {_a(right.kind)} are never equal")
            elif kinds == {"boolean", "string"}:
                text = node.right if left.kind == "boolean" else node.left
                if isinstance(text, Literal) and number(str(text.value)) not in (0.0, 1.0):
                    self.fault(
                        node, f"a boolean never equals the string {self.written(text)}", "expression-never-equal"
                    )
                flag = node.left if text is node.right else node.right
                if not isinstance(text, Literal) and isinstance(flag, Literal) and flag.value is True:
                    message = f"`{self.written(text)}` is a string and never equals the boolean `true`; write `'true'`"
                    self.fault(node, message, "expression-never-equal")
            return
        wrong = next((kind for kind in (left.kind, right.kind) if kind not in ("number", "string")), None)
        if wrong:
            self.fault(node, f"`{node.operator}` cannot compare a {wrong}")

    def call(self, node: Call) -> Type:
        kinds = [self.of(argument) for argument in node.arguments]
        signature = _SIGNATURES.get(node.name)
        if signature is None:
            names = [each.name for each in _SIGNATURES.values()]
            close = nearest(node.name, names)
            hint = f"; did you mean `{close}`?" if close else ""
            self.fault(node, f"function `{node.written}` does not exist{hint}", "expression-undefined")
            return ANY
        functions = self.environment.functions
        if functions is not None and node.name in SPECIAL_FUNCTIONS and node.name not in functions:
            place = self.environment.place
            self.fault(node, f"`{signature.name}()` is not available at `{place}`", "expression-unavailable")
        most = None if signature.repeats else len(signature.parameters)
        count = len(kinds)
        if count < signature.least or (most is not None and count > most):
            wanted = str(signature.least) if most == signature.least else f"{signature.least} to {most}"
            wanted = f"at least {signature.least}" if most is None else wanted
            self.fault(node, f"`{signature.name}` takes {wanted} argument{'s' * (wanted != '1')}, not {count}")
            return signature.gives
        for index, (argument, given) in enumerate(zip(node.arguments, kinds, strict=True)):
            fits = signature.parameters[min(index, len(signature.parameters) - 1)]
            if fits and given.kind not in fits.split():
                self.fault(argument, f"argument {index + 1} of `{signature.name}` cannot be {_a(given.kind)}")
        return self.special(node, signature, kinds)

    def special(self, node: Call, signature: Signature, kinds: list[Type]) -> Type:
        first = node.arguments[0] if node.arguments else None
        if node.name == "case":
            if len(kinds) % 2 == 0:
                self.fault(node, "`case` needs pairs of a condition and a value, and a default at the end")
            return merge([*kinds[1::2], kinds[-1]])
        if (
            node.name == "contains"
            and kinds[0].kind == "array"
            and kinds[0].item is not None
            and kinds[0].item.kind == "object"
        ):
            if kinds[1].kind in ("string", "number"):
                has_name = "name" in kinds[0].item.properties
                hint = f"; did you mean `{self.written(node.arguments[0])}.*.name`?" if has_name else ""
                message = (
                    f"items of `{self.written(node.arguments[0])}` are objects; they never equal a {kinds[1].kind}"
                )
                self.fault(node, message + hint, "expression-never-equal")
            return signature.gives
        if not isinstance(first, Literal) or not isinstance(first.value, str):
            return signature.gives
        if node.name == "fromjson":
            import json

            try:
                return type_of(json.loads(first.value))
            except (ValueError, RecursionError) as error:
                self.fault(first, f"is not JSON: {getattr(error, 'msg', 'nested too deeply')}")
        if node.name == "format":
            self.format(first, first.value, node.arguments[1:])
        return signature.gives

    def format(self, first: Literal, pattern: str, values: list[Node]) -> None:
        used = placeholders(pattern)
        if used is None:
            self.fault(first, "unbalanced braces in `format`; write `{{` or `}}` for a literal brace")
            return
        missing = [place for place in sorted(used) if place >= len(values)]
        if missing:
            self.fault(first, f"`{{{missing[0]}}}` has no argument; `format` gets {len(values)}")
        for place, value in enumerate(values):
            if place not in used:
                self.fault(value, f"argument is not used; the format string has no `{{{place}}}`")


def _asks_whether_there(node: Comparison, left: Type, right: Type) -> bool:
    """Whether a part of the payload is compared with what equals nothing, or with what is not written here."""
    for kind, other in ((left, node.right), (right, node.left)):
        if kind.payload is not None and not kind.payload.is_whole:
            return not isinstance(other, Literal) or compare("==", None, other.value) is True
    return False


def _a(kind: str) -> str:
    return {"object": "an object", "array": "an array", "null": "null"}.get(kind, f"a {kind}")
