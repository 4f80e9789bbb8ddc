"""The types of steps, needs, matrix and inputs."""

from __future__ import annotations

from github_documents import workflow

from infralint.analysis.github.problems import workflow_problems
from infralint.model.github.workflow import WorkflowDocument


def problems(document: WorkflowDocument) -> list[tuple[str, int, str]]:
    return [(each.name, document.source.line_of(each.start), each.raw) for each in workflow_problems(document)]


def test_types_know_steps_needs_matrix_and_inputs() -> None:
    document = workflow(
        """\
        on:
          workflow_dispatch:
            inputs:
              debug: {type: boolean}
        jobs:
          build:
            runs-on: ubuntu-24.04
            outputs: {tag: '${{ steps.late.outputs.x }}'}
            steps:
              - run: echo ${{ steps.late.outputs.x }}
              - id: late
                run: echo ${{ inputs.debgu }} ${{ matrix.os }} ${{ steps.late.outcome }}
          use:
            needs: build
            runs-on: ubuntu-24.04
            steps:
              - run: echo ${{ needs.build.outputs.tga }} ${{ needs.other.result }} ${{ github.event }}
        """
    )
    assert problems(document) == [
        ("expression-undefined", 10, "late"),
        ("expression-undefined", 12, "debgu"),
        ("expression-undefined", 12, "os"),
        ("expression-undefined", 12, "late"),
        ("expression-undefined", 17, "tga"),
        ("expression-undefined", 17, "other"),
        ("expression-type", 17, "${{ github.event }}"),
    ]
