"""What the tables know, since when, and what of it is stale.

    python bench/tables.py                          each table: date, age in months, rows, source, the script that makes it
    python bench/tables.py --months 6               exit 1 where a table is older than that, or has no date
    python bench/tables.py --schema FILE            events, activities and scopes against the JSON schema of workflows
    python bench/tables.py --actions DIR            rows of actions against DIR/OWNER/NAME/action.yml, clones of the actions
    python bench/tables.py --advisories DIR         advisories against a clone of github/advisory-database

FILE is https://json.schemastore.org/github-workflow.json, as the package check-jsonschema carries it too. The last three print what
the table lacks (`+`) and what only the table has (`-`): the first is to be added, the second to be looked at.
"""

from __future__ import annotations

import argparse
import ast
import datetime
import json
import pathlib
import re
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

from infralint.tables import actions, advisories, events, github

TABLES = pathlib.Path(__file__).resolve().parent.parent / "infralint" / "tables"
DATED = re.compile(r"\b(?:as of|read|manuals,)\s+(20\d\d)-(\d\d)", re.I)
MAKERS = {"payloads": "bench/payload_table.py"}
CODE = frozenset(("randomness", "secret_find", "secret_shapes", "secrets"))
"""Modules of functions whose constants follow from nothing outside."""
MIN_ROWS = 5
"""A module whose largest constant has fewer entries is code, not a table."""


class Table(NamedTuple):
    """A module of data: the oldest date that it names (None for none), its entries, and where they come from."""

    name: str
    date: datetime.date | None
    rows: int
    source: str


def rows_in(tree: ast.Module) -> int:
    """How many entries the constants of a module have; words in one long text count one each."""
    total = 0
    for statement in tree.body:
        if not isinstance(statement, ast.Assign | ast.AnnAssign) or statement.value is None:
            continue
        for node in ast.walk(statement.value):
            if isinstance(node, ast.Dict):
                total += len(node.keys)
            elif isinstance(node, ast.Tuple | ast.List | ast.Set):
                total += sum(isinstance(each, ast.Constant) for each in node.elts)
            elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                total += 1
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) > 100:
                rows = [line for line in node.value.split("\n") if line and not line.startswith(" ")]
                total += len(rows) if len(rows) > MIN_ROWS else len(node.value.split())
    return total


def table_of(path: pathlib.Path) -> Table:
    """What a module says of itself."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    doc = ast.get_docstring(tree) or ""
    dates = [datetime.date(int(year), int(month), 1) for year, month in DATED.findall(text)]
    address = re.search(r"https?://[^\s),]+", doc)
    sentence = re.search(r"(?:As of [\d-]+, (?:from|after)|Sources?:|[Ff]rom|[Aa]fter)\s+((?:[^\n]|\n(?!\n))+)", doc)
    source = address[0] if address else " ".join(sentence[1].split()) if sentence else ""
    return Table(path.stem, min(dates, default=None), rows_in(tree), source)


def tables() -> list[Table]:
    """The modules that hold data."""
    found = [
        table_of(path)._replace(name=path.relative_to(TABLES).with_suffix("").as_posix())
        for path in sorted(TABLES.rglob("*.py"))
        if path.stem not in CODE | {"__init__"}
    ]
    return [table for table in found if table.rows >= MIN_ROWS]


def age(date: datetime.date, today: datetime.date) -> int:
    """Months between two dates."""
    return (today.year - date.year) * 12 + today.month - date.month


def print_ages(months: int | None, today: datetime.date) -> int:
    """Print each table; 1 where one is older than that, or has no date."""
    stale = 0
    for table in tables():
        old = age(table.date, today) if table.date is not None else None
        is_stale = months is not None and (old is None or old > months)
        stale += is_stale
        when = f"{table.date:%Y-%m} {old:3}" if table.date is not None else "undated    "
        made = MAKERS.get(table.name, "")
        print(f"{'*' if is_stale else ' '} {table.name:24} {when} {table.rows:6}  {made or table.source[:90]}")
    return int(stale > 0)


def differences(what: str, there: set[str], ours: set[str]) -> Iterator[str]:
    """What one side has and the other has not."""
    yield from (f"+ {what}: {name}" for name in sorted(there - ours))
    yield from (f"- {what}: {name}" for name in sorted(ours - there))


def against_schema(schema: dict[str, Any]) -> Iterator[str]:
    """Events, their activities and the scopes of the token, against the JSON schema of workflows."""
    definitions = schema["definitions"]
    described = schema["properties"]["on"]["oneOf"][2]["properties"]
    yield from differences("event", set(definitions["event"]["enum"]) | set(described), set(github.EVENTS))
    for name, shape in sorted(described.items()):
        parts = [shape, *shape.get("allOf", ()), *shape.get("oneOf", ()), *shape.get("anyOf", ())]
        types = next((each["properties"]["types"] for each in parts if "types" in each.get("properties", {})), {})
        listed = types.get("items", {}).get("enum") or types.get("allOf", [{}])[-1].get("items", {}).get("enum")
        if listed:
            yield from differences(f"activity of {name}", set(listed), set(events.TYPES.get(name, ())))
    scopes = definitions["permissions-event"]["properties"]
    yield from differences("scope", set(scopes), set(github.PERMISSIONS))


def against_actions(folder: pathlib.Path) -> Iterator[str]:
    """Inputs, outputs and runtimes of actions, against their own descriptions."""
    for path in sorted([*folder.rglob("action.yml"), *folder.rglob("action.yaml")]):
        action = path.parent.relative_to(folder).as_posix().lower()
        described = yaml.safe_load(path.read_text(encoding="utf-8"))
        if not isinstance(described, dict) or not actions.row_of(action):
            continue
        for word, known in (("inputs", actions.inputs_of(action)), ("outputs", actions.outputs_of(action))):
            if known is not None:
                there = {str(name).lower() for name in described.get(word) or {}}
                yield from (f"+ {word} of {action}: {name}" for name in sorted(there - known.known))
        yield from _inputs_that_changed(action, described.get("inputs") or {})
        using = str((described.get("runs") or {}).get("using"))
        if re.fullmatch(r"node(?:12|16)", using) and not actions.has(action, "node-gone"):
            yield f"+ node-gone of {action}: its newest version runs on {using}"


def _inputs_that_changed(action: str, described: dict[str, Any]) -> Iterator[str]:
    """Inputs that are no longer required, and those that are deprecated by now."""
    inputs = {str(name).lower(): value if isinstance(value, dict) else {} for name, value in described.items()}
    for name in actions.words_of(action, "required"):
        if name in inputs and (not inputs[name].get("required") or "default" in inputs[name]):
            yield f"- required of {action}: {name}"
    known = actions.inputs_of(action)
    for name, value in inputs.items():
        if "deprecationMessage" in value and known is not None and name in known.known - known.deprecated:
            yield f"+ deprecated input of {action}: {name}"


def against_advisories(folder: pathlib.Path) -> Iterator[str]:
    """Advisories on actions, against the reviewed ones of the database."""
    there: set[str] = set()
    for path in folder.glob("advisories/github-reviewed/*/*/*/*.json"):
        text = path.read_text(encoding="utf-8")
        if '"GitHub Actions"' not in text:
            continue
        advisory = json.loads(text)
        if not advisory.get("withdrawn"):
            names = {one["package"]["name"].lower() for one in advisory["affected"]}
            there |= {f"{advisory['id']} {name}" for name in names}
    ours = {f"{one.id} {name}" for name in actions.known_actions() for one in advisories.advisories_of(name)}
    yield from differences("advisory", there, ours)


def main() -> int:
    """Read the arguments and print what they ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--months", type=int)
    parser.add_argument("--schema", type=pathlib.Path)
    parser.add_argument("--actions", type=pathlib.Path)
    parser.add_argument("--advisories", type=pathlib.Path)
    options = parser.parse_args()
    lines: list[str] = []
    if options.schema is not None:
        lines += against_schema(json.loads(options.schema.read_text(encoding="utf-8")))
    if options.actions is not None:
        lines += against_actions(options.actions)
    if options.advisories is not None:
        lines += against_advisories(options.advisories)
    if options.schema or options.actions or options.advisories:
        print("\n".join(lines) or "nothing differs")
        return int(bool(lines))
    return print_ages(options.months, datetime.datetime.now(tz=datetime.UTC).date())


if __name__ == "__main__":
    sys.exit(main())
