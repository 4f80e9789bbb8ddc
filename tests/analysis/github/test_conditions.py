"""Conditions that always hold."""

from __future__ import annotations

import pytest
from github_documents import steps

from infralint.analysis.github.conditions import deciding_literal, is_text
from infralint.fixes.github.conditions import unwrapped
from infralint.model.github.expression import conditions_of
from infralint.text.edit import apply


@pytest.mark.parametrize(
    ("condition", "expected", "fixed"),
    [
        ("if: github.ref == 'x'", False, None),
        ("if: ${{ github.ref == 'x' }}", False, None),
        ("if: |\n    ${{ github.ref == 'x' }}", True, "if: |-\n          ${{ github.ref == 'x' }}\n"),
        ('if: "${{ a.b }} "', True, "if: ${{ a.b }}\n"),
        ("if: ${{ github.a }} && ${{ github.b || github.c }}", True, "if: github.a && (github.b || github.c)\n"),
        ("if: false", False, None),
        ("if: github.x || true", False, None),
    ],
)
def test_conditions(condition: str, expected: bool, fixed: str | None) -> None:
    document = steps(f"- {condition}\n  run: x\n")
    (found,) = conditions_of(document)
    assert is_text(found) is expected
    edits = unwrapped(found)
    if fixed is None:
        assert edits is None
    else:
        assert edits is not None and fixed in apply(document.source.text, edits)


@pytest.mark.parametrize(
    ("condition", "literal"),
    [
        ("github.event_name == 'push' || 'pull_request'", "'pull_request'"),
        ("github.x || true", "true"),
        ("!(github.x && false) && (github.y || 'y')", "'y'"),
        ("(github.x || 'y') == 'y'", None),
        ("github.x || ''", None),
        ("always() || github.x", None),
        ("true", None),
    ],
)
def test_a_literal_decides(condition: str, literal: str | None) -> None:
    (found,) = conditions_of(steps(f'- if: "{condition}"\n  run: x\n'))
    decided = deciding_literal(found)
    assert (None if decided is None else str(decided)) == literal
