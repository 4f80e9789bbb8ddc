"""The structure of workflows."""

from __future__ import annotations

import pytest
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


STEP = "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: make\n"


@pytest.mark.parametrize(
    "text",
    [
        STEP + "        env: {A: '${{ github.sha\u00a0}}'}\n",
        STEP + "        if: ''\n",
        STEP + "        if:\n",
        STEP + "        env:\n          ${{ insert }}: ${{ fromJSON(vars.ENTRIES) }}\n",
        STEP + "        timeout-minutes: !!int 30\n",
        STEP + "        continue-on-error: !!bool true\n        name: !!str 30\n",
    ],
)
def test_what_the_reader_of_github_takes_is_no_problem(text: str) -> None:
    assert problems(workflow(text)) == []


@pytest.mark.parametrize(
    ("line", "raw"),
    [
        ("timeout-minutes: !!int '30'", "'30'"),
        ("continue-on-error: !!bool maybe", "maybe"),
        ("name: !!timestamp 2026-01-01", "2026-01-01"),
        ("if: ${{ }}", "${{ }}"),
    ],
)
def test_what_the_reader_of_github_refuses_is_a_problem(line: str, raw: str) -> None:
    assert raw in {found for _, _, found in problems(workflow(f"{STEP}        {line}\n"))}


def test_permissions_and_steps_that_hold_nothing_are_problems() -> None:
    text = "on: push\npermissions:\njobs:\n  a:\n    permissions:\n    runs-on: ubuntu-24.04\n    steps: []\n"
    found = [(name, raw) for name, _, raw in problems(workflow(text))]
    assert sorted(found) == [
        ("missing-value", "[]"),
        ("missing-value", "permissions"),
        ("missing-value", "permissions"),
    ]
    assert problems(workflow(STEP.replace("jobs:", "permissions: {}\njobs:"))) == []


@pytest.mark.parametrize(
    ("part", "raw"),
    [
        ("    strategy: {matrix: {include: [a]}}\n", "a"),
        ("    strategy: {matrix: {os: [x], exclude: [[x]]}}\n", "[x]"),
        ("    env: [A=b]\n", "[A=b]"),
        ("    outputs: text\n", "text"),
        ("    env: &one {A: b}\n    concurrency: *two\n", "*two"),
    ],
)
def test_values_of_the_wrong_shape_are_problems(part: str, raw: str) -> None:
    text = STEP.replace("    runs-on", f"{part}    runs-on")
    assert raw in {found for _, _, found in problems(workflow(text))}


def test_shapes_that_expressions_give_are_none() -> None:
    part = "    strategy: {matrix: {include: ['${{ fromJSON(vars.A) }}']}}\n    env: ${{ fromJSON(vars.B) }}\n    outputs:\n"
    assert problems(workflow(STEP.replace("    runs-on", f"{part}    runs-on"))) == []


def test_an_alias_of_the_block_around_it_is_a_problem() -> None:
    text = STEP.replace("  a:\n", "  a: &a\n").replace("    runs-on", "    env: *a\n    runs-on")
    assert "*a" in {found for _, _, found in problems(workflow(text))}
    beside = STEP.replace("  a:\n", "  a:\n    env: &e {A: b}\n").replace("run: make", "run: make\n        env: *e")
    assert problems(workflow(beside)) == []


def test_a_wait_takes_no_expression() -> None:
    steps = "        id: s\n        background: true\n      - wait: {}\n"
    assert problems(workflow(STEP + steps.format("s"))) == []
    assert "${{ 's' }}" in {found for _, _, found in problems(workflow(STEP + steps.format("${{ 's' }}")))}
