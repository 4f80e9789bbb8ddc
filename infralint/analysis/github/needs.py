"""Jobs that wait for each other: undefined ones and cycles."""

from __future__ import annotations

from infralint.model.element import fact_of, remembered
from infralint.model.github.job import Job, Need
from infralint.model.github.workflow import Workflow


@remembered
def needed_job(need: Need) -> Job | None:
    """The job that is meant; None if the workflow has none of that name."""
    return need.owner.workflow.job(str(need.name))


@fact_of(Need)
def is_circular(need: Need) -> bool:
    """Whether the job that is waited for waits, through others or not, for this one."""
    job = needed_job(need)
    cycles = _cycles(need.owner.workflow)
    return job is not None and cycles.get(id(job), -1) == cycles.get(id(need.owner), -2)


@remembered
def _cycles(workflow: Workflow) -> dict[int, int]:
    return _cycles_of(workflow.jobs)


def _cycles_of(jobs: list[Job]) -> dict[int, int]:
    """The jobs that wait for each other in a cycle: `id` of a job to the number of its cycle, those in none left out."""
    below = {id(job): [id(other) for need in job.needs if (other := needed_job(need)) is not None] for job in jobs}
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
                cycle = [open_.pop()]
                while cycle[-1] != node:
                    cycle.append(open_.pop())
                is_open.difference_update(cycle)
                if len(cycle) > 1 or node in below[node]:
                    found.update(dict.fromkeys(cycle, node))
    return found
