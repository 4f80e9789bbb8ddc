"""Files that are no workflow, and the metadata of actions."""

from __future__ import annotations

import textwrap

import pytest
from github_documents import workflow

from infralint.analysis.github.problems import problems_of_action, workflow_problems
from infralint.model.github.action import ActionDocument
from infralint.model.index import Index
from infralint.text.source import Source


@pytest.mark.parametrize("text", ["", "- a\n", "a: [\n", "on: push\njobs:\n  a: 1\n", "jobs: {a: {steps: {}}}\n", "\t"])
def test_what_is_no_workflow_ends_in_problems(text: str) -> None:
    document = workflow(text)
    for noun in document.nouns.values():
        list(noun.of(document))
    assert workflow_problems(document)


def test_the_steps_of_a_composite_action() -> None:
    text = """\
    name: n
    description: d
    inputs: {who: {required: true}}
    runs:
      using: composite
      steps:
        - run: echo ${{ inputs.hwo }} ${{ secrets.X }}
        - run: echo
          shell: bash
    """
    document = ActionDocument(Source("action.yml", textwrap.dedent(text)), Index("/nonexistent"), "action")
    assert document.action is not None and document.action.is_composite
    assert [(each.name, each.raw) for each in problems_of_action(document)] == [
        ("missing-shell", "run: echo ${{ inputs.hwo }} ${{ secrets.X }}"),
        ("expression-undefined", "hwo"),
        ("expression-unavailable", "secrets"),
    ]
    assert document.key_of(document.steps[1]) == "runs.steps[1]"
