"""Expressions taken out of scripts: into `env:`, and read back in each shell."""

from __future__ import annotations

import textwrap

import pytest
from github_documents import steps

from infralint.fixes.github.script_variables import through_env
from infralint.model.github.expression import expressions_of
from infralint.model.github.workflow import WorkflowDocument
from infralint.text.edit import apply


def fixed(document: WorkflowDocument, expression: int = 0) -> str:
    edits = through_env(expressions_of(document)[expression])
    assert edits is not None
    return apply(document.source.text, edits)


def test_the_fix_hands_every_such_value_over_by_env() -> None:
    document = steps(
        """\
        - run: |
            echo "a ${{ github.event.issue.title }}_b"
            echo ${{ github.event.issue.body }}
        """
    )
    assert fixed(document).endswith(
        """\
      - run: |
          echo "a ${ISSUE_TITLE}_b"
          echo "$ISSUE_BODY"
        env:
          ISSUE_TITLE: ${{ github.event.issue.title }}
          ISSUE_BODY: ${{ github.event.issue.body }}
"""
    )
    assert through_env(expressions_of(document)[0]) == through_env(expressions_of(document)[1])


def test_the_fix_reuses_a_variable_and_avoids_names_in_use() -> None:
    document = steps(
        """\
        - run: ISSUE_TITLE=x; echo ${{ github.event.issue.title }} ${{ env.OWN }}
          env:
            OWN: ${{ github.event.issue.body }}
        """
    )
    text = fixed(document)
    assert 'echo "$ISSUE_TITLE_2" "$OWN"' in text
    assert "ISSUE_TITLE_2: ${{ github.event.issue.title }}" in text
    assert "ENV_OWN" not in text


@pytest.mark.parametrize(
    "script",
    [
        "echo 'a ${{ github.event.issue.title }}'",
        "echo '${{ github.event.issue.title }}' | sh",
        "bash -c 'echo ${{ github.event.issue.title }}'",
        "ssh host '${{ github.event.issue.title }}'",
        "x=$'${{ github.event.issue.title }}'",
        "cat <<'EOF'\n${{ github.event.issue.title }}\nEOF",
        "# ${{ github.event.issue.title }}",
        "${{ github.event.issue.title }} --flag",
        "true && ${{ github.event.issue.title }}",
    ],
)
def test_where_a_variable_would_not_be_read_there_is_no_fix(script: str) -> None:
    document = steps("- run: |\n" + textwrap.indent(script, "    "))
    assert through_env(expressions_of(document)[0]) is None


@pytest.mark.parametrize(
    ("shell", "script", "wanted"),
    [
        ("pwsh", "echo ${{ github.event.issue.title }}", "echo $env:ISSUE_TITLE"),
        ("pwsh", 'echo "a ${{ github.event.issue.title }}b"', 'echo "a ${env:ISSUE_TITLE}b"'),
        ("pwsh", "f '${{ github.event.issue.title }}'", "f $env:ISSUE_TITLE"),
        (
            "cmd",
            "echo ${{ github.event.issue.title }}",
            "setlocal EnableDelayedExpansion\n          echo !ISSUE_TITLE!\n",
        ),
        (
            "cmd",
            "setlocal EnableDelayedExpansion\necho ${{ github.event.issue.title }}",
            "run: |\n          setlocal EnableDelayedExpansion\n          echo !",
        ),
        (
            "python",
            'print("${{ github.event.issue.title }}")',
            'import os\n          print(os.environ["ISSUE_TITLE"])\n',
        ),
        (
            "python",
            "import sys, os\nx = '${{ github.event.issue.title }}'",
            'run: |\n          import sys, os\n          x = os.environ["ISSUE_TITLE"]\n',
        ),
        ("bash", "echo '${{ github.event.issue.title }}'", 'echo "$ISSUE_TITLE"'),
        ("bash", "name='${{ github.event.issue.title }}'", 'name="$ISSUE_TITLE"'),
        ("bash", "cat <<EOF\n${{ github.event.issue.title }}\nEOF", "cat <<EOF\n          $ISSUE_TITLE"),
        ("bash", 'echo "$(f "${{ github.event.issue.title }}")"', 'echo "$(f "$ISSUE_TITLE")"'),
        ("bash", 'echo "it\'s ${{ github.event.issue.title }}"', 'echo "it\'s $ISSUE_TITLE"'),
    ],
)
def test_each_shell_reads_the_variable_its_own_way(shell: str, script: str, wanted: str) -> None:
    document = steps(f"- shell: {shell}\n  run: |\n" + textwrap.indent(script, "    "))
    assert wanted in fixed(document)


def test_github_script_reads_process_env() -> None:
    document = steps(
        """\
        - uses: actions/github-script@v7
          with:
            script: |
              const a = '${{ github.event.issue.title }}'
        """
    )
    assert "const a = process.env.ISSUE_TITLE\n" in fixed(document)
