"""dotenv files: names, values and comments stand where they are written; nothing makes the reader fail."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infralint.syntax.dotenv import parse
from infralint.text.source import Source


@pytest.mark.parametrize(
    ("line", "key", "value"),
    [
        ("A=1", "A", "1"), ("  A = 1  ", "A", "1"), ("export A=1", "A", "1"), ("A=", "A", ""), ("A", "A", None), ("A='x y'", "A", "x y"),
        ('A="x\\ny"', "A", "x\ny"), ("A='x\\ny'", "A", "x\\ny"), ('A="a#b" # c', "A", "a#b"), ("A=x # c", "A", "x"), ("A=x#c", "A", "x#c"),
        ('A="one\ntwo"', "A", "one\ntwo"), ("A=`x`", "A", "x"), ("A=x=y", "A", "x=y"), ('A="it\\"s"', "A", 'it"s'), ("A=b\r", "A", "b"),
        ("a.b-c=1", "a.b-c", "1"), ("É=ü", "É", "ü"), ("A=#x", "A", ""),
    ],
)  # fmt: skip
def test_entries(line: str, key: str, value: str | None) -> None:
    for text in (line, f"# before\n{line}\nZ=1\n"):
        tree = parse(Source(".env", text))
        assert tree.problems == []
        entry = tree.entries[0]
        assert (str(entry.key), entry.value if entry.value is None else str(entry.value)) == (key, value)
        assert entry.key.raw == key
        if entry.value is not None and "\\" not in line:
            assert entry.value.raw == value


def test_what_no_reader_takes_is_a_problem_and_the_rest_is_read_on() -> None:
    tree = parse(Source(".env", "=1\nA='x\nB=2\n"))
    assert [message for message, _, _ in tree.problems] == [
        "no name stands before the =", "the quote that opens the value of A is not closed",
    ]  # fmt: skip
    assert [str(entry.key) for entry in tree.entries] == ["A", "B"]


def test_comments() -> None:
    text = "# one\nA=1 # two\nB='#' # three\n\t# four\n"
    comments = parse(Source(".env", text)).comments
    assert [(c.text, c.line, c.alone) for c in comments] == [
        ("# one", 1, True), ("# two", 2, False), ("# three", 3, False), ("# four", 4, True),
    ]  # fmt: skip


@given(
    st.lists(
        st.sampled_from(["A", "=", " ", "'", '"', "`", "#", "\n", "\r\n", "\\", "export ", "é", "\t", "$", "\u2028"]),
        max_size=30,
    ).map("".join)
)
def test_any_text_is_read_within_its_bounds(text: str) -> None:
    tree = parse(Source(".env", text))
    for entry in tree.entries:
        assert 0 <= entry.start <= entry.end <= len(text)
        assert entry.key.raw == entry.key
        if entry.value is not None:
            assert entry.end >= entry.value.end >= entry.value.start >= entry.key.end
    for comment in tree.comments:
        assert text[comment.start : comment.end] == comment.text
