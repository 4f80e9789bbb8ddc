"""Untrusted text on its path through a workflow, and each place where it is stopped."""

from __future__ import annotations

from pathlib import Path

import pytest

import infralint

CALLED = """\
on:
  workflow_call:
    inputs:
      text: {type: string}
    outputs:
      text: {value: "${{ jobs.read.outputs.text }}"}
jobs:
  read:
    runs-on: ubuntu-24.04
    outputs:
      text: ${{ steps.second.outputs.text }}
    steps:
      - id: first
        run: echo "title=$TITLE" >> "$GITHUB_OUTPUT"
        env:
          TITLE: ${{ inputs.text }}
      - id: second
        run: |
          LATER=$(echo "$FIRST")
          echo "text=$LATER" >> "$GITHUB_OUTPUT"
        env:
          FIRST: ${{ steps.first.outputs.title }}
"""
CALLER = """\
on: issues
jobs:
  call:
    uses: ./.github/workflows/called.yml
    with:
      text: ${{ github.event.issue.title }}
  use:
    needs: call
    runs-on: ubuntu-24.04
    steps:
      - run: echo "${{ needs.call.outputs.text }}"
"""


def found(root: Path, *, called: str = CALLED, caller: str = CALLER) -> list[str]:
    folder = root / ".github" / "workflows"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "called.yml").write_text(called)
    (folder / "caller.yml").write_text(caller)
    report = infralint.check([root], root=root, select=["template-injection"])
    return [f"{Path(each.path).name}:{each.line}: {each.message}" for each in report.findings]


def test_five_hops_over_two_files(tmp_path: Path) -> None:
    (only,) = found(tmp_path)
    assert only.startswith("caller.yml:11: untrusted input (github.event.issue.title) is expanded")


def test_the_taint_path_is_reported(tmp_path: Path) -> None:
    found(tmp_path)
    report = infralint.check([tmp_path], root=tmp_path, select=["template-injection"])
    paths = [[f"{Path(place.path).name}:{place.line}" for place, _ in each.related] for each in report.findings]
    calling, first, second, returned = (
        ["caller.yml:6", "caller.yml:3"],
        ["called.yml:16", "called.yml:13"],
        ["called.yml:22", "called.yml:17"],
        ["called.yml:8", "caller.yml:4"],
    )
    assert paths == [[*calling, *first, *second, *returned]]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("TITLE: ${{ inputs.text }}", "TITLE: ${{ inputs.other }}"),
        ('"title=$TITLE"', '"title=$(echo "$TITLE" | tr -cd a-z)"'),
        ("${{ steps.first.outputs.title }}", "${{ steps.first.outcome }}"),
        ('$(echo "$FIRST")', "$(date)"),
        ("outputs.text }}\n    steps", "outputs.other }}\n    steps"),
        ("jobs.read.outputs.text", "jobs.read.result"),
        ('echo "text=$LATER"', '[[ "$LATER" =~ ^[a-z]+$ ]] || exit 1\n          echo "text=$LATER"'),
    ],
)
def test_each_hop_can_stop_it(tmp_path: Path, old: str, new: str) -> None:
    assert old in CALLED
    assert found(tmp_path, called=CALLED.replace(old, new)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("github.event.issue.title", "github.event.issue.number"),
        ("needs: call", "needs: []"),
        ('outputs.text }}"', 'outputs.none }}"'),
    ],
)
def test_the_caller_can_stop_it(tmp_path: Path, old: str, new: str) -> None:
    assert old in CALLER
    assert found(tmp_path, caller=CALLER.replace(old, new)) == []


def test_files_that_call_each_other_end(tmp_path: Path) -> None:
    cycle = CALLED.replace("    steps:", "    steps:\n      - uses: ./.github/workflows").replace(
        "jobs:",
        "jobs:\n  again:\n    uses: ./.github/workflows/called.yml\n    with: {text: '${{ needs.again.outputs.text }}'}",
    )
    assert len(found(tmp_path, called=cycle)) == 1


def test_what_may_be_skipped_takes_nothing_out(tmp_path: Path) -> None:
    caller = """\
on: issues
jobs:
  use:
    runs-on: ubuntu-24.04
    steps:
      - id: one
        env:
          TITLE: ${{ github.event.issue.title }}
        run: |
          name=$TITLE
          if [ -z "$name" ]; then
            name=none
          fi
          echo "name=$name" >> "$GITHUB_OUTPUT"
      - run: echo "${{ steps.one.outputs.name }}"
"""
    assert len(found(tmp_path, caller=caller)) == 1
    assert found(tmp_path, caller=caller.replace("          if [ -z", "          name=none\n          if [ -z")) == []


def test_a_head_that_is_looked_up_in_two_steps(tmp_path: Path) -> None:
    workflow = """\
on: issue_comment
jobs:
  deploy:
    runs-on: ubuntu-24.04
    steps:
      - id: look
        run: |
          pr="$(gh api "/repos/$GITHUB_REPOSITORY/pulls/$NUMBER")"
          head="$(echo "$pr" | jq -r .head.sha)"
          echo "head=$head" >> "$GITHUB_OUTPUT"
      - uses: actions/checkout@v4
        with:
          ref: ${{ steps.look.outputs.head }}
      - run: make
"""
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    (folder / "a.yml").write_text(workflow)
    assert [
        each.line for each in infralint.check([tmp_path], root=tmp_path, select=["untrusted-checkout"]).findings
    ] == [11]
    (folder / "a.yml").write_text(workflow.replace(".head.sha", ".base.sha"))
    assert not infralint.check([tmp_path], root=tmp_path, select=["untrusted-checkout"]).findings


def test_the_taint_path_into_the_environment_of_later_steps_is_reported(tmp_path: Path) -> None:
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    (folder / "a.yml").write_text(
        "on: issue_comment\njobs:\n  note:\n    runs-on: ubuntu-24.04\n    steps:\n      - id: read\n        env:\n"
        "          BODY: ${{ github.event.comment.body }}\n"
        '        run: echo "text=$(echo "$BODY" | tail -n 2)" >> "$GITHUB_OUTPUT"\n'
        "      - env:\n          TEXT: ${{ steps.read.outputs.text }}\n"
        '        run: echo "NOTE=$TEXT" >> "$GITHUB_ENV"\n'
    )
    (only,) = infralint.check([tmp_path], root=tmp_path, select=["env-var-injection"]).findings
    assert only.line == 12
    assert [place.line for place, _ in only.related] == [8, 6, 11]
