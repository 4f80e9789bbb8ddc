"""How often scheduled workflows run."""

from __future__ import annotations

import pytest
from github_documents import workflow

from infralint.analysis.github.schedules import schedules

HOUR, DAY = 3_600, 86_400


@pytest.mark.parametrize(
    ("cron", "seconds"),
    [
        ("*/5 * * * *", 300),
        ("0 * * * *", HOUR),
        ("0,30 * * * *", 1800),
        ("50,10 * * * *", 1200),
        ("15 4 * * *", DAY),
        ("15 4,16 * * *", 12 * HOUR),
        ("0 4 * * 1", 7 * DAY),
        ("0 4 * * 1-5", DAY),
        ("0 4 1 * *", 30 * DAY),
    ],
)
def test_the_shortest_time_between_two_runs(cron: str, seconds: int) -> None:
    document = workflow(f"on:\n  schedule:\n    - cron: '{cron}'\njobs: {{}}\n")
    (schedule,) = schedules(document.workflow.triggers[0])
    assert schedule.interval is not None
    assert schedule.interval.number == pytest.approx(seconds, rel=0.05)
