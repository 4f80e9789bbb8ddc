"""The structure of workflows."""

from __future__ import annotations

from github_documents import workflow

from infralint.analysis.github.problems import workflow_problems
from infralint.model.github.workflow import WorkflowDocument


def problems(document: WorkflowDocument) -> list[tuple[str, int, str]]:
    return [(each.name, document.source.line_of(each.start), each.raw) for each in workflow_problems(document)]


def test_the_structure_is_checked() -> None:
    document = workflow(
        """\
        on: {push: {branch: main}, pullrequest: }
        jobs:
          a:
            run-on: x
            steps:
              - {id: one, run: x}
              - {id: ONE, run: x}
              - {uses: a/b@v1, run: x}
              - name: nothing
        """
    )
    assert [(name, raw) for name, _, raw in problems(document)] == [
        ("unknown-key", "branch"),
        ("unknown-event", "pullrequest"),
        ("unknown-key", "run-on"),
        ("missing-key", "a"),
        ("duplicate-id", "ONE"),
        ("bad-value", "uses: a/b@v1, run: x}"),
        ("missing-key", "name: nothing"),
    ]
