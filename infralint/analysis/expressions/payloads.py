"""The type of `github.event`: what the events that start a workflow send, taken together.

`schedule` is no webhook; what it sends besides the cron line is told by https://github.blog/changelog/2022-09-27-github-actions-additional-information-available-in-github-event-payload-for-scheduled-workflow-runs/.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from infralint.analysis.expressions.value_types import ANY, BOOLEAN, NUMBER, OPEN, STRING, Lazy, Payload, Type, array
from infralint.syntax.expression_nodes import Call, Comparison, Filter, Index, Literal, Logic, Node, Property
from infralint.syntax.expression_value import compare
from infralint.tables.payloads import SHAPES

_PLAIN = {"s": STRING, "n": NUMBER, "b": BOOLEAN, "?": ANY, "o": OPEN}
_SAME = {"pull_request_target": "pull_request"}
_NO_WEBHOOK = {"event_schedule": "s: schedule workflow"}
_ANYWHERE = "enterprise installation organization repository sender"
"""What any event may send along."""


@cache
def _lines() -> dict[str, str]:
    lines = SHAPES.replace("\n ", " ").splitlines()
    return {**dict(line.split(" ", 1) for line in lines), **_NO_WEBHOOK}


@cache
def _words(shape: str) -> dict[str, str]:
    """The type's word for each property of a shape."""
    found: dict[str, str] = {}
    word = "?"
    for each in _lines()[shape].split():
        if each[-1] == ":":
            word = each[:-1]
        else:
            found[each] = word
    return found


def has_event(event: str) -> bool:
    """Whether it is known what an event sends."""
    return f"event_{_SAME.get(event, event)}" in _lines()


def properties(events: Iterable[str]) -> Mapping[str, Type]:
    """What any of these events sends."""
    whole = tuple(events)
    found = {name: {"?"} for name in _ANYWHERE.split()}
    given = _united(f"event_{_SAME.get(event, event)}" for event in whole)
    return _Properties({**found, **given}, Payload(whole, False))


def senders(name: str) -> list[str]:
    """The events that send a property at all."""
    return [shape[6:] for shape in _lines() if shape.startswith("event_") and name in _words(shape)]


class _Properties(Mapping[str, Type]):
    """Properties whose types are made when they are asked for, as there are too many and some hold each other."""

    __slots__ = ("_found", "_payload")

    def __init__(self, found: dict[str, set[str]], payload: Payload) -> None:
        self._found = found
        self._payload = payload

    def __getitem__(self, name: str) -> Type:
        return _type(frozenset(self._found[name]), self._payload)

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


def _united(shapes: Iterable[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for shape in shapes:
        for name, word in _words(shape).items():
            found.setdefault(name, set()).add(word)
    return found


@cache
def _type(words: frozenset[str], payload: Payload) -> Type:
    if len(words) == 1:
        (word,) = words
        if word in _PLAIN:
            return _PLAIN[word]
    if all(word[0] == "*" for word in words):
        result = array(_type(frozenset(word[1:] for word in words), payload))
        result.payload = payload
        return result
    if any(word[0] == "*" or (word in _PLAIN and word != "o") for word in words):
        return ANY
    shapes = sorted(words - {"o"})
    return Type(
        "object",
        Lazy(lambda: _Properties(_united(shapes), payload)),
        ANY if "o" in words else None,
        missing="" if "o" in words else "`{of}` has no property `{name}`; this is always empty",
        payload=payload,
    )


def bare(root: Node, *, is_condition: bool) -> Iterator[Node]:
    """The values whose emptiness makes all of an expression empty, or its condition fail; none that another stands in for."""
    stack: list[Node] = [root]
    while stack:
        node = stack.pop()
        yield node
        if isinstance(node, Property | Index | Filter):
            stack.append(node.of)
        elif isinstance(node, Call) and node.name in ("format", "join"):
            stack += node.arguments
        elif is_condition and isinstance(node, Call) and node.name in ("contains", "startswith", "endswith"):
            stack += node.arguments[:1]
        elif is_condition and isinstance(node, Logic) and node.operator == "&&":
            stack += node.operands
        elif is_condition and isinstance(node, Comparison) and node.operator == "==":
            for value, other in ((node.left, node.right), (node.right, node.left)):
                if isinstance(other, Literal) and compare("==", None, other.value) is not True:
                    stack.append(value)


def absence(kind: Type, name: str) -> tuple[str, str]:
    """The sort of fault, and what to say, where a property is asked for that none of the events sends."""
    payload = kind.payload
    if payload is None or not payload.is_whole:
        return "payload-undefined", kind.missing
    shown = [f"`{event}`" for event in payload.events]
    who = (
        f"neither {shown[0]} nor {shown[-1]} sends"
        if len(shown) == 2
        else f"none of {', '.join(shown[:-1])} and {shown[-1]} sends"
    )
    message = f"{shown[0] + ' sends no' if len(shown) == 1 else who} `{{name}}`; this is always empty"
    if name in payload.events:
        message += "; the payload is `{of}` itself"
    return ("payload-elsewhere" if senders(name) else "payload-undefined"), message
