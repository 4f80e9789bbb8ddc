"""What is known of single actions: how the rows of `action_rows` are read.

As of 2026-11, from each action's `action.yml`, description and source, the GitHub Advisory Database
(https://github.com/advisories) and CodeQL's and zizmor's lists; `bench/tables.py --actions` and `--advisories` say what is stale.
An action that has no row, or no such column, is not known, and nothing is said of it.

A row begins with the name (`owner/name[/path]`, in lower case) and flags; a line for each column follows:

    inputs, outputs       names; `~` marks a deprecated one, `4:` before them the newest major whose names are all here
    required              inputs that every version requires
    node-gone             the last major that needs Node.js 16 or older
    cache                 the input that switches the Actions cache, `on` or `off` by it, `default` where it is used without, values
    cache-with            the input without which it does not cache
    tool-version          the input without which it fetches the newest release of its tool
    instead               the tool of the runners that does the same
    scripts               inputs that it runs as code
    text-outputs          outputs with text of the author of a pull request or issue; `author-input` limits them to one author
    json-outputs          outputs whose text is JSON, `when` an input has a value, or `unless` it has
    head-outputs          outputs that name the head of a pull request
    file-output           the output with the text of a file
    passes                an input and the output that carries it
    credential-file       the file with credentials that it writes, `unless` an input is false
    login                 what it logs in to
    deploys               where it deploys to
    program               the program that it runs, and the input with the arguments
    publishes             the input without which it publishes nothing
    trusted               the input with a long-lived credential, the inputs of the `registry`, registries `of` trust, `off` value
    needs                 a scope of the token, `unless` inputs (`$NAME`: variables) give a credential, `when` an input is given,
                          `not` for those values of it, `or` another scope, `pushes` by checkout's token, `perhaps` not always
    writes                all scopes that it may write
    advisory              its id, `since` and `fixed` (or `last`) versions, `of-tags` where only tags were moved

and the flags: archived, artifact (downloads them), keeps-token (pushes with checkout's token), merges (or approves), no-check
(says nothing of what a user may do), permission-check (asks that), publishes, runs-tree (code of the checked out files), test.

AI agents are in tables/agents.py, where actions stand beside programs with the same columns, and owners in action_owners.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from infralint.tables.action_names import Names, names_in
from infralint.tables.action_rows import archived, building, deploying, official, repository, toolchains

_TABLES = (official.ROWS, toolchains.ROWS, building.ROWS, deploying.ROWS, repository.ROWS, archived.ROWS)
Row = dict[str, tuple[str, ...]]
"""The columns of an action, each with its lines; a flag is a column with an empty line."""


@cache
def row_of(action: str) -> Row:
    """All that is known of an action; empty for one that is not known."""
    for table in _TABLES:
        at = table.find(f"\n{action}:")
        if at >= 0 and ":" not in action:
            return _read(table[at + 1 :])
    return {}


def _read(text: str) -> Row:
    head, _, rest = text.partition("\n")
    found: dict[str, list[str]] = {flag: [""] for flag in head.partition(":")[2].split()}
    column = ""
    for line in rest.split("\n"):
        if not line.startswith("  "):
            break
        if line.startswith("    "):
            found[column][-1] += f" {line.strip()}"
        else:
            column, _, value = line.strip().partition(" ")
            found.setdefault(column, []).append(value)
    return {name: tuple(lines) for name, lines in found.items()}


def known_actions() -> Iterator[str]:
    """The names of all actions that have a row."""
    for table in _TABLES:
        yield from (line.partition(":")[0] for line in table.split("\n") if line and not line.startswith(" "))


def has(action: str, flag: str) -> bool:
    """Whether an action has a flag, or a column."""
    return flag in row_of(action)


def text_of(action: str, column: str) -> str | None:
    """A column of one line; None where the action has none."""
    found = row_of(action).get(column)
    return found[0] if found is not None else None


def words_of(action: str, column: str) -> tuple[str, ...]:
    """The words of a column; none where the action has none."""
    return tuple((text_of(action, column) or "").split())


@cache
def inputs_of(action: str) -> Names | None:
    """The inputs of an action and its deprecated ones; None for an action that is not known."""
    row = text_of(action, "inputs")
    return names_in(row) if row is not None else None


@cache
def outputs_of(action: str) -> Names | None:
    """The outputs of an action; None for one that is not known, or whose outputs follow from its inputs."""
    row = text_of(action, "outputs")
    return names_in(row) if row is not None else None


def is_outdated(action: str, version: str) -> bool:
    """Whether a version of an action (`v3`, `v3.1.0`) needs a Node.js that is gone."""
    first, last = version.removeprefix("v").split(".")[0], text_of(action, "node-gone")
    return last is not None and first.isdigit() and int(first) <= int(last)


def clauses_of(line: str, words: frozenset[str]) -> dict[str, str]:
    """A line of a column as its clauses: the value behind each of these words; "" behind a word that has none, and in front."""
    found, last = {"": ""}, ""
    for each in line.split():
        if each in words:
            last = each
            found[last] = ""
        else:
            found[last] = f"{found[last]} {each}".strip()
    return found
