"""When scheduled workflows run."""

from __future__ import annotations

from itertools import pairwise

from infralint.model.element import Element, Unknown, fact, fact_of
from infralint.model.github.value import known
from infralint.model.github.workflow import Trigger
from infralint.syntax.yaml import Mapping, Sequence
from infralint.text.quantity import Duration
from infralint.text.source import Text

_FIELDS = ((60.0, 60), (3_600.0, 24), (86_400.0, 31), (2_592_000.0, 12), (86_400.0, 7))
"""Seconds of a step in each field of a cron line, and how many steps the field has."""
_MINUTE, _HOUR, _DAY, _MONTH, _WEEKDAY = range(5)


class Schedule(Element):
    """One cron line of `schedule`."""

    __slots__ = ("cron",)
    cron: Text

    def __init__(self, cron: Text) -> None:
        super().__init__(cron.source, cron.start, cron.end)
        self.cron = cron

    @fact
    def interval(self) -> Duration | None:
        """The shortest time between two runs, roughly; None where the line is none that GitHub reads."""
        fields = self.cron.split()
        if len(fields) != len(_FIELDS):
            return None
        days = [_WEEKDAY] if fields[_DAY] == "*" != fields[_WEEKDAY] else [_DAY]
        for at in (_MINUTE, _HOUR, *days, _MONTH):
            seconds, count = _FIELDS[at]
            steps = _shortest_step(fields[at], count) or (count if at == _WEEKDAY else 0)
            if steps:
                return Duration(f"{round(steps * seconds)}s", steps * seconds)
        return Duration("1y", 365 * 86_400.0)


def _shortest_step(field: str, count: int) -> int:
    """The shortest way from one value of a field to the next; 0 where it has a single value."""
    base, _, step = field.partition("/")
    if step.isdigit() and int(step):
        return int(step)
    if base == "*" or "-" in base:
        return 1
    values = sorted(int(value) for value in base.split(",") if value.isdigit())
    if len(values) < 2:
        return 0
    gaps = [later - earlier for earlier, later in pairwise(values)]
    return min([*gaps, count - values[-1] + values[0]])


@fact_of(Trigger)
def schedules(trigger: Trigger) -> list[Schedule]:
    """The cron lines of the event `schedule`; those of expressions are left out."""
    if trigger.name != "schedule" or not isinstance(trigger.node, Sequence):
        return []
    found = [known(item.get("cron")) for item in trigger.node.values() if isinstance(item, Mapping)]
    return [Schedule(cron) for cron in found if isinstance(cron, Text) and not isinstance(cron, Unknown)]
