"""No regular expression of the program takes more than linear time, whatever a stranger's file holds."""

from __future__ import annotations

import re

import pytest
from patterns import Found, attacks, every_pattern, slow_text

PATTERNS = every_pattern()
GROUPS = 12


def test_the_patterns_are_found() -> None:
    """Those in the code, in tables, and those that tables are compiled to."""
    assert len(PATTERNS) > 600
    places = {one.where.partition(":")[0].partition(" ")[0] for one in PATTERNS}
    assert {"infralint.tables.secret_contexts", "infralint.syntax.dotenv", "kinds", "secret"} <= places


@pytest.mark.parametrize("group", range(GROUPS))
def test_no_pattern_grows_faster_than_its_text(group: int) -> None:
    slow = {one.where: text for one in PATTERNS[group::GROUPS] if (text := slow_text(one))}
    assert slow == {}


@pytest.mark.parametrize(
    ("pattern", "anchored"),
    [
        (r"(?:[A-Z]?[a-z]+[-_ .]?)+!", True),
        (r"[^@\s]+(?:/[^@\s]+)*@", True),
        (r"(a|b|ab)*c", True),
        (r"\s*#?\s*x", True),
        (r"(?m)^\s*#.*$", False),
        (r"/\*[\s\S]*?\*/", False),
        (r"key[^\n]*value", False),
        (r"[0-9]+s", False),
    ],
)
def test_a_bad_pattern_is_told(pattern: str, anchored: bool) -> None:
    found = Found(pattern, 0, "here", anchored)
    assert any(slow_text(found) for _ in range(5))  # on a busy machine one measurement can hide it


@pytest.mark.parametrize(
    ("pattern", "anchored"),
    [
        (r"(?:[A-Z]?[a-z]++[-_ .]?)++!", True),
        (r"\s*+(?:#\s*+)?x", True),
        (r"(?m)^[ \t]*+#.*$", False),
        (r"key[^\n]{0,50}value", False),
        (r'"[^"]*"x', False),
    ],
)
def test_a_good_pattern_is_left_alone(pattern: str, anchored: bool) -> None:
    assert slow_text(Found(pattern, 0, "here", anchored)) == ""


def test_texts_follow_the_structure_of_a_pattern() -> None:
    made = {head + part * 3 + end for head, part, end in attacks(Found(r"uses:\s+(?:/[^@]+)*@", 0, "here", True))}
    assert any(text.startswith("uses:") and text.count("/") >= 3 for text in made)
    assert re.fullmatch(r"uses:\s+(?:/[^@]+)*@", "uses: /a/a@") is not None
