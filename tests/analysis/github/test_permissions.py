"""Permissions of the token: which hold for a job."""

from __future__ import annotations

import textwrap

from github_documents import workflow

from infralint.analysis.github.names import is_known
from infralint.analysis.github.permissions import default_token_jobs, effective_permissions


def test_permissions() -> None:
    document = workflow(
        """\
        on: push
        permissions: write-all
        jobs:
          a:
            runs-on: x
            permissions: {contents: write, issues: read, nothing: read}
            steps: []
          b: {runs-on: x, steps: []}
        """
    )
    assert document.workflow is not None
    a, b = document.jobs
    assert document.workflow.permissions.text == "write-all"
    assert [str(each.scope) for each in a.permissions.writes] == ["contents"]
    assert a.permissions.grants("contents", "read") and not a.permissions.grants("issues", "write")
    assert [is_known(each) for each in a.permissions.entries] == [True, True, False]
    assert b.permissions.is_missing and effective_permissions(b).text == "write-all"


def test_only_jobs_without_any_permissions_have_the_default_token() -> None:
    text = """
        on: push
        jobs:
          a:
            permissions: {}
            runs-on: ubuntu-24.04
          b:
            runs-on: ubuntu-24.04
        """
    one = workflow(text).workflow
    assert one is not None and [str(job) for job in default_token_jobs(one)] == ["b"]
    other = workflow(textwrap.dedent(text).replace("on: push", "on: push\npermissions: read-all")).workflow
    assert other is not None and default_token_jobs(other) == []
