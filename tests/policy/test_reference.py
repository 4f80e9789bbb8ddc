"""The page about the language of rules says what the code knows."""

from __future__ import annotations

from pathlib import Path

from infralint.policy.reference import UNDESCRIBED, reference

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"


def test_every_key_verb_type_and_method_is_described() -> None:
    assert set() == UNDESCRIBED


def test_the_page_in_docs_is_the_one_that_the_code_writes() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference(), "python -m infralint.policy.reference > docs/rules.md"
