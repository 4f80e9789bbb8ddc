"""Nothing from a scanned file reaches a terminal or a CI log as a command, and carets stand under their span."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infralint.output.escape import annotation_data, annotation_property, excerpt, fitted, inert, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain — ünï 😀", "plain — ünï 😀"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("a\u202eb\u2066", "a\\u202eb\\u2066"),
        ("a\nb\r\tc", "a\\nb\\r\\tc"),
        ("\x9b31m\x7f", "\\x9b31m\\x7f"),
        (b"caf\xe9".decode("utf-8", "surrogateescape"), "caf\\xe9"),
        ("\U000e0041", "\\U000e0041"),
    ],
)
def test_what_a_terminal_obeys_or_hides_is_written_out(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("::error::x", "\\x3a:error::x"),
        (" \u2003::add-mask::x", " \u2003\\x3a:add-mask::x"),
        ("a ##[error]x", "a #\\x23[error]x"),
        ("##vso[task.setvariable]x", "#\\x23vso[task.setvariable]x"),
        ("## heading, a::b", "## heading, a::b"),
    ],
)
def test_a_line_is_no_command_of_a_ci_system(line: str, shown: str) -> None:
    assert inert(line) == shown


def test_annotations_are_escaped_as_the_runner_reads_them() -> None:
    assert annotation_data("50%\r\n::error::x\x1b") == "50%25%0D%0A::error::x\\x1b"
    assert annotation_property("a,b:c%\n") == "a%2Cb%3Ac%25\\n"


def width(text: str) -> int:
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


@pytest.mark.parametrize(
    ("line", "start", "end", "shown", "column", "carets"),
    [
        ("user: root", 6, 10, "user: root", 6, 4),
        ("\tuser: root", 7, 11, "    user: root", 10, 4),
        ("a\tb", 2, 3, "a   b", 4, 1),
        ("日本: x", 4, 5, "日本: x", 6, 1),
        ("e\u0301: x", 4, 5, "e\u0301: x", 3, 1),
        ("a\x1bb", 2, 3, "a\\x1bb", 5, 1),
        ("abc", 3, 3, "abc", 3, 1),
        ("abc", 9, 12, "abc", 3, 1),
    ],
)
def test_carets_stand_under_the_span(line: str, start: int, end: int, shown: str, column: int, carets: int) -> None:
    assert excerpt(line, start, end) == (shown, column, carets)


def test_a_long_line_is_cut_around_its_span() -> None:
    shown, column, carets = excerpt("x" * 500 + "HERE" + "y" * 100_000, 500, 504)
    assert shown[column : column + carets] == "HERE"
    assert shown.startswith("…x")
    assert shown.endswith("y…")
    assert len(shown) < 170


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(st.sampled_from("ab\t\x1b日\u0301é😀\u202e x"), max_size=200), st.data())
def test_carets_are_right_for_any_line(line: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(start, len(line)))
    shown, column, carets = excerpt(line, start, end)
    assert shown.isprintable()
    assert width(shown) >= column
    if "\t" not in line and len(line) < 160:
        assert (column, carets) == (width(visible(line[:start])), max(width(visible(line[start:end])), 1))


def test_a_poor_encoding_gets_ascii() -> None:
    assert fitted("2 │ é · …", "ascii") == "2 | \\xe9 - ~"
    assert fitted("2 │ é", "utf-8") == "2 │ é"
