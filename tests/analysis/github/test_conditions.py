"""Conditions that always hold."""

from __future__ import annotations

from typing import Any

import pytest
from github_documents import steps

from infralint.analysis.github.conditions import holds
from infralint.fixes.github.conditions import unwrapped
from infralint.model.element import UNKNOWN
from infralint.model.github.expression import conditions_of
from infralint.text.edit import apply


@pytest.mark.parametrize(
    ("condition", "expected", "fixed"),
    [
        ("if: github.ref == 'x'", UNKNOWN, None),
        ("if: ${{ github.ref == 'x' }}", UNKNOWN, None),
        ("if: |\n    ${{ github.ref == 'x' }}", True, "if: |-\n          ${{ github.ref == 'x' }}\n"),
        ('if: "${{ a.b }} "', True, "if: ${{ a.b }}\n"),
        ("if: ${{ github.a }} && ${{ github.b || github.c }}", True, "if: github.a && (github.b || github.c)\n"),
        ("if: false", False, None),
        ("if: github.x || true", True, None),
    ],
)
def test_conditions(condition: str, expected: Any, fixed: str | None) -> None:
    document = steps(f"- {condition}\n  run: x\n")
    (found,) = conditions_of(document)
    assert holds(found) is expected
    edits = unwrapped(found)
    if fixed is None:
        assert edits is None
    else:
        assert edits is not None and fixed in apply(document.source.text, edits)
