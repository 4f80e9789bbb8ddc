"""TOML: the values that `tomllib` reads, at their places; what cannot be read is a problem, and the rest is read on."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infralint.model.shared.value import plain
from infralint.syntax.toml import parse
from infralint.syntax.yaml import Mapping, Scalar, Stream
from infralint.text.source import Source
from tests.helpers.growth import assert_linear

TEXT = """\
title = "a\\tb" # one
'quoted key' = 'c:\\d'
number = 1_000
ratio = -0.5e3
hex = 0xff
on = true
list = [1, "two", [3]] # two
several = [
  "a", # three
  { b = 1, c.d = 'x' },
]
long = \"\"\"
first \\
   second
\"\"\"
literal = '''it's'''

[server]
host = "h"
sub.port = 80

[[server.routes]]
path = "/a"
[server.routes.extra]
x = 1
[[server.routes]]
path = "/b"

["a.b".c]
d = ""
"""


def read(text: str) -> tuple[Any, Stream]:
    stream, _ = parse(Source("x.toml", text))
    return plain(stream.documents[0]), stream


def test_values_are_those_of_tomllib() -> None:
    value, stream = read(TEXT)
    assert stream.problems == []
    assert value == tomllib.loads(TEXT)
    assert read(TEXT.replace("\n", "\r\n"))[0] == {**value, "long": value["long"].replace("\n", "\r\n")}


def test_every_value_stands_where_it_is_written() -> None:
    _, stream = read(TEXT)
    found = {}
    for node in stream.walk():
        assert 0 <= node.start <= node.end <= len(TEXT)
        if isinstance(node, Scalar):
            found[".".join(map(str, node.route()))] = TEXT[node.text.start : node.text.end]
    assert found["several.1.c.d"] == "x"
    assert found["server.routes.1.path"] == "/b"
    assert found["number"] == "1_000"
    assert found["literal"] == "it's"
    assert found["a.b.c.d"] == ""


def test_comments_stand_where_they_are_written() -> None:
    _, comments = parse(Source("x.toml", TEXT + "  # four\nx = '#'\n"))
    assert [(one.text, one.line, one.alone) for one in comments] == [
        ("# one", 1, False), ("# two", 7, False), ("# three", 9, False), ("# four", 31, True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "message", "marked"),
    [
        ("a = \nb = 1\n", "a value is missing behind the `=`", ""),
        ("a = x\n", "`x` is no value of TOML; a text stands in quotes", "x"),
        ('a = "x\nb = 1\n', "the text is not closed", '"x'),
        ("[a\nb = 1\n", "the header lacks its `]`", "[a"),
        ("a 1\n", "a `=` is missing behind the key", "a 1"),
        ("a = 1 2\n", "more text stands behind the value", "2"),
        ("a = [1 2]\n", "the list lacks a `,` or its `]`", "[1 2]"),
        ("a = 1\n[a.b]\n", "`a` is no table above", "a"),
        ("a = 1\n[[a]]\n", "`a` is no list of tables above", "a"),
    ],
)
def test_what_cannot_be_read_is_a_problem_and_the_rest_is_read_on(text: str, message: str, marked: str) -> None:
    value, stream = read(text + "z = 1\n")
    assert stream.problems[0].message == message
    assert text[stream.problems[0].start : stream.problems[0].end] == marked
    assert stream.partial
    assert plain(stream.documents[0]) == value
    assert "z" in str(value)


def test_what_is_written_twice_is_a_problem_that_names_both() -> None:
    text = "a = 1\na = 2\n[b]\n[b]\n"
    _, stream = read(text)
    assert [problem.name for problem in stream.problems] == ["duplicate-key", "duplicate-key"]
    assert [(problem.start, problem.end, problem.other) for problem in stream.problems] == [
        (6, 7, (0, 1)), (17, 18, (13, 14)),
    ]  # fmt: skip


def test_depth_is_bounded() -> None:
    for text in ("a = " + "[" * 5000, "a = " + "{a=" * 5000, "a" + ".a" * 5000 + " = 1", "[a" + ".a" * 5000 + "]"):
        stream, _ = parse(Source("x.toml", text))
        assert stream.problems[0].name == "limit"


@given(
    st.lists(
        st.sampled_from(
            ["a", "b.c", " = ", "\n", "1", '"', "'", '"""', "'''", "[", "]", "[[", "]]", "{", "}", ",", "#", "\\", "\r\n", "é", "\t", "true"]
        ),
        max_size=30,
    ).map("".join)
)  # fmt: skip
def test_any_text_is_read_within_its_bounds_and_as_tomllib_reads_it(text: str) -> None:
    value, stream = read(text)
    for node in stream.walk():
        assert 0 <= node.start <= node.end <= len(text)
    try:
        expected = tomllib.loads(text.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError):
        return
    assert stream.problems == []
    assert isinstance(stream.documents[0], Mapping)
    assert str(value).replace("\\r\\n", "\\n") == str(expected)


def test_time_grows_with_the_text() -> None:
    for text in (
        "".join(f"key{number} = 'value'\n" for number in range(8000)),
        "".join(f"[table{number}]\nkey = 1\n" for number in range(6000)),
        "[[list]]\nkey = 1\n" * 8000,
        "a = [" + "1, " * 20000 + "]",
        'a = "' + "x" * 100_000,
        'a = """' + 'x"" ' * 30_000,
        "# comment\n" * 10_000,
        '"' * 50_000,
        "=\n" * 50_000,
    ):
        assert_linear(lambda one: parse(Source("x.toml", one)), text)
