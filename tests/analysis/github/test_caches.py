"""Caches that a step restores, and releases."""

from __future__ import annotations

from github_documents import steps

from infralint.analysis.github.caches import restores_cache
from infralint.analysis.github.publishing import job_publishes, publishes_release


def test_caches_and_releases() -> None:
    document = steps(
        """\
        - uses: actions/setup-node@v4
          with: {cache: npm}
        - uses: actions/setup-python@v5
        - uses: actions/setup-go@v5
          with: {cache: false}
        - uses: actions/cache@v4
          with: {path: x, key: y}
        - uses: actions/setup-python@v5
          with:
            cache: ${{ inputs.cache }}
        - run: twine upload dist/*
        """
    )
    restored = [restores_cache(step) for step in document.steps]
    assert restored[0] is not None and restored[0].raw == "npm"
    assert restored[1] is None and restored[2] is None
    assert restored[3] is document.steps[3].uses
    assert restored[4] is None
    assert publishes_release(document.jobs[0])
    published = job_publishes(document.jobs[0])
    assert published is not None and published.raw == "twine upload dist/*"
    assert not publishes_release(steps("- run: make").jobs[0])
    assert publishes_release(steps("- run: make", on="{push: {tags: ['v*']}}").jobs[0])
