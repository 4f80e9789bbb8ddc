"""How the schemas of platform files are written down: small words for what JSON Schema (as of 2026-11) says at length."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Schema = dict[str, Any]
else:
    Schema = dict

TEXT: Schema = {"type": "string"}
FLAG: Schema = {"type": "boolean"}
NUMBER: Schema = {"type": "number"}
WHOLE: Schema = {"type": "integer"}
ANY: Schema = {}
MAP: Schema = {"type": "object"}
TEXTS: Schema = {"type": "array", "items": TEXT}
TEXT_OR_TEXTS: Schema = {"type": ["string", "array"], "items": TEXT}


def names(*keys: str) -> dict[str, Schema]:
    """Keys whose values are not looked at."""
    return dict.fromkeys(keys, ANY)


def table(keys: dict[str, Schema], *, needs: tuple[str, ...] = (), is_open: bool = False) -> Schema:
    """A mapping with these keys, and no others unless it is open."""
    made: Schema = {"type": "object", "properties": keys}
    if needs:
        made["required"] = list(needs)
    if not is_open:
        made["additionalProperties"] = False
    return made


def of_each(value: Schema) -> Schema:
    """A mapping of free names, each with such a value."""
    return {"type": "object", "additionalProperties": value}


def list_of(item: Schema, *, least: int = 0, most: int = 0) -> Schema:
    """A list of such items."""
    made: Schema = {"type": "array", "items": item}
    if least:
        made["minItems"] = least
    if most:
        made["maxItems"] = most
    return made


def one_or_list(item: Schema) -> Schema:
    """Such an item, or a list of them."""
    return {"anyOf": [item, {"type": "array", "items": item}]}


def words(*options: str) -> Schema:
    """One of these texts."""
    return {"enum": list(options)}


def maybe_table(keys: dict[str, Schema], *, needs: tuple[str, ...] = (), is_open: bool = False) -> Schema:
    """A mapping with these keys, or nothing: an empty key counts as one that is not there."""
    return {**table(keys, needs=needs, is_open=is_open), "type": ["object", "null"]}


def maybe_list(item: Schema) -> Schema:
    """A list of such items, or nothing."""
    return {"type": ["array", "null"], "items": item}
