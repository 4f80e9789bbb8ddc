"""Logs as groups of questions that can be stored: shared ones once, whichever process has worked them out.

Logs may take over each other in a circle; what is in a circle is one group. A group is named by its content.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from infralint.engine.recording import Answer, Log, Question, RecordingIndex, digest

Group = tuple[list[tuple[Question, Answer]], list[str]]
"""Questions with their answers, and the names of the groups that it takes over."""


def condensed(logs: Iterable[Log], index: RecordingIndex) -> tuple[dict[Log, str], dict[str, Group]]:
    """The name of each log's group, and the groups by name, each behind those that it takes over."""
    names: dict[Log, str] = {}
    groups: dict[str, Group] = {}
    for ring in _rings(logs):
        questions = sorted({question for log in ring for question in log.questions})
        inner = sorted({names[part] for log in ring for part in log.parts if part in names})
        if not questions and len(inner) == 1:  # it only hands on
            name = inner[0]
        else:
            pairs = [(question, index.answer(question)) for question in questions]
            name = digest(repr((pairs, inner)).encode("utf-8", "backslashreplace"))
            groups[name] = pairs, inner
        names.update(dict.fromkeys(ring, name))
    return names, groups


def standing(groups: dict[str, Group], index: RecordingIndex) -> Iterator[tuple[str, bool]]:
    """Each group, and whether all its questions still have their answers."""
    holds: dict[str, bool] = {}
    for name, (pairs, inner) in groups.items():  # each stands behind those that it takes over
        holds[name] = all(holds.get(one, False) for one in inner) and all(
            index.answer(question) == answer for question, answer in pairs
        )
        yield name, holds[name]


def _rings(logs: Iterable[Log]) -> Iterable[list[Log]]:
    """The logs that take over each other (Tarjan's strongly connected components), each ring behind those it reaches."""
    order: dict[Log, int] = {}
    low: dict[Log, int] = {}
    stack: list[Log] = []
    waiting: set[Log] = set()
    for start in logs:
        if start in order:
            continue
        order[start] = low[start] = len(order)
        stack.append(start)
        waiting.add(start)
        work = [(start, iter(start.parts))]
        while work:
            log, parts = work[-1]
            for part in parts:
                if part not in order:
                    order[part] = low[part] = len(order)
                    stack.append(part)
                    waiting.add(part)
                    work.append((part, iter(part.parts)))
                    break
                if part in waiting:
                    low[log] = min(low[log], order[part])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[log])
                if low[log] == order[log]:
                    ring = [stack.pop()]
                    while ring[-1] is not log:
                        ring.append(stack.pop())
                    waiting.difference_update(ring)
                    yield ring
