"""Jobs that wait for each other in a circle, found in one pass however many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from infralint.model.github.job import Job


def circles_of(jobs: list[Job]) -> dict[int, int]:
    """Which jobs wait for each other in a circle: `id` of a job to the number of its circle, those in none left out."""
    below = {id(job): [id(need.job) for need in job.needs if need.job is not None] for job in jobs}
    order: dict[int, int] = {}
    lowest: dict[int, int] = {}
    open_: list[int] = []
    is_open: set[int] = set()
    found: dict[int, int] = {}
    for root, first in below.items():
        stack = [(root, iter(first))] if root not in order else []
        while stack:
            node, rest = stack[-1]
            if node not in order:
                order[node] = lowest[node] = len(order)
                open_.append(node)
                is_open.add(node)
            step = next(rest, None)
            if step is not None:
                if step not in order:
                    stack.append((step, iter(below.get(step, ()))))
                elif step in is_open:
                    lowest[node] = min(lowest[node], order[step])
                continue
            stack.pop()
            if stack:
                lowest[stack[-1][0]] = min(lowest[stack[-1][0]], lowest[node])
            if lowest[node] == order[node]:
                circle = [open_.pop()]
                while circle[-1] != node:
                    circle.append(open_.pop())
                is_open.difference_update(circle)
                if len(circle) > 1 or node in below[node]:
                    found.update(dict.fromkeys(circle, node))
    return found
