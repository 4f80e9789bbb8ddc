"""Untrusted code that privileged jobs check out."""

from __future__ import annotations

from github_documents import steps

from infralint.analysis.github.checkouts import checkouts_in, persists_credentials
from infralint.analysis.github.triggers import runs_privileged_on_pull_request_code
from infralint.analysis.github.untrusted_code import pull_request_head


def test_a_privileged_job_checks_out_the_head_of_a_pull_request() -> None:
    body = """\
    - uses: actions/checkout@v4
      with:
        ref: ${{ github.event.pull_request.head.sha }}
    - uses: actions/checkout@v4
      with: {persist-credentials: false}
    """
    document = steps(body, on="pull_request_target")
    assert pull_request_head(document.steps[0]) is not None and pull_request_head(document.steps[1]) is None
    assert runs_privileged_on_pull_request_code(document.jobs[0])
    assert not runs_privileged_on_pull_request_code(steps(body, on="pull_request").jobs[0])
    assert [persists_credentials(each) for each in checkouts_in(document)] == [True, False]
