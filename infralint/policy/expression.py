"""The language of rules: expressions that only ask, with three values, compiled to plain Python.

An expression is parsed with `ast`, checked against a whitelist and the vocabulary, and written out again in one
of two forms: "is it known to be true" or "is it known to be false". Negations are pushed inward while compiling,
so that the three values of Kleene's logic cost nothing when a rule runs.
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Callable
from typing import TypeVar

from infralint.policy import runtime
from infralint.policy.parse import is_literal, parse, read_literals
from infralint.policy.template import ExpressionError, split_template
from infralint.policy.vocabulary import ANY, BOOL, BUILTIN_NAMES, NUMBER, TEXT, Kind, Vocabulary, joined, near
from infralint.text.record import NamedTuple

T = TypeVar("T")
__all__ = ["Code", "Compiler", "ExpressionError", "split_template"]

MAX_NESTING = 2
MAX_NUMBER = 1_000_000_000
MAX_STEPS = 4_000
MAX_CODE = 20_000
_COMPARE = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip
_NEGATED = {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_LITERALS = (ast.Constant, ast.List, ast.Tuple, ast.Set)
TAKEN = BUILTIN_NAMES | {name for name in vars(runtime) if name.islower() or name == "UNKNOWN"} | {
    "params", "project", "budget", "remedy", "fill", "fix", "out",
}  # fmt: skip
"""Names that generated code uses itself, so that no loop may give them to its items."""


class Code(NamedTuple):
    """Python text with what is known of its value."""

    text: str
    kind: Kind
    path: str = ""
    """The expression as it was written, where it names something."""


class Compiler:
    """Writes expressions out as Python for one rule: its vocabulary, the names in scope, its step budget."""

    def __init__(self, vocabulary: Vocabulary, scope: dict[str, Kind], *, budgeted: bool = False) -> None:
        self.vocabulary = vocabulary
        self.scope = dict(scope)
        self.params: dict[str, Kind] = {}
        self.budgeted = budgeted
        self.asked: set[tuple[type, str]] = set()
        """Classes and attributes that were asked for."""
        self.homes: dict[str, str] = {}
        """The functions outside of classes that the code calls: name in the code to `module:function`."""
        self.outside: dict[int, str] = {}
        """The attributes that are facts outside of classes: id of the node to `module:function`."""
        self._present: list[str] = []
        self._nesting = 0
        self._steps = 0

    # -- entrances ---------------------------------------------------------------------------------------------

    def condition(self, text: str) -> str:
        """Python that is true only where the expression is known to be true."""
        return self._guarded(lambda: self._true(parse(text)))

    def value(self, text: str) -> Code:
        """Python for the expression's value."""
        return self.value_of(parse(text))

    def value_of(self, node: ast.expr) -> Code:
        """Python for the value of a parsed expression."""
        return self._guarded(lambda: self._value(node))

    def first(self, text: str) -> str:
        """Python for `a or b`, read as: the first that is present and known."""
        node = parse(text)
        choices = node.values if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or) else [node]
        parts = self._guarded(lambda: [self._value(choice).text for choice in choices])
        return f"first({', '.join(f'lambda: {part}' for part in parts)})" if len(parts) > 1 else parts[0]

    def template(self, text: str) -> str:
        """Python for a text with `{expressions}` in it, as a tuple of its parts."""
        parts: list[str] = []
        for is_code, part, column in split_template(text):
            if not is_code:
                parts.append(repr(part))
                continue
            try:
                parts.append(self.value(part).text)
            except ExpressionError as error:
                raise ExpressionError(str(error), column + error.column) from None
        return f"({', '.join(parts)},)" if parts else "()"

    def _guarded(self, compile_it: Callable[[], T]) -> T:
        self._present = []
        self._nesting = 0
        self._steps = 0
        outer = dict(self.scope)
        try:
            return compile_it()
        finally:
            self.scope = outer

    def _bounded(self, node: ast.expr, code: str = "") -> None:
        """Forms that are written out twice must not multiply each other without end."""
        self._steps += 1
        if self._steps > MAX_STEPS or len(code) > MAX_CODE:
            raise ExpressionError("asks too much at once; give the model a fact instead", node.col_offset)

    # -- truth -------------------------------------------------------------------------------------------------

    def _true(self, node: ast.expr) -> str:
        self._bounded(node)
        if isinstance(node, ast.BoolOp):
            return self._chain(node.values, self._true, isinstance(node.op, ast.And))
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return self._false(node.operand)
        if isinstance(node, ast.Compare):
            return self._compare(node, negated=False)
        if isinstance(node, ast.IfExp):
            yes, no = self._true(node.test), self._false(node.test)
            return f"(({yes} and {self._true(node.body)}) or ({no} and {self._true(node.orelse)}))"
        if (loop := self._loop(node)) is not None:
            items, name, element, tests, is_any = loop
            return self._quantified(items, name, element, tests, exists=is_any, negated=False)
        return f"bool({self._value(node).text})"

    def _false(self, node: ast.expr) -> str:
        self._bounded(node)
        if isinstance(node, ast.BoolOp):
            return self._chain(node.values, self._false, isinstance(node.op, ast.Or))
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return self._true(node.operand)
        if isinstance(node, ast.Compare):
            return self._compare(node, negated=True)
        if isinstance(node, ast.IfExp):
            yes, no = self._true(node.test), self._false(node.test)
            return f"(({yes} and {self._false(node.body)}) or ({no} and {self._false(node.orelse)}))"
        if (loop := self._loop(node)) is not None:
            items, name, element, tests, is_any = loop
            return self._quantified(items, name, element, tests, exists=is_any, negated=True)
        return f"no({self._value(node).text})"

    def _chain(self, values: list[ast.expr], form: object, is_and: bool) -> str:
        """Join conditions; what an earlier one of an `and` shows to be present stays so for the later ones."""
        mark = len(self._present)
        parts = []
        for value in values:
            parts.append(form(value))  # type: ignore[operator]
            if is_and:
                self._present += _shown_present(value, form == self._true)
        del self._present[mark:]
        return "(" + (" and " if is_and else " or ").join(parts) + ")"

    def _compare(self, node: ast.Compare, negated: bool) -> str:
        if len(node.ops) != 1:
            raise ExpressionError("compare two things at a time, joined by `and`", node.col_offset)
        op, left, right = node.ops[0], node.left, node.comparators[0]
        if isinstance(op, (ast.Is, ast.IsNot)):
            if not (isinstance(right, ast.Constant) and right.value is None):
                raise ExpressionError("`is` asks only whether something is None", right.col_offset)
            if isinstance(left, _LITERALS):
                raise ExpressionError("what is written out here is never None", left.col_offset)
            code = self._value(left).text
            return f"({code} is None)" if isinstance(op, ast.Is) != negated else f"known({code})"
        if isinstance(op, (ast.In, ast.NotIn)):
            name = "is_in" if isinstance(op, ast.In) != negated else "is_not_in"
            return f"{name}({self._value(left).text}, {self._value(right).text})"
        one, other = (Code("", ANY) if is_literal(side) else self._value(side) for side in (left, right))
        if any(side.kind.item is not None for side in (one, other)):
            raise ExpressionError("lists are asked with `in`, any() and all(), not compared", node.col_offset)
        sign = _COMPARE[type(op)]
        sign = _NEGATED[sign] if negated else sign
        if sign not in ("==", "!=") or is_literal(left) or is_literal(right):
            written = read_literals(node, one.kind, other.kind)
            one, other = (
                Code(text, side.kind) if text else side for text, side in zip(written, (one, other), strict=True)
            )
        if sign not in ("==", "!=") and any(side.kind.optional or side.kind.is_any for side in (one, other)):
            return f"(known({one.text}) and known({other.text}) and {one.text} {sign} {other.text})"
        return f"({one.text} {sign} {other.text})"

    def _loop(self, node: ast.expr) -> tuple[Code, str, ast.expr, list[ast.expr], bool] | None:
        """`any(...)` or `all(...)` over one generator, taken apart; None for anything else."""
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("any", "all")):
            return None
        generator = node.args[0] if len(node.args) == 1 and not node.keywords else None
        if not isinstance(generator, ast.GeneratorExp) or len(generator.generators) != 1:
            raise ExpressionError(
                f"`{node.func.id}` takes one generator: {node.func.id}(... for x in ...)", node.col_offset
            )
        part = generator.generators[0]
        if not isinstance(part.target, ast.Name) or part.is_async:
            raise ExpressionError("a loop gives its item one plain name", node.col_offset)
        name = part.target.id
        self.check_new_name(name, part.target.col_offset)
        return self._value(part.iter), name, generator.elt, part.ifs, node.func.id == "any"

    def check_new_name(self, name: str, column: int = 0) -> None:
        """Refuse names for loop items that hide another name or are not plain words."""
        if name in self.scope or name in TAKEN or name.startswith("_") or "__" in name or not name.isascii():
            raise ExpressionError(f"{name!r} cannot name a loop's item: it is taken", column)

    def _quantified(
        self, items: Code, name: str, element: ast.expr, tests: list[ast.expr], *, exists: bool, negated: bool
    ) -> str:
        if self._nesting >= MAX_NESTING:
            raise ExpressionError(f"loops nest at most {MAX_NESTING} deep", element.col_offset)
        self._nesting += 1
        self.scope[name] = items.kind.item or ANY
        within = [*tests, element]
        searches = exists != negated
        if exists:  # known: an item that passes the tests and holds; not: no item does
            body = self._chain(within, self._false if negated else self._true, is_and=not negated)
        elif negated:
            body = "(" + " and ".join([*(self._true(test) for test in tests), self._false(element)]) + ")"
        else:
            body = "(" + " or ".join([*(self._false(test) for test in tests), self._true(element)]) + ")"
        del self.scope[name]
        self._nesting -= 1
        source = f"listed({items.text})"
        if self.budgeted:
            source = f"budget.steps({source})"
        if searches:
            return f"any({body} for {name} in {source})"
        return f"(settled({items.text}) and all({body} for {name} in {source}))"

    # -- values ------------------------------------------------------------------------------------------------

    def _value(self, node: ast.expr) -> Code:
        code = self._written(node)
        self._bounded(node, code.text)
        return code

    def _known_or_not(self, node: ast.expr) -> Code:
        """A condition as a value: it keeps its third value."""
        yes = self._true(node)
        return Code(f"(True if {yes} else False if {self._false(node)} else UNKNOWN)", BOOL._replace(unknown=True))

    def _written(self, node: ast.expr) -> Code:
        if isinstance(node, ast.Constant):
            return self._constant(node)
        if isinstance(node, ast.Name):
            if node.id not in self.scope or node.id.startswith("_"):
                raise ExpressionError(f"there is no {node.id!r} here{near(node.id, self.scope)}", node.col_offset)
            return Code(node.id, self.scope[node.id], node.id)
        if isinstance(node, ast.Attribute):
            return self._attribute(node)
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name) and node.func.id in ("any", "all"):
                return self._known_or_not(node)
            return self._call(node)
        if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
            items = [self._value(item) for item in node.elts]
            inner = "".join(f"{item.text}, " for item in items)
            return Code(f"({inner})", Kind((), items[0].kind if items else ANY))
        if isinstance(node, ast.IfExp):
            yes, no = self._true(node.test), self._false(node.test)
            body, other = self._value(node.body), self._value(node.orelse)
            kind = joined(body.kind, other.kind)._replace(unknown=True)
            return Code(f"({body.text} if {yes} else {other.text} if {no} else UNKNOWN)", kind)
        if isinstance(node, ast.BoolOp):
            values = [self._value(value) for value in node.values]
            if all(value.kind.classes == (bool,) for value in values):
                return self._known_or_not(node)
            word = "either" if isinstance(node.op, ast.Or) else "both"
            kind = functools.reduce(joined, (value.kind for value in values))
            later = "".join(f", lambda: {value.text}" for value in values[1:])
            return Code(f"{word}({values[0].text}{later})", kind._replace(unknown=True))
        if isinstance(node, ast.Compare) or (isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)):
            return self._known_or_not(node)
        what = type(node).__name__
        raise ExpressionError(f"an expression only asks: {what} is not part of it", getattr(node, "col_offset", 0))

    def _constant(self, node: ast.Constant) -> Code:
        value = node.value
        if is_literal(node):
            raise ExpressionError(f"{value!r} is only compared: with a size, a duration or a version", node.col_offset)
        if value is None or isinstance(value, bool):
            return Code(repr(value), Kind(optional=True) if value is None else BOOL)
        if isinstance(value, str):
            return Code(repr(value), TEXT)
        if type(value) is int and abs(value) <= MAX_NUMBER:
            return Code(repr(value), NUMBER)
        raise ExpressionError("literals are texts, small whole numbers, True, False and None", node.col_offset)

    def _attribute(self, node: ast.Attribute, called: bool = False) -> Code:
        name = node.attr
        if name.startswith("_"):
            raise ExpressionError(f"{name!r}: names do not begin with an underscore", node.col_offset)
        if isinstance(node.value, ast.Name) and node.value.id == "params" and "params" in self.scope:
            if name not in self.params:
                raise ExpressionError(f"this rule has no parameter {name!r}{near(name, self.params)}", node.col_offset)
            return Code(f"params.{name}", self.params[name])
        base = self._value(node.value)
        found = [(cls, self.vocabulary.of(cls)) for cls in base.kind.classes]
        kind = ANY
        for cls, offered in found:
            if name not in offered:
                article = "text" if cls is str else cls.__name__.lower()
                raise ExpressionError(f"{article} has no {name!r}{near(name, offered)}", node.end_col_offset or 0)
            attribute = offered[name]
            if (attribute.takes is not None) != called:
                how = "is asked with arguments" if attribute.takes is not None else "is not asked with arguments"
                raise ExpressionError(f"{name!r} {how}", node.col_offset)
            self.asked.add((cls, name))
            kind = attribute.kind
        if not found:
            if base.kind.item is not None:
                raise ExpressionError(f"a list has no {name!r}; loop over it with any() or all()", node.col_offset)
            if not called and base.kind == ANY:
                return Code(f"ask_any({base.text}, {name!r})", ANY)
            raise ExpressionError(f"nothing is known that {name!r} could be asked of", node.col_offset)
        path = f"{base.path}.{name}" if base.path else ""
        is_missing = base.kind.optional and base.path not in self._present
        homes = {offered[name].home for _, offered in found}
        if len(homes) > 1:
            raise ExpressionError(f"{name!r} is not one fact of all that this may be", node.col_offset)
        if home := homes.pop():
            function = self._stub(home)
            self.outside[id(node)] = home
            if called:
                return Code(function, kind, path)
            if is_missing or base.kind.unknown:
                return Code(f"ask({function}, {base.text})", kind._replace(unknown=True), path)
            return Code(f"{function}({base.text})", kind, path)
        if is_missing:
            return Code(f"get({base.text}, {name!r})", kind._replace(unknown=True), path)
        if base.kind.unknown:
            kind = kind._replace(unknown=True)
        return Code(f"{base.text}.{name}", kind, path)

    def _stub(self, home: str) -> str:
        """The name by which the code calls a function of an analysis; with two underscores, which no rule may write."""
        module, _, function = home.partition(":")
        name = "__".join([*module.split(".")[1:], function])
        self.homes[name] = home
        return name

    def _call(self, node: ast.Call) -> Code:
        if not isinstance(node.func, ast.Attribute):
            raise ExpressionError("only what a noun offers can be called", node.col_offset)
        if node.keywords or any(isinstance(argument, ast.Starred) for argument in node.args):
            raise ExpressionError("arguments are given by place", node.col_offset)
        method = self._attribute(node.func, called=True)
        arguments = [self._value(argument) for argument in node.args]
        name = node.func.attr
        base = self._value(node.func.value)
        asked = next((o[name] for cls in base.kind.classes if name in (o := self.vocabulary.of(cls))), None)
        takes = asked.takes if asked is not None else None
        if asked is not None and takes is not None and len(takes) != len(arguments) and not asked.takes_any:
            raise ExpressionError(f"{name!r} takes {len(takes)} arguments, not {len(arguments)}", node.col_offset)
        if asked is not None:
            for number, (argument, given) in enumerate(zip(node.args, arguments, strict=True)):
                if not asked.takes_kind(number, given.kind):
                    wanted = asked.accepts[min(number, len(asked.accepts) - 1)].show()
                    what = f"{name!r} takes {wanted}, and {ast.unparse(argument)} is {given.kind.show()}"
                    raise ExpressionError(what, argument.col_offset)
        if (name == "matches_glob" and any(issubclass(cls, str) for cls in base.kind.classes)) or method.text.endswith(
            ".matches_glob"
        ):
            return Code(f"glob({base.text}, {arguments[0].text})", Kind((bool,), unknown=True))
        inner = ", ".join(argument.text for argument in arguments)
        if asked is not None and asked.home:
            function = self._stub(asked.home)
            doubtful = [base, *arguments]
            if any(each.kind.optional or each.kind.unknown or each.kind.is_any for each in doubtful):
                return Code(f"ask({function}, {base.text}, {inner})", method.kind._replace(unknown=True))
            return Code(f"{function}({base.text}, {inner})", method.kind)
        if any(argument.kind.optional or argument.kind.unknown or argument.kind.is_any for argument in arguments):
            return Code(f"ask({method.text}, {inner})", method.kind._replace(unknown=True))
        return Code(f"{method.text}({inner})", method.kind)


def _shown_present(node: ast.expr, as_true: bool) -> list[str]:
    """What a condition that held shows to be present: `x is not None`, or simply `x`."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return _shown_present(node.operand, not as_true)
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and isinstance(node.ops[0], (ast.Is, ast.IsNot)):
        return [ast.unparse(node.left)] if isinstance(node.ops[0], ast.IsNot) == as_true else []
    if isinstance(node, (ast.Name, ast.Attribute)) and as_true:
        return [ast.unparse(node)]
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And if as_true else ast.Or):
        return [path for value in node.values for path in _shown_present(value, as_true)]
    return []
