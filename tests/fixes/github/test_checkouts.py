"""Checkouts that no longer persist their credentials."""

from __future__ import annotations

import pytest
from github_documents import workflow

from infralint.analysis.github.checkouts import checkout_of
from infralint.fixes.github.checkouts import with_credentials_dropped


@pytest.mark.parametrize(
    ("step", "is_fixed"),
    [
        ("{uses: actions/checkout@v4}", True),
        ("{uses: actions/checkout@v10}", True),
        ("{uses: actions/checkout@main}", True),
        ("{uses: actions/checkout@v1}", False),
        ("{uses: actions/checkout@v1.2.0}", False),
        ("{uses: actions/checkout@v4, run: x}", False),
        ("{uses: actions/checkout@v4, shell: bash}", False),
    ],
)
def test_credentials_are_dropped_where_the_step_takes_that_input(step: str, is_fixed: bool) -> None:
    document = workflow(f"on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - {step}\n")
    checkout = checkout_of(document.steps[0])
    assert checkout is not None
    assert (with_credentials_dropped(checkout) is not None) is is_fixed
