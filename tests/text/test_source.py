"""Sources keep every byte, and spans of decoded values point at what is written."""

from __future__ import annotations

import codecs
import copy
import pickle
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infralint.text.finding import place_at
from infralint.text.source import MAX_BYTES, Source, Span, Text, Unreadable, text_at

texts = st.lists(st.sampled_from(["a", "é", "😀", "\n", "\r\n", "\r", " ", "\u2028", "\x85"]), max_size=30).map("".join)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.binary(max_size=40).filter(lambda data: b"\0" not in data))
def test_any_bytes_come_back_as_they_were(data: bytes) -> None:
    try:
        source = Source("f", data)
    except Unreadable:
        assert data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        return
    assert source.encode(source.text) == data


@pytest.mark.parametrize(
    ("bom", "encoding"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")],
)
def test_a_byte_order_mark_is_kept_out_of_the_text(bom: bytes, encoding: str) -> None:
    source = Source("f", bom + "é: 😀\n".encode(encoding))
    assert source.text == "é: 😀\n"
    assert source.encode("x") == bom + "x".encode(encoding)


def test_a_byte_order_mark_of_a_text_is_kept_out_too() -> None:
    source = Source("f", "\ufeffa: 1\n")
    assert source.text == "a: 1\n"
    assert source.encode(source.text) == codecs.BOM_UTF8 + b"a: 1\n"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"a\0b", "binary"),
        (codecs.BOM_UTF32_LE + "a".encode("utf-32-le"), "binary"),
        (codecs.BOM_UTF16_LE + b"a", "is not, at byte 0"),
        (b" " * (MAX_BYTES + 1), "larger than 5 MB"),
    ],
)
def test_what_is_not_text_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        Source("f", data)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(texts)
def test_lines_end_at_lf_crlf_and_cr_alone(text: str) -> None:
    source = Source("f", text)
    lines = re.split("\r\n|\n|\r", text)
    assert [source.line_text(n) for n in range(1, len(source.line_starts) + 1)] == lines
    for offset in range(len(text) + 1):
        line, column = source.position(offset)
        assert line == source.line_of(offset)
        assert source.line_starts[line - 1] + column - 1 == offset
        start, end = source.line_span(line)
        assert start <= offset
        assert "\n" not in text[start:end]


@pytest.mark.parametrize(
    ("text", "newline"), [("", "\n"), ("a", "\n"), ("a\nb\r\n", "\n"), ("a\r\nb\n", "\r\n"), ("\n", "\n")]
)
def test_new_lines_end_as_the_first_does(text: str, newline: str) -> None:
    assert Source("f", text).newline == newline


def test_a_span_that_ends_with_its_line_points_at_the_last_text() -> None:
    source = Source("f", "ab\r\ncd\r\n")
    assert place_at(source, 0, 4)[3:] == (1, 1, 1, 3)
    assert place_at(source, 4, 8)[3:] == (2, 1, 2, 3)
    assert place_at(source, 8, 8)[3:] == (3, 1, 3, 1)


def test_a_part_of_a_plain_value_stands_where_it_is_written() -> None:
    source = Source("f", "image: nginx:1.27\n")
    value = Text("nginx:1.27", source, 7, 17)
    tag = value.slice(6, 10)
    assert (tag, tag.raw, tag.start, tag.end) == ("1.27", "1.27", 13, 17)
    assert value.slice(6, 99).raw == "1.27"
    assert value.slice(99, 120) == ""
    assert value.slice(99, 120).start == 17


def escaped() -> Text:
    """`"a\\nb\\x41"` as YAML reads it: the whole token, with a place for each character."""
    source = Source("f", r'k: "a\nb\x41" # c')
    return Text("a\nbA", source, 3, 13, ((0, 4), (1, 5), (2, 7), (3, 8)), '"')


def test_a_part_that_ends_in_an_escape_takes_all_of_it() -> None:
    value = escaped()
    assert value.slice(0, 2).raw == r"a\n"
    assert value.slice(1, 2).raw == r"\n"
    assert value.slice(2, 4).raw == r"b\x41"
    assert value.slice(3, 4).raw == r"\x41"
    assert value.slice(0, 4).slice(1, 4).slice(1, 3).raw == r"b\x41"


def test_a_part_of_a_block_scalar_leaves_the_indentation_out() -> None:
    source = Source("f", "run: |\n  one\n  two\n")
    value = Text("one\ntwo\n", source, 9, 19, ((0, 9), (4, 15)), "|")
    assert value.slice(0, 4).raw == "one\n"
    assert value.slice(4, 7).raw == "two"
    assert value.slice(2, 6).raw == "e\n  tw"
    assert value.slice(2, 6).slice(2, 4).raw == "tw"


def test_where_the_place_is_not_known_the_whole_is_pointed_at() -> None:
    source = Source("f", 'k: "a\\tb"')
    value = Text("a\tb", source, 3, 9, None, '"')
    assert value.pieces is None
    assert value.slice(1, 2).raw == '"a\\tb"'
    assert value.offset(2) == 3


@settings(max_examples=200, deadline=None, derandomize=True)
@given(texts, st.data())
def test_parts_of_parts_agree_with_the_file(text: str, data: st.DataObject) -> None:
    value = text_at(Source("f", "> " + text), 2, 2 + len(text))
    for _ in range(3):
        start = data.draw(st.integers(0, len(value)))
        end = data.draw(st.integers(start, len(value)))
        value = value.slice(start, end)
        assert value.raw == value


def test_a_text_is_its_value_and_pickles_as_one() -> None:
    value = escaped()
    assert f"{value}" == value == "a\nbA"
    assert hash(value) == hash("a\nbA")
    assert type(pickle.loads(pickle.dumps(value))) is str
    assert copy.copy(value) == value


def test_spans_are_plain_tuples() -> None:
    assert Source("f", "ab\r\ncd").line_span(2) == Span(4, 6) == (4, 6)
