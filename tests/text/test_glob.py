"""Path patterns mean what .gitignore and CI systems mean by them, and none can be made to run for ever."""

from __future__ import annotations

from fnmatch import fnmatchcase

import pytest
from growth import assert_linear
from hypothesis import given
from hypothesis import strategies as st

from infralint.text.glob import _stepped, compiled, fits, matches


@pytest.mark.parametrize(
    ("pattern", "yes", "no"),
    [
        ("*.env", ["a.env", ".env"], ["a/b.env", "a.envx"]),
        ("**/*.env", ["a.env", "x/y/a.env"], ["a.env/x"]),
        ("a/**/b", ["a/b", "a/x/b", "a/x/y/b"], ["ab", "a/xb"]),
        ("a/**", ["a/b", "a/b/c"], ["a", "ab"]),
        ("a/***/b", ["a/x/b", "a/x/y/b"], ["b"]),
        ("?.yml", ["a.yml"], ["ab.yml", "/.yml", ".yml"]),
        ("[ab]c", ["ac", "bc"], ["cc"]),
        ("[!a]c", ["bc"], ["ac"]),
        ("[]a]c", ["]c", "ac"], ["bc"]),
        ("[", ["["], ["", "a"]),
        ("a[", ["a["], ["a"]),
        ("[z-a]", ["[z-a]"], ["b"]),
        ("a.b", ["a.b"], ["axb"]),
        ("a", ["a"], ["a\n", "a/"]),
        ("**/a/**/b/**/*c*", ["a/b/c", "x/a/y/b/z/xcx"], ["a/c", "a/b/c/d"]),
    ],
)
def test_patterns(pattern: str, yes: list[str], no: list[str]) -> None:
    assert [path for path in yes if not matches(path, pattern)] == []
    assert [path for path in no if matches(path, pattern)] == []
    assert [path for path in yes if not _stepped(path, pattern)] == []
    assert [path for path in no if _stepped(path, pattern)] == []


@given(
    st.lists(
        st.sampled_from(["*", "**", "**/", "?", "a", "b", "/", "[ab]", "[!a]", "[^/]", ".", "[", "]"]), max_size=8
    ).map("".join),
    st.text("ab/.[]", max_size=10),
)
def test_both_ways_of_matching_agree(pattern: str, path: str) -> None:
    assert _stepped(path, pattern) == (compiled(pattern).match(path) is not None)


@pytest.mark.parametrize(
    "pattern", ["*a" * 60 + "b", "**a" * 60 + "b", "**/a" * 60 + "/b", "*a*ab", "[!b]*" * 50 + "c"]
)
@pytest.mark.parametrize("path", ["a" * 250, "a" * 4000, "a/" * 2000])
def test_no_pattern_takes_for_ever(pattern: str, path: str) -> None:
    assert not matches(path, pattern)
    assert_linear(lambda text: matches(text, pattern), path)


@given(st.lists(st.sampled_from(["*", "a", "b", "/", "."]), max_size=8).map("".join), st.text("ab/.", max_size=10))
def test_a_star_that_crosses_slashes_means_what_fnmatch_means(pattern: str, text: str) -> None:
    if "**/" not in pattern:
        assert fits(text, pattern) == fnmatchcase(text, pattern)


@pytest.mark.parametrize("pattern", ["*a" * 60 + "b", "a*" * 60 + "b", "*a*ab"])
def test_no_such_pattern_takes_for_ever_either(pattern: str) -> None:
    assert not fits("a" * 4000, pattern)
    assert_linear(lambda text: fits(text, pattern), "a" * 4000)
