"""What an expression is worth where that can be known without a run: GitHub's coercions, and UNKNOWN."""

from __future__ import annotations

import math

from infralint.syntax.expression import Call, Comparison, Filter, Index, Literal, Logic, Node, Not, Property, number
from infralint.text.unknown import UNKNOWN, Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MAX_VALUE = 100_000


def value_of(node: Node) -> Any:
    """The value: None, bool, float, str, list or dict; UNKNOWN where it depends on a run."""
    if isinstance(node, Literal):
        return node.value
    if isinstance(node, Not):
        truth = truth_of(node.of)
        return UNKNOWN if truth is UNKNOWN else not truth
    if isinstance(node, Logic):
        return _logic(node)
    if isinstance(node, Comparison):
        return compare(node.operator, value_of(node.left), value_of(node.right))
    if isinstance(node, Call):
        return _call(node)
    if isinstance(node, Property | Index):
        of = value_of(node.of)
        by = node.name if isinstance(node, Property) else value_of(node.by)
        if of is UNKNOWN or by is UNKNOWN or isinstance(node.of, Filter):
            return UNKNOWN
        return _item(of, by)
    return UNKNOWN


def truth_of(node: Node) -> bool | Unknown:
    """Whether a condition holds; known more often than its value (`x && false` never does)."""
    if isinstance(node, Logic):
        decided = node.operator == "||"
        truths = [truth_of(operand) for operand in node.operands]
        if any(truth is decided for truth in truths):
            return decided
        return UNKNOWN if any(truth is UNKNOWN for truth in truths) else not decided
    if isinstance(node, Not):
        truth = truth_of(node.of)
        return UNKNOWN if truth is UNKNOWN else not truth
    value = value_of(node)
    return UNKNOWN if value is UNKNOWN else is_truthy(value)


def is_truthy(value: Any) -> bool:
    """False, 0, NaN, "" and null are falsy; every object and array is truthy, even an empty one."""
    if isinstance(value, list | dict):
        return True
    return bool(value) and not (isinstance(value, float) and math.isnan(value))


def compare(operator: str, left: Any, right: Any) -> bool | Unknown:
    """Compare as GitHub does: strings ignore case, other kinds become numbers where they differ."""
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return UNKNOWN
    if isinstance(left, list | dict) or isinstance(right, list | dict):
        return operator == "!="  # equal only to itself, which two literals never are
    if isinstance(left, str) and isinstance(right, str):
        left, right = left.upper(), right.upper()
    elif left is None and right is None:
        left = right = 0.0
    else:
        left, right = to_number(left), to_number(right)
    if operator in ("==", "!="):
        return bool((left == right) == (operator == "=="))
    if operator[0] == "<":
        return bool(left < right or (operator == "<=" and left == right))
    return bool(left > right or (operator == ">=" and left == right))


def to_number(value: Any) -> float:
    """null and false are 0, true is 1, a string what it says, NaN where it says no number."""
    if isinstance(value, str):
        return number(value)
    return float(value or 0) if not isinstance(value, list | dict) else math.nan


def to_text(value: Any) -> str:
    """A value as it is written into the text around an expression."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if math.isinf(value) or math.isnan(value):
            return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    return str(value) if isinstance(value, str) else "Array" if isinstance(value, list) else "Object"


def placeholders(pattern: str) -> set[int] | None:
    """The numbers of a `format` pattern's placeholders; None where its braces do not match."""
    found: set[int] = set()
    at = 0
    while at < len(pattern):
        char = pattern[at]
        if char in "{}" and pattern[at + 1 : at + 2] == char:
            at += 2
        elif char == "{":
            end = pattern.find("}", at)
            digits = pattern[at + 1 : end]
            if end < 0 or not (digits.isascii() and digits.isdigit()) or len(digits) > 3:
                return None
            found.add(int(digits))
            at = end + 1
        elif char == "}":
            return None
        else:
            at += 1
    return found


def _logic(node: Logic) -> Any:
    value: Any = None
    for operand in node.operands:
        value = value_of(operand)
        if value is UNKNOWN:
            return UNKNOWN
        if is_truthy(value) == (node.operator == "||"):
            return value
    return value


def _item(of: Any, by: Any) -> Any:
    if isinstance(of, list):
        place = to_number(by)
        return of[int(place)] if 0 <= place < len(of) else None
    if isinstance(of, dict):
        wanted = to_text(by).upper()
        return next((value for key, value in of.items() if key.upper() == wanted), None)
    return None


def _call(node: Call) -> Any:
    function = FUNCTIONS.get(node.name)
    if function is None:
        return UNKNOWN
    values = [value_of(argument) for argument in node.arguments]
    if any(value is UNKNOWN for value in values):
        return UNKNOWN
    try:
        value = function(*values)
    except (TypeError, ValueError, IndexError, RecursionError):
        return UNKNOWN  # wrong arguments: the type checker says so
    return UNKNOWN if isinstance(value, str) and len(value) > MAX_VALUE else value


def _contains(search: Any, item: Any) -> bool:
    if isinstance(search, list):
        return any(compare("==", value, item) is True for value in search)
    return to_text(item).upper() in to_text(search).upper()


def _starts_with(text: Any, beginning: Any) -> bool:
    return to_text(text).upper().startswith(to_text(beginning).upper())


def _ends_with(text: Any, end: Any) -> bool:
    return to_text(text).upper().endswith(to_text(end).upper())


def _format(pattern: Any, *values: Any) -> str:
    pattern = to_text(pattern)
    used = placeholders(pattern)
    if used is None or any(place >= len(values) for place in used):
        raise ValueError
    out: list[str] = []
    at = size = 0
    while at < len(pattern) and size <= MAX_VALUE:
        char = pattern[at]
        if char in "{}" and pattern[at + 1 : at + 2] == char:
            part, at = char, at + 2
        elif char == "{":
            end = pattern.find("}", at)
            part, at = to_text(values[int(pattern[at + 1 : end])]), end + 1
        else:
            part, at = char, at + 1
        out.append(part)
        size += len(part)
    return "".join(out)


def _join(values: Any, separator: Any = ",") -> str:
    if not isinstance(values, list):
        return to_text(values)
    return to_text(separator).join(map(to_text, values))


def _from_json(text: Any) -> Any:
    import json

    return json.loads(to_text(text), parse_int=float)


def _to_json(value: Any) -> str:
    if isinstance(value, float):
        return to_text(value)
    import json

    return json.dumps(value, ensure_ascii=False, indent=2)


def _case(*values: Any) -> Any:
    if len(values) < 3 or len(values) % 2 == 0:
        raise ValueError
    for place in range(0, len(values) - 1, 2):
        if is_truthy(values[place]):
            return values[place + 1]
    return values[-1]


FUNCTIONS: dict[str, Any] = {
    "contains": _contains,
    "startswith": _starts_with,
    "endswith": _ends_with,
    "format": _format,
    "join": _join,
    "fromjson": _from_json,
    "tojson": _to_json,
    "case": _case,
}
"""What the functions that need nothing of a run give, for known arguments; they raise for wrong ones."""
