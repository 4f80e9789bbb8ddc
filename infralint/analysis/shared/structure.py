"""What a file writes against the JSON schema of its format: the schema's verdict, in words and on the exact span."""

from __future__ import annotations

from infralint.analysis.shared.fault import Fault
from infralint.model.shared.value import plain
from infralint.syntax.yaml import Mapping, Node, Scalar, Sequence
from infralint.text import regex as re
from infralint.text.record import NamedTuple
from infralint.text.similar import most_similar
from infralint.text.source import Located, Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MAX_FAULTS = 40
"""Faults that are listed of one file: beyond it the file is of another format."""
MAX_LEVELS = 9
"""Lists in one another that a system takes for one list, where it does so at all."""
_TYPES = {
    "array": "a list", "boolean": "true or false", "integer": "an integer", "null": "nothing", "number": "a number", "object": "a mapping",
    "string": "text",
}  # fmt: skip
_LIMITS = {
    "minimum": "is less than {limit}, the least",
    "maximum": "is more than {limit}, the most",
    "exclusiveMinimum": "is not more than {limit}, the least",
    "minLength": "is shorter than the {limit} characters",
    "maxLength": "is longer than the {limit} characters",
    "minItems": "has fewer than the {limit} items",
    "maxItems": "has more than the {limit} items",
}
_HALVES = re.compile("[\ud800-\udfff]")


class Form(NamedTuple):
    """A format's schema, and how strictly the system that reads it takes it."""

    system: str
    """What the system is called in messages."""
    schema: Any
    is_lenient: bool = False
    """Whether the system accepts what its published schema does not know."""
    lenient_keys: frozenset[str] = frozenset()
    coerces: bool = False
    """Whether it takes a number or a boolean for a text, one value for a list, and other spellings of a key."""
    is_exact: bool = False
    """Whether nothing is put into its values before they are looked at."""
    flattened: frozenset[str] = frozenset()
    """The keys whose lists the system reads as one, however they lie in one another."""


def validator_of(schema: Any) -> Any:
    """What validates by a schema; nothing that it refers to elsewhere is fetched."""
    import jsonschema_rs

    return jsonschema_rs.validator_for(_alone(schema), retriever=_anything)


def schema_faults(form: Form, root: Node | None, validator: Any) -> list[Fault]:
    """The places where the file is not what the schema of its format allows."""
    found: list[Fault] = []
    if validator is None or root is None:
        return found
    seen: set[tuple[int, int]] = set()
    for error in _errors(validator, plain(root)):
        for fault in _described(form, root, _sharpest(error)):
            if (fault.start, fault.end) not in seen:
                seen.add((fault.start, fault.end))
                fault.route_of = tuple("*" if isinstance(part, int) else str(part) for part in error.instance_path)
                found.append(fault)
        if len(found) >= MAX_FAULTS:
            break
    return found


def _errors(validator: Any, value: Any) -> Any:
    try:
        return validator.iter_errors(value)
    except UnicodeEncodeError:
        return validator.iter_errors(_whole(value))


def _whole(value: Any) -> Any:
    """A value whose texts hold no halves of characters, which the validator does not take."""
    if isinstance(value, str):
        return value if value.isascii() else _HALVES.sub("\ufffd", value)
    if isinstance(value, list):
        return [_whole(one) for one in value]
    if isinstance(value, dict):
        return {_whole(key): _whole(one) for key, one in value.items()}
    return value


def _alone(schema: Any) -> Any:
    """A schema without its references to other files and addresses, where everything is allowed then: nothing is fetched."""
    if isinstance(schema, list):
        return [_alone(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    target = schema.get("$ref")
    if isinstance(target, str) and not target.startswith("#"):
        return {}
    return {key: _alone(value) for key, value in schema.items()}


def _anything(uri: str) -> dict[str, Any]:
    """What stands for a schema at another address, should one be asked for."""
    return {}


def _sharpest(error: Any) -> Any:
    """The error that tells most: of alternatives that all fail, the one which the value was most likely meant to be."""
    while error.kind.name in ("oneOf", "anyOf") and getattr(error.kind, "context", None):
        branches = [branch for branch in error.kind.context if branch]
        fitting = [branch for branch in branches if not _is_other_type(branch, error)]
        if not fitting:
            return error
        deepest = max(fitting, key=lambda branch: (max(len(one.instance_path) for one in branch), -len(branch)))
        if len(fitting) > 1 and all(len(one.instance_path) == len(error.instance_path) for one in deepest):
            return error
        inner = max(deepest, key=lambda one: len(one.instance_path))
        error = inner
    return error


def _is_other_type(branch: list[Any], error: Any) -> bool:
    """Whether an alternative is not meant, because the value is of another type or has another word in its place."""
    return any(one.kind.name in ("type", "const") and one.instance_path == error.instance_path for one in branch)


def _described(form: Form, root: Node, error: Any) -> list[Fault]:
    """The error in words, a fault for each key that it concerns."""
    node, key = _at(form, root, error.instance_path)
    where: Located = key if key is not None and not isinstance(node, Scalar) else node
    if where.end <= where.start and key is not None:
        where = key
    if isinstance(node, Sequence) and _is_flattened(form, root, error.instance_path):
        return []
    if _is_in_reference(node):
        return []
    if form.is_exact and isinstance(node, Scalar):
        where = node.text
    name, kind = error.kind.name, error.kind
    shown = _shown(error.instance_path)
    sure = form.is_exact or (not form.is_lenient and name not in ("minItems", "pattern") and not _may_be_replaced(node))
    sure = sure and not (error.instance_path and error.instance_path[-1] in form.lenient_keys)
    sure = sure and not (form.coerces and name in ("type", "oneOf", "anyOf") and isinstance(node, Scalar))
    if name == "additionalProperties" and isinstance(node, Mapping):
        return [_unknown_key(form, node, word, error) for word in kind.unexpected]
    if name == "required":
        missing = str(kind.property).strip("'\"")
        return [Fault("missing-key", f"{shown} has no `{missing}`, which {form.system} requires", where, None, sure)]
    if name == "type":
        return [_wrong_type(form, shown, node, where, _listed(kind.types), sure)]
    if name in ("enum", "const") and isinstance(node, Scalar):
        options = [str(one) for one in _listed(getattr(kind, "options", None) or [getattr(kind, "expected_value", "")])]
        nearest = most_similar(node.content, options, 0.7)
        hint = f"; did you mean `{nearest}`?" if nearest else f"; it takes {_list(options)}"
        text = f"{shown} is `{node.content}`, which {form.system} does not know{hint}"
        return [Fault("bad-value", text, node.text if form.is_exact else node, nearest, sure)]
    if name in _LIMITS and isinstance(getattr(kind, "limit", None), int | float):
        text = f"{shown} {_LIMITS[name].format(limit=kind.limit)} that {form.system} accepts"
        return [Fault("bad-value", text, where, None, sure)]
    if name in ("oneOf", "anyOf"):
        types = [
            one
            for branch in kind.context
            for error in branch[:1]
            if error.kind.name == "type"
            for one in _listed(error.kind.types)
        ]
        if types and len(types) >= len(kind.context) and _type_of(node) not in [_TYPES.get(one) for one in types]:
            return [_wrong_type(form, shown, node, where, types, sure)]
    if isinstance(node, Mapping) and node.get("task") is not None:
        sure = False  # Azure takes the names of a task's inputs in any case
    said = "has a form" if name == "pattern" else "is none of the forms"
    verb = "does not accept" if name == "pattern" else "accepts"
    return [Fault("bad-value", f"{shown} {said} that {form.system} {verb}", where, None, sure)]


def _is_in_reference(node: Node) -> bool:
    """Whether a value is a part of a `!reference`, which names what takes its place."""
    one = node.parent
    while one is not None:
        if one.tag == "!reference":
            return True
        one = one.parent
    return False


def _is_flattened(form: Form, root: Node, path: list[Any]) -> bool:
    """Whether a path leads to a list within a list whose items the system takes for those of the outer one."""
    names = [at for at, part in enumerate(path) if isinstance(part, str)]
    if not names or names[-1] == len(path) - 1 or path[names[-1]] not in form.flattened:
        return False
    outer, _ = _at(form, root, path[: names[-1] + 1])
    return _levels(outer) <= MAX_LEVELS


def _levels(node: Node | None, level: int = 0) -> int:
    """How deep lists lie in one another."""
    if not isinstance(node, Sequence) or level > MAX_LEVELS:
        return 0
    return 1 + max((_levels(item, level + 1) for item in node.values()), default=0)


def _wrong_type(form: Form, shown: str, node: Node, where: Located, types: list[str], sure: bool) -> Fault:
    wanted = " or ".join(dict.fromkeys(_TYPES.get(one, one) for one in types if one != "null" or len(types) == 1))
    return Fault("wrong-type", f"{shown} is {_type_of(node)}; {form.system} takes {wanted}", where, None, sure)


def _shown(path: list[Any]) -> str:
    """What a path leads to, as one says it: `image`, item 2 of `needs`."""
    if not path:
        return "the file"
    if isinstance(path[-1], int):
        owner = next((part for part in reversed(path) if not isinstance(part, int)), None)
        return f"item {path[-1] + 1} of `{owner}`" if owner is not None else f"item {path[-1] + 1}"
    return f"`{path[-1]}`"


_REPLACED = re.compile(r"\$|<<|\{\{")
"""What begins a variable, a parameter of CircleCI, or an expression of a template."""


def _may_be_replaced(node: Node) -> bool:
    """Whether the CI system puts something else in the place of a value, so that its form says nothing."""
    stack = [node]
    while stack:
        one = stack.pop()
        if one.tag == "!reference" or (
            isinstance(one, Scalar)
            and (_REPLACED.search(one.content) is not None or one.value is None or not one.content)
        ):
            return True
        if isinstance(one, Mapping):
            if isinstance(one.parent, Sequence) and [pair.name for pair in one.pairs] == ["<<"]:
                return True  # Woodpecker puts the items of the list there
            stack += [pair.value for pair in one.pairs]
        elif isinstance(one, Sequence):
            stack += one.items
    return False


def _unknown_key(form: Form, node: Mapping, word: str, error: Any) -> Fault:
    schema = form.schema
    for part in list(error.schema_path)[:-1]:
        schema = schema[part] if isinstance(schema, list) else schema.get(part, {})
    known = list(schema.get("properties", {})) if isinstance(schema, dict) else []
    nearest = most_similar(word, known, 0.75)
    at = node.key(word)
    sure = not form.is_lenient and not (
        form.coerces and nearest is not None and word.replace("_", "").lower() == nearest.lower()
    )
    hint = f"; did you mean `{nearest}`?" if nearest else ""
    return Fault(
        "unknown-key", f"{form.system} knows no key `{word}` here{hint}", at if at is not None else node, nearest, sure
    )


def _at(form: Form, root: Node, path: list[Any]) -> tuple[Node, Text | None]:
    """The value at a path, and its key; where an alias or a merge key lends it, the last value that stands here."""
    node: Node = root
    key: Text | None = None
    for part in path:
        found: Node | None = None
        if isinstance(node, Mapping):
            key = node.key(str(part)) or key
            found = node.get(str(part))
        elif isinstance(node, Sequence):
            values = list(node.values())
            found = values[part] if isinstance(part, int) and part < len(values) else None
        if found is None:
            break
        node = found
    return node, key


def _type_of(node: Node) -> str:
    if isinstance(node, Mapping):
        return "a mapping"
    if isinstance(node, Sequence):
        return "a list"
    value = node.value if isinstance(node, Scalar) else None
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "true or false"
    return "a number" if isinstance(value, int | float) else "text"


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple | set | frozenset) else [value]


def _list(options: list[str]) -> str:
    shown = [f"`{one}`" for one in options[:6]]
    return ", ".join(shown[:-1]) + f" or {shown[-1]}" if len(shown) > 1 else "".join(shown)
