"""Runners of jobs, and the shell of their scripts."""

from __future__ import annotations

from github_documents import workflow

from infralint.analysis.github.runners import is_windows, runs_on, self_hosted_label
from infralint.analysis.github.shells import shell_of
from infralint.model.element import UNKNOWN


def test_runners_of_a_matrix_and_their_shell() -> None:
    document = workflow(
        """\
        on: push
        jobs:
          a:
            strategy: {matrix: {os: [ubuntu-latest], include: [{os: windows-latest}]}}
            runs-on: ${{ matrix.os }}
            steps: [{run: x}]
          b: {runs-on: windows-2022, steps: [{run: x}, {run: x, shell: bash}]}
          c: {runs-on: [self-hosted, linux], steps: [{run: x}]}
          d:
            runs-on: ${{ inputs.runner }}
            steps: [{run: x}]
        """
    )
    a, b, c, d = document.jobs
    assert runs_on(a) == ["ubuntu-latest", "windows-latest"] and is_windows(a) is UNKNOWN
    assert [shell_of(step.run) for step in b.steps if step.run] == ["pwsh", "bash"]
    assert self_hosted_label(c) == "self-hosted" and self_hosted_label(b) is None
    assert runs_on(d) is UNKNOWN and d.steps[0].run is not None and shell_of(d.steps[0].run) is UNKNOWN
