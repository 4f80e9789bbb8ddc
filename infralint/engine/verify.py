"""Whether a file is still what it was, but for what a fix meant to change, and no worse for it."""

from __future__ import annotations

import os

from infralint.engine.judge import judge
from infralint.model import kinds
from infralint.syntax import yaml
from infralint.text.edit import Edit
from infralint.text.finding import Severity
from infralint.text.source import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from infralint.engine.session import Session

SECOND_OPINION = 200_000


def damage(session: Session, path: str, old: Source | None, new: str, edits: list[Edit]) -> str | None:
    """What a new text breaks: it must parse, and hold outside of the edits just what the old one held."""
    kind = session.kind(path)
    if old is None:
        is_new = path not in session.index.given and is_free(session.root, path)
        return None if is_new else "something stands at that path already"
    if kind is None or kind == "text":
        return None
    fresh = Source(path, new)
    before = kinds.load(old, session.index, kind).problems
    after = kinds.load(fresh, session.index, kind).problems
    for name, what in (("syntax", "the file could not be read any more"), ("duplicate-key", "a key would stand twice")):
        if sum(one.name == name for one in after) > sum(one.name == name for one in before):
            return what
    if not path.lower().endswith((".yml", ".yaml", ".json")):
        return None
    was, now = yaml.parse(old, merge=True), yaml.parse(fresh, merge=True)
    if now.partial and not was.partial:
        return "the file could not be read any more"
    if _duplicates(now) > _duplicates(was):
        return "a key would stand twice"
    spans, landed = [(edit.start, edit.end) for edit in edits], _landed(edits)
    if _untouched(was, spans) != _untouched(now, landed) and _untouched(was, spans, 1) != _untouched(now, landed, 1):
        return "the file would not hold the same data outside of the fix"
    is_read_alike = was.partial or len(new) > SECOND_OPINION or _agrees(now, new)
    return None if is_read_alike else "YAML readers would not agree about the file"


def _duplicates(stream: yaml.Stream) -> int:
    return sum(problem.name == "duplicate-key" for problem in stream.problems)


def new_fault(session: Session, path: str, old: Source, fresh: Source) -> str | None:
    """A fault of medium or above that the old text does not have and the new one would, by the default profile; else None."""
    kind = session.kind(path)
    if kind is None:
        return None
    before, after = _faults(session, old, kind), _faults(session, fresh, kind)
    worse = next((rule for rule, count in sorted(after.items()) if count > before.get(rule, 0)), None)
    return f"the result would have a new finding of {worse}" if worse is not None else None


def _faults(session: Session, source: Source, kind: str) -> dict[str, int]:
    """How many findings of medium or above each rule of the default profile has on a text."""
    given = session.index.given.get(source.path)
    session.index.given[source.path] = source
    session.index.forget()
    try:
        found = judge(kinds.load(source, session.index, kind), session.book.of(kind, session.plain)).findings
    finally:
        if given is None:
            del session.index.given[source.path]
        else:
            session.index.given[source.path] = given
        session.index.forget()
    counts: dict[str, int] = {}
    for one in found:
        if one.severity >= Severity.MEDIUM and one.path == source.path:
            counts[one.rule] = counts.get(one.rule, 0) + 1
    return counts


def is_free(root: str, path: str) -> bool:
    """Whether a new file can be made there: nothing stands there, and no link on the way leads elsewhere."""
    base = os.path.realpath(root)
    full = os.path.join(base, path)
    return os.path.realpath(full) == os.path.normpath(full) and not os.path.lexists(full)


def _landed(edits: list[Edit]) -> list[tuple[int, int]]:
    """Where the edits' texts stand in the new text."""
    shift, spans = 0, []
    for edit in sorted(edits):
        start = edit.start + shift
        spans.append((start, start + len(edit.text)))
        shift += len(edit.text) - (edit.end - edit.start)
    return spans


def _untouched(stream: yaml.Stream, spans: list[tuple[int, int]], line_ends: int = 0) -> list[tuple[Any, ...]]:
    """Route and value of every scalar that no edit touches, in order; indices do not count.

    A block scalar ends with its last word, or with that line's end: what follows may be a key below it or a line more of it.
    """
    found = []
    more = line_ends * len(stream.source.newline)
    stack: list[tuple[yaml.Node, tuple[str, ...]]] = [(node, ()) for node in reversed(stream.documents)]
    while stack:
        node, route = stack.pop()
        if isinstance(node, yaml.Mapping):
            for pair in reversed(node.pairs):
                is_renamed = any(_renames(span, pair.key) for span in spans)
                stack.append((pair.value, (*route, "?" if is_renamed else pair.name)))
        elif isinstance(node, yaml.Sequence):
            stack += [(item, (*route, "#")) for item in reversed(node.items)]
        elif not _touches(
            spans, node.start, node.start + len(node.raw.rstrip()) + more if node.raw[:1] in ("|", ">") else node.end
        ):
            found.append((route, node.tag, node.content if isinstance(node, yaml.Scalar) else node.raw))
    return found


def _renames(span: tuple[int, int], key: yaml.Node) -> bool:
    """Whether an edit replaces a key, or the word within its quotes."""
    start, end = span
    is_within = key.start < start < end < key.end and key.raw[:1] in ("'", '"')
    return is_within or (start <= key.start and end >= key.end)


def _touches(spans: list[tuple[int, int]], low: int, high: int) -> bool:
    return any(start <= high and end >= low for start, end in spans)


def _agrees(stream: yaml.Stream, text: str) -> bool:
    """Whether ruamel.yaml reads the same keys and lengths out of a text: a second opinion on its structure."""
    from warnings import catch_warnings, simplefilter

    from ruamel.yaml import YAML
    from ruamel.yaml.constructor import DuplicateKeyError
    from ruamel.yaml.error import YAMLError

    reader = YAML(typ="rt", pure=True)
    reader.allow_duplicate_keys = True
    try:
        with catch_warnings():  # an anchor that is set anew is no fault, and nothing for the user's terminal
            simplefilter("ignore")
            documents = list(reader.compose_all(text))
    except DuplicateKeyError:
        return True
    except (YAMLError, RecursionError, ValueError, AttributeError):
        return False
    return [_shape(node) for node in documents] == [_own_shape(node) for node in stream.documents]


def _shape(node: Any) -> list[Any]:
    out: list[Any] = []
    stack = [node]
    seen: set[int] = set()
    while stack:
        node = stack.pop()
        sort = type(node).__name__
        if sort == "ScalarNode":
            out.append(node.value.replace("\a", ""))  # its own mark of folded lines
        elif id(node) in seen:
            out.append("*")
        elif sort == "MappingNode":
            out.append(len(node.value))
            seen.add(id(node)) if node.anchor else None
            for key, value in reversed(node.value):
                stack += (value, key)
        elif sort == "SequenceNode":
            out.append(-len(node.value))
            seen.add(id(node)) if node.anchor else None
            stack += reversed(node.value)
    return out


def _own_shape(node: yaml.Node) -> list[Any]:
    out: list[Any] = []
    stack = [node]
    while stack:
        node = stack.pop()
        if isinstance(node, yaml.Scalar):
            out.append(node.content)
        elif isinstance(node, yaml.Alias):
            out.append(node.target.content if isinstance(node.target, yaml.Scalar) else "*")
        elif isinstance(node, yaml.Mapping):
            out.append(len(node.pairs))
            for pair in reversed(node.pairs):
                stack += (pair.value, pair.key)
        elif isinstance(node, yaml.Sequence):
            out.append(-len(node.items))
            stack += reversed(node.items)
    return out
