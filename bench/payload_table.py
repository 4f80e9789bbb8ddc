"""Writes the table of event payloads, infralint/tables/payloads.py, from what GitHub publishes of its webhooks.

Usage: python bench/payload_table.py FOLDER...

Each FOLDER is an unpacked npm package (`npm pack NAME`, `tar xzf`): `@octokit/openapi-webhooks`, GitHub's own
description, and `@octokit/webhooks-schemas`, the older one by its users. A property that either knows is known, and so
is one that any activity of the event has. Where they leave an object open, the table does.
"""

from __future__ import annotations

import datetime
import json
import pathlib
import re
import sys
import textwrap
from typing import Any

ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGET = ROOT / "infralint" / "tables" / "payloads.py"
EVENTS = """branch_protection_rule check_run check_suite create delete deployment deployment_status discussion
discussion_comment fork gollum issue_comment issues label merge_group milestone page_build project project_card
project_column public pull_request pull_request_review pull_request_review_comment push registry_package release
repository_dispatch status watch workflow_dispatch workflow_run""".split()  # noqa: SIM905
PLAIN = {"string": "s", "number": "n", "integer": "n", "boolean": "b"}
OPEN = ("changes", "registry_package")
"""What follows from what was edited, or from the sort of package: both descriptions name but some of it."""
DOCUMENTED = {
    "comment": {"minimized": "object", "pin": "object"},
    "issue": {"pinned_comment": "object"},
    "pull_request": {"stack": "object"},
    "repository": {"has_pull_requests": "boolean", "pull_request_creation_policy": "string"},
    "event_issues": {"issue_field": "object", "issue_field_value": "object"},
}
"""What the webhook documentation names and the packages do not yet have, by the name of the object or event."""
SIMILAR = 0.8
"""Objects of one name that share so many of their properties are one shape."""


class Shape:
    """What is known of one value: the kinds it may have, its properties, its items, whether it may have any property."""

    def __init__(self) -> None:
        self.kinds: set[str] = set()
        self.properties: dict[str, Shape] = {}
        self.item: Shape | None = None
        self.is_open = False

    @property
    def is_object(self) -> bool:
        return self.kinds - {"null"} == {"object"}


def add(shape: Shape, other: Shape) -> Shape:
    """Takes in what another says of the same value."""
    if shape is other:
        return shape
    shape.kinds |= other.kinds
    shape.is_open |= other.is_open
    for name, value in other.properties.items():
        shape.properties[name] = add(shape.properties[name], value) if name in shape.properties else value
    if other.item is not None:
        shape.item = add(shape.item, other.item) if shape.item is not None else other.item
    return shape


def narrow(shape: Shape, other: Shape) -> Shape:
    """Takes in what else holds of the same value at the same time: what says least leaves the rest as it is."""
    if not shape.kinds or shape.kinds == {"any"}:
        shape.kinds = set(other.kinds)
        shape.is_open = other.is_open
    elif other.kinds != {"any"}:
        shape.kinds = shape.kinds & other.kinds or shape.kinds | other.kinds
        if "object" in other.kinds:
            shape.is_open &= other.is_open
    for name, value in other.properties.items():
        shape.properties[name] = narrow(shape.properties[name], value) if name in shape.properties else value
    if other.item is not None:
        shape.item = narrow(shape.item, other.item) if shape.item is not None else other.item
    return shape


def read(schema: Any, definitions: dict[str, Any], inside: tuple[str, ...] = ()) -> Shape:
    """The shape that a JSON schema describes; a definition inside itself is anything."""
    shape = Shape()
    if not isinstance(schema, dict) or not schema:
        shape.kinds.add("any")
        return shape
    parts = [part for word in ("oneOf", "anyOf") for part in schema.get(word, ())]
    all_parts = schema.get("allOf", ())
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        if name in inside:
            shape.kinds.add("any")
        else:
            add(shape, read(definitions[name], definitions, (*inside, name)))
    for part in parts:
        add(shape, read(part, definitions, inside))
    for part in all_parts:
        narrow(shape, read(part, definitions, inside))
    kinds = schema.get("type", [])
    kinds = list(kinds) if isinstance(kinds, list) else [kinds]
    if schema.get("properties") and not {"object", "array"} & set(kinds):
        kinds.append("object")
    if not kinds:
        kinds += [kind_of(value) for value in schema.get("enum", [schema["const"]] if "const" in schema else [])]
    if not kinds and not parts and not all_parts and "$ref" not in schema:
        kinds.append("any")
    for kind in kinds:
        shape.kinds.add("number" if kind == "integer" else kind)
        if kind == "object":
            for name, value in schema.get("properties", {}).items():
                inner = read(value, definitions, inside)
                name = name.lower()
                shape.properties[name] = add(shape.properties[name], inner) if name in shape.properties else inner
            is_bare = not schema.get("properties") and not parts and not all_parts
            shape.is_open |= schema.get("additionalProperties") not in (None, False) or is_bare
        elif kind == "array":
            inner = read(schema.get("items"), definitions, inside)
            shape.item = add(shape.item, inner) if shape.item is not None else inner
    return shape


def kind_of(value: Any) -> str:
    """The name that JSON Schema has for the type of a value."""
    if value is None:
        return "null"
    return "boolean" if isinstance(value, bool) else "number" if isinstance(value, int | float) else "string"


def payloads(folder: pathlib.Path) -> dict[str, list[Shape]]:
    """The payloads of each event that a package describes."""
    found: dict[str, list[Shape]] = {}
    for path in sorted((folder / "generated").glob("*.json")):
        print(f"reads {path}")
        document = json.loads(path.read_text("utf-8"))
        for webhook in document["webhooks"].values():
            event = webhook["post"]["operationId"].partition("/")[0].replace("-", "_")
            schema = webhook["post"]["requestBody"]["content"]["application/json"]["schema"]
            found.setdefault(event, []).append(read(schema, document["components"]["schemas"]))
    for path in sorted(folder.glob("schema.json")):
        print(f"reads {path}")
        definitions = json.loads(path.read_text("utf-8"))["definitions"]
        for name, schema in definitions.items():
            event, dollar, _ = name.partition("$")
            if dollar:
                found.setdefault(event, []).append(read(schema, definitions))
    return found


def unite_alike(events: dict[str, Shape]) -> None:
    """Makes objects of one name that are nearly the same one object: descriptions forget, and each forgets another part."""
    for _ in range(6):
        groups: dict[str, list[Shape]] = {}
        holders: list[tuple[Shape, str, Shape]] = []

        def visit(shape: Shape, name: str, seen: set[int], holders: list[tuple[Shape, str, Shape]] = holders) -> None:
            for key, value in sorted(shape.properties.items()):
                if value.is_object and value.properties and not value.is_open:
                    holders.append((shape, key, value))
                if id(value) not in seen:
                    seen.add(id(value))
                    visit(value, key, seen)
            if shape.item is not None:
                if shape.item.is_object and shape.item.properties and not shape.item.is_open:
                    holders.append((shape, "*" + name, shape.item))
                if id(shape.item) not in seen:
                    seen.add(id(shape.item))
                    visit(shape.item, name, seen)

        seen: set[int] = set()
        for name, shape in events.items():
            visit(shape, name, seen)
        for holder, key, value in holders:
            role = key.lstrip("*")
            role = role[:-1] if key[0] == "*" and role.endswith("s") else role
            for known in groups.setdefault(role, []):
                mine, its = set(value.properties), set(known.properties)
                if value is known or len(mine & its) >= SIMILAR * len(mine | its):
                    add(known, value)
                    if key[0] == "*":
                        holder.item = known
                    else:
                        holder.properties[key] = known
                    break
            else:
                groups[role].append(value)


def add_documented(events: dict[str, Shape]) -> None:
    """Adds what the documentation alone names to every object of that name."""
    for event, root in events.items():
        for name, shape in [(f"event_{event}", root), *root.properties.items()]:
            for key, kind in DOCUMENTED.get(name, {}).items() if shape.is_object or shape is root else ():
                found = shape.properties.setdefault(key, Shape())
                found.kinds.add(kind)
                found.is_open = kind == "object" and not found.properties


def line_of(shape: Shape, table: dict[str, str], names: dict[str, str]) -> str:
    """The properties of an object, those of one type behind its word."""
    words: dict[str, list[str]] = {}
    for key, value in sorted(shape.properties.items()):
        words.setdefault(coded(value, key, table, names), []).append(key)
    return " ".join(f"{code}: {' '.join(keys)}" for code, keys in sorted(words.items()))


def coded(shape: Shape, name: str, table: dict[str, str], names: dict[str, str]) -> str:
    """The word of the table for a shape; objects become lines of it."""
    kinds = shape.kinds - {"null"}
    if len(kinds) != 1:
        return "?"
    (kind,) = kinds
    if kind in PLAIN:
        return PLAIN[kind]
    if kind == "array":
        return "*" + (coded(shape.item, name.removesuffix("s"), table, names) if shape.item is not None else "?")
    if kind != "object":
        return "?"
    if shape.is_open or not shape.properties:
        return "o"
    line = line_of(shape, table, names)
    if line not in names:
        base = re.sub(r"\W", "_", name)
        while len(base) < 2 or base in table:
            number = re.search(r"\d*$", base)
            base = base[: number.start()] + str(int(number.group() or 1) + 1) if number else base
        names[line] = base
        table[base] = line
    return names[line]


def main(folders: list[str]) -> None:
    events = {name: Shape() for name in EVENTS}
    sources = []
    for folder in sorted(map(pathlib.Path, folders)):
        package = json.loads((folder / "package.json").read_text("utf-8"))
        sources.append(f"{package['name']} {package['version']}")
        for event, shapes in payloads(folder).items():
            for shape in shapes:
                if event in events:
                    add(events[event], shape)
    for shape in events.values():
        for name in set(OPEN) & set(shape.properties):
            shape.properties[name].is_open = True
    unite_alike(events)
    add_documented(events)
    table: dict[str, str] = {}
    names: dict[str, str] = {}
    roots = {f"event_{event}": line_of(shape, table, names) for event, shape in events.items()}
    table |= roots
    lines = [
        line
        for name in sorted(table)
        for line in textwrap.wrap(f"{name} {table[name]}", 158, subsequent_indent=" ", break_on_hyphens=False)
    ]
    today = datetime.date.today()
    text = f'''"""What the payload of each event holds: `github.event`.

Written by bench/payload_table.py from the npm packages {" and ".join(sources)}, as of {today:%Y-%m}.
A line is a shape, and an indented one goes on with it: its name, then for each type the properties that have it. `s` is
text, `n` a number, `b` a boolean, `o` an object with any properties, `?` anything, `*` before a type an array of it; every
other type is a shape. `event_push` is the payload of a `push`.
"""

SHAPES = """\\
{chr(10).join(lines)}
"""
'''
    TARGET.write_text(text, "utf-8")
    print(f"{TARGET}: {len(table)} shapes, {len(text)} characters, {text.count(chr(10))} lines")


if __name__ == "__main__":
    main(sys.argv[1:])
