"""What the structure of a `dependabot.yml` gets wrong, by the table of its options."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.analysis.expressions.checker import nearest
from infralint.model.github.document import WorkflowProblem
from infralint.model.github.value import get, text_of, texts
from infralint.syntax.yaml import Mapping, Node, Scalar, Sequence
from infralint.tables.dependabot_options import EXCLUSIVE, KEYS, OF_GROUP, REQUIRED, Type
from infralint.text import regex as re

MAX_PROBLEMS = 200


def dependabot_problems(root: Node | None) -> list[WorkflowProblem]:
    """Every fault, in the order of the file."""
    found: list[WorkflowProblem] = []
    beta = root.get("enable-beta-ecosystems") if isinstance(root, Mapping) else None
    takes_any_ecosystem = isinstance(beta, Scalar) and beta.value is True
    todo: list[tuple[Node, Type, str]] = [] if root is None else [(root, ("keys", "the configuration"), "the file")]
    while todo and len(found) < MAX_PROBLEMS:
        node, wanted, what = todo.pop()
        for each in _judge(node, wanted, what):
            if isinstance(each, WorkflowProblem):
                found.append(each)
            elif takes_any_ecosystem and each[2] == "package-ecosystem":
                todo.append((each[0], "text", each[2]))
            else:
                todo.append(each)
    found += [*_updates(root)]
    return sorted(found, key=lambda problem: problem.start)


def _updates(root: Node | None) -> Iterator[WorkflowProblem]:
    """What updates get wrong beside each other and with their groups."""
    updates = get(root, "updates")
    declared = get(root, "multi-ecosystem-groups")
    groups = {str(name) for name, _ in declared.items()} if isinstance(declared, Mapping) else set()
    registries = get(root, "registries")
    seen: set[tuple[str, ...]] = set()
    for update in updates.values() if isinstance(updates, Sequence) else ():
        if not isinstance(update, Mapping):
            continue
        yield from _group_of(update, groups)
        yield from _registries_of(update, registries)
        yield from _cron_of(update)
        interval = get(update, "schedule", "interval")
        if text_of(interval) == "cron" and interval is not None and get(update, "schedule", "cronjob") is None:
            yield _problem(interval, "missing-key", "a schedule with `interval: cron` has no `cronjob`")
        kind, branch = text_of(update.get("package-ecosystem")), text_of(update.get("target-branch"))
        for folder in texts(update.get("directory")) + texts(update.get("directories")):
            same = (str(kind), "/" + folder.strip("/"), str(branch or ""))
            if same in seen:
                message = f"a second update of {kind} in `{folder}`; Dependabot refuses updates that overlap"
                yield WorkflowProblem("overlap", message, folder.source, folder.start, folder.end)
            seen.add(same)


def _registries_of(update: Mapping, declared: Node | None) -> Iterator[WorkflowProblem]:
    """The registries that an update names and the file does not declare."""
    known = {str(name) for name, _ in declared.items()} if isinstance(declared, Mapping) else set()
    for name in texts(update.get("registries")):
        if str(name) != "*" and str(name) not in known:
            message = f"`registries` at the top declares no `{name}`"
            yield WorkflowProblem("undeclared", message, name.source, name.start, name.end)


def _cron_of(update: Mapping) -> Iterator[WorkflowProblem]:
    """A `cronjob` that is no cron line; words such as `every day at 9am` are taken, too."""
    line = text_of(get(update, "schedule", "cronjob"))
    if line is None or re.match(r"(?i)\s*(?:every|at|on)\b.*\d|@\w+|\s*(?:every)\s+\w+", line):
        return
    if len(line.split()) not in (5, 6) or re.fullmatch(r"[\w*/,\-?#\s]+", line) is None:
        message = f"`{line}` is no cron line of five fields"
        yield WorkflowProblem("bad-cron", message, line.source, line.start, line.end)


def _group_of(update: Mapping, groups: set[str]) -> Iterator[WorkflowProblem]:
    """What an update of a multi-ecosystem group lacks, and what it leaves to the group."""
    group = update.get("multi-ecosystem-group")
    name = text_of(group)
    if group is None or name is None:
        return
    if str(name) not in groups:
        yield _problem(group, "odd-value", f"`multi-ecosystem-groups` has no group `{name}`")
    if update.get("patterns") is None:
        yield _problem(group, "missing-key", f"an update of the group `{name}` has no `patterns`")
    for key in OF_GROUP:
        word = update.key(key)
        if word is not None:
            message = f"`{key}` belongs to the group `{name}`, not to its update"
            yield WorkflowProblem("odd-value", message, word.source, word.start, word.end)


def _judge(node: Node, wanted: Type, what: str) -> Iterator[WorkflowProblem | tuple[Node, Type, str]]:
    sort = wanted if isinstance(wanted, str) else wanted[0]
    if sort == "either":
        fitting = [one for one in wanted[1:] if _is_of(node, one)]
        yield from _judge(node, (fitting or wanted[1:])[0], what)
    elif not _is_of(node, wanted):
        yield _problem(node, "wrong-type", f"{what} must be {_named(wanted)}")
    elif sort == "keys" and isinstance(node, Mapping):
        yield from _keys(node, wanted[1])
    elif sort == "map" and isinstance(node, Mapping):
        if not node.pairs:
            yield _problem(node, "wrong-type", f"{what} must not be empty")
        yield from ((value, wanted[1], str(key)) for key, value in node.items())
    elif sort == "list" and isinstance(node, Sequence):
        if len(node.items) < wanted[2]:
            yield _problem(node, "wrong-type", f"{what} must not be empty")
        seen: set[str] = set()
        for item in node.values():
            yield item, wanted[1], f"an entry of {what}"
            if isinstance(item, Scalar) and item.content in seen:
                yield _problem(item, "odd-value", f"{what} lists `{item.content}` twice")
            seen.add(item.content if isinstance(item, Scalar) else "")
    elif sort == "text" and isinstance(node, Scalar) and not node.content.strip():
        yield _problem(node, "odd-value", f"{what} must not be empty")
    elif sort == "number" and isinstance(node, Scalar) and node.content.startswith("-"):
        yield _problem(node, "odd-value", f"{what} must not be negative, but is `{node.content}`")
    elif sort == "time" and isinstance(node, Scalar) and not _is_time(node.content):
        yield _problem(node, "odd-value", f"{what} must be a time (hh:mm), not `{node.content}`")
    elif sort == "word" and isinstance(node, Scalar) and node.content not in wanted[1]:
        yield _problem(node, "odd-value", f"{what} cannot be `{node.content}`; use {_choice(wanted[1])}")


def _keys(node: Mapping, name: str) -> Iterator[WorkflowProblem | tuple[Node, Type, str]]:
    known = KEYS[name]
    there = {str(key) for key, _ in node.items()}
    for key, value in node.items():
        if str(key) in known:
            yield value, known[str(key)], str(key)
        else:
            meant = nearest(str(key), known)
            there.add(meant or "")
            hint = f"; did you mean `{meant}`?" if meant else ""
            yield WorkflowProblem(
                "unknown-key", f"`{key}` is not a valid key of {name}{hint}", key.source, key.start, key.end, meant
            )
    place = node.pairs[0].key if node.pairs else node
    for group in REQUIRED.get(name, ()):
        if there.isdisjoint(group):
            yield _problem(place, "missing-key", f"{name} has no `{'` or `'.join(group)}`")
    for group in EXCLUSIVE.get(name, ()):
        if there.issuperset(group):
            yield _problem(node.key(group[1]) or place, "odd-value", f"{name} takes `{'` or `'.join(group)}`, not both")


def _is_of(node: Node, wanted: Type) -> bool:
    sort = wanted if isinstance(wanted, str) else wanted[0]
    if sort in ("keys", "map"):
        return isinstance(node, Mapping)
    if sort == "list":
        return isinstance(node, Sequence)
    if not isinstance(node, Scalar):
        return False
    value = node.value
    if sort == "flag":
        return isinstance(value, bool)
    if sort == "number":
        return isinstance(value, int) and not isinstance(value, bool)
    return sort == "word" or isinstance(value, str)


def _is_time(text: str) -> bool:
    hours, colon, minutes = text.partition(":")
    plain = (hours + minutes).isascii() and len(hours) == len(minutes) == 2 and (hours + minutes).isdigit()
    return bool(colon) and plain and hours < "24" and minutes < "60"


def _named(wanted: Type) -> str:
    sort = wanted if isinstance(wanted, str) else wanted[0]
    names = {
        "keys": "a mapping",
        "map": "a mapping",
        "list": "a list",
        "flag": "true or false",
        "number": "a whole number",
    }
    return names.get(sort, "a text") if sort != "word" else _choice(wanted[1])


def _choice(words: frozenset[str]) -> str:
    listed = sorted(words)
    return f"one of {', '.join(listed[:8])}{', ...' if len(listed) > 8 else ''}" if len(listed) > 1 else listed[0]


def _problem(at: object, name: str, message: str) -> WorkflowProblem:
    return WorkflowProblem(name, message, at.source, at.start, at.end)  # type: ignore[attr-defined]
