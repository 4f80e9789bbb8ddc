"""What a condition is worth in a run of which something is known: its event, who caused it, whose code it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from infralint.model.element import UNKNOWN
from infralint.model.github.expression import Condition
from infralint.syntax import expression as syntax
from infralint.syntax.expression_value import FUNCTIONS, compare, is_truthy, value_of
from infralint.text.record import NamedTuple
from infralint.text.source import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Lookup = Callable[[tuple[str, ...]], Any]
    """What a context path is worth: a value, a Symbol, a Barrier, or UNKNOWN."""


class Symbol(NamedTuple):
    """A value that differs from others of its domain: a login, the full name of a repository, a ref.

    `is_named`: a text that is written out may mean it (this repository's own name), while it never means the other ones
    (the name of an outsider). `prefix`: how its text begins, where that is known.
    """

    domain: str
    name: str
    is_named: bool = False
    prefix: str = ""


class Barrier:
    """The value of a check whose answer is not written here: whatever asks it is not met, however it is spelled."""

    __slots__ = ()


DENIED = Barrier()
"""The answer of a check that an outsider does not pass."""
ELSEWHERE = Barrier()
"""The answer of a job or environment that is not here, which may let an outsider pass or not."""


def root_of(condition: Condition | None) -> syntax.Node | None:
    """The expression that a condition is; None where there is none, or it is no one expression that can be read.

    Strings in double quotes, which GitHub refuses, are read as they are meant.
    """
    if condition is None or len(condition.expressions) != 1:
        return None
    read = condition.expressions[0].read
    if len(read.outer) != len(condition.text):
        return None
    if read.root is not None or '"' not in read.inner:
        return read.root
    meant = Text(str(read.inner).replace('"', "'"), read.inner.source, read.inner.start, read.inner.end)
    return syntax.parse(meant).root


def ignores_failure(condition: Condition | None) -> bool:
    """Whether a condition asks itself for what became of the steps or jobs before: `always()`, `!cancelled()`."""
    return condition is not None and any(
        each.calls(name) for each in condition.expressions for name in ("always", "failure", "cancelled")
    )


def truth_in_run(node: syntax.Node, lookup: Lookup) -> Any:
    """Whether a condition holds: True, False, UNKNOWN where more decides, or the Barrier that decides."""
    if isinstance(node, syntax.Not):
        truth = truth_in_run(node.of, lookup)
        return not truth if isinstance(truth, bool) else truth
    if isinstance(node, syntax.Logic):
        return _logic_truth(node.operator, [truth_in_run(each, lookup) for each in node.operands])
    value = value_in_run(node, lookup)
    return value if value is UNKNOWN or isinstance(value, Barrier) else _is_true(value)


def _is_true(value: Any) -> bool:
    return True if isinstance(value, Symbol) else is_truthy(value)


def _logic_truth(operator: str, truths: list[Any]) -> Any:
    decided = operator == "||"
    if any(truth is decided for truth in truths):
        return decided
    order = (UNKNOWN, ELSEWHERE, DENIED) if operator == "||" else (DENIED, ELSEWHERE, UNKNOWN)
    return next((each for each in order if any(truth is each for truth in truths)), not decided)


def value_in_run(node: syntax.Node, lookup: Lookup) -> Any:
    """The value of an expression in such a run; UNKNOWN where more decides."""
    value = value_of(node)
    if value is not UNKNOWN:
        return value
    path = syntax.path_of(node)
    if path is not None:
        return lookup(path)
    if isinstance(node, syntax.Not):
        return truth_in_run(node, lookup)
    if isinstance(node, syntax.Logic):
        return _logic_value(node, lookup)
    if isinstance(node, syntax.Comparison):
        return compare_in_run(node.operator, value_in_run(node.left, lookup), value_in_run(node.right, lookup))
    if isinstance(node, syntax.Call):
        return _call(node, lookup)
    return UNKNOWN


def _logic_value(node: syntax.Logic, lookup: Lookup) -> Any:
    value: Any = None
    for operand in node.operands:
        value = value_in_run(operand, lookup)
        if value is UNKNOWN or isinstance(value, Barrier):
            return truth_in_run(node, lookup)
        if _is_true(value) == (node.operator == "||"):
            return value
    return value


def compare_in_run(operator: str, left: Any, right: Any) -> Any:
    """A comparison of two values of a run."""
    barrier = _barrier((left, right))
    if barrier is not None:
        return barrier
    if operator not in ("==", "!="):
        known = not any(each is UNKNOWN or isinstance(each, Symbol) for each in (left, right))
        return compare(operator, left, right) if known else UNKNOWN
    same = _is_same(left, right)
    return same if same is UNKNOWN else same == (operator == "==")


def _barrier(values: Iterable[Any]) -> Barrier | None:
    """The first of some values that is a barrier."""
    return next((value for value in values if isinstance(value, Barrier)), None)


def _is_same(left: Any, right: Any) -> Any:
    if isinstance(left, Symbol) and isinstance(right, Symbol):
        return left.name == right.name if left.domain == right.domain else UNKNOWN
    if isinstance(left, Symbol) or isinstance(right, Symbol):
        symbol, other = (left, right) if isinstance(left, Symbol) else (right, left)
        return _may_be(symbol, other)
    return compare("==", left, right)


def _may_be(symbol: Symbol, other: Any) -> Any:
    """Whether a value that is written out, or decided elsewhere, means a symbol: False where it cannot, else UNKNOWN."""
    if isinstance(other, str) and symbol.prefix:
        return UNKNOWN if other.lower().startswith(symbol.prefix) else False
    if other is None or isinstance(other, bool) or other == "":
        return False
    return UNKNOWN if symbol.is_named else False


def _call(node: syntax.Call, lookup: Lookup) -> Any:
    name = node.name
    if name in ("always", "success"):
        return True
    if name == "cancelled":
        return False
    values = [value_in_run(argument, lookup) for argument in node.arguments]
    barrier = _barrier(values)
    if barrier is not None:
        return barrier
    if name == "contains" and len(values) == 2:
        return _contains(values[0], values[1])
    if name in ("startswith", "endswith") and len(values) == 2 and isinstance(values[0], Symbol):
        return _begins(values[0], values[1]) if name == "startswith" else UNKNOWN
    if name == "case" and len(values) % 2:
        return _case(values)
    if name == "format" and any(isinstance(value, Symbol) for value in values):
        return _format(values)
    function = FUNCTIONS.get(name)
    if function is None or any(value is UNKNOWN or isinstance(value, Symbol) for value in values):
        return UNKNOWN
    try:
        return function(*values)
    except (TypeError, ValueError, IndexError, RecursionError):
        return UNKNOWN  # wrong arguments: the type checker says so


def _format(values: list[Any]) -> Any:
    """A text with a symbol in it: of an outsider's, one that is none of this repository's; UNKNOWN where more decides."""
    if any(value is UNKNOWN for value in values) or not isinstance(values[0], str):
        return UNKNOWN
    symbols = [value for value in values if isinstance(value, Symbol)]
    if len(symbols) == 1 and not symbols[0].is_named:
        domain = "label" if values[0].startswith("{0}:") else "full_name" if "/" in values[0] else symbols[0].domain
        return Symbol(domain, "outsider")
    if not all(symbol.is_named for symbol in symbols):
        return UNKNOWN
    return FUNCTIONS["format"](*(f"\0{value.name}" if isinstance(value, Symbol) else value for value in values))


def _contains(search: Any, item: Any) -> Any:
    if isinstance(search, list):
        found = [compare_in_run("==", each, item) for each in search]
        return True if True in found else UNKNOWN if UNKNOWN in found else False
    if isinstance(item, Symbol) and not item.is_named:
        return False if search is UNKNOWN or isinstance(search, str) else UNKNOWN
    if search is UNKNOWN or item is UNKNOWN or isinstance(search, Symbol) or isinstance(item, Symbol):
        return UNKNOWN
    return FUNCTIONS["contains"](search, item)


def _begins(symbol: Symbol, beginning: Any) -> Any:
    if not isinstance(beginning, str):
        return UNKNOWN
    wanted = beginning.lower()
    if symbol.prefix:
        return True if symbol.prefix.startswith(wanted) else UNKNOWN if wanted.startswith(symbol.prefix) else False
    return False if not symbol.is_named and wanted.endswith(("/", ":")) else UNKNOWN


def _case(values: list[Any]) -> Any:
    for place in range(0, len(values) - 1, 2):
        if values[place] is UNKNOWN:
            return UNKNOWN
        if _is_true(values[place]):
            return values[place + 1]
    return values[-1]
