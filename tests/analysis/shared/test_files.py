"""Files that commands remove."""

from __future__ import annotations

import pytest

from infralint.analysis.shared.files import covers


@pytest.mark.parametrize(
    ("written", "is_covered"),
    [
        ("/a/b", True),
        ("/a/b/*", True),
        ("/a", True),
        ("/a/*", True),
        ("/a/{b,c}/", True),
        ("/a/bc", False),
        ("/a/b/c", False),
        ("", False),
    ],
)
def test_what_a_removal_covers(written: str, is_covered: bool) -> None:
    assert covers(written, "/a/b") is is_covered
