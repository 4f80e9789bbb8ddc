"""JSON with comments: the values that `json` reads, at their places; what cannot be read is a problem."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infralint.model.shared.value import plain
from infralint.syntax.jsonc import parse
from infralint.syntax.yaml import Scalar, Stream
from infralint.text.source import Source
from tests.helpers.growth import assert_linear


def read(text: str) -> tuple[Any, Stream]:
    stream, _ = parse(Source("x.json", text))
    return plain(stream.documents[0]) if stream.documents else None, stream


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9999, 9999) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES, st.booleans(), st.sampled_from([None, 1]))
def test_values_are_those_of_json(value: Any, ascii_only: bool, indent: int | None) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    found, stream = read(text)
    assert stream.problems == []
    assert found == value
    for node in stream.walk():
        assert 0 <= node.start <= node.end <= len(text)
        if isinstance(node, Scalar) and node.style and "\\" not in text[node.start : node.end]:
            assert text[node.text.start : node.text.end] == node.content


def test_comments_and_trailing_commas() -> None:
    text = '// one\n{ "a": 1, /* two */ "b": [1, 2,], // three\n "url": "http://x/*y*/", }\n'
    stream, comments = parse(Source("x.json", text))
    assert stream.problems == []
    assert plain(stream.documents[0]) == {"a": 1, "b": [1, 2], "url": "http://x/*y*/"}
    assert [(one.text, one.line, one.alone) for one in comments] == [
        ("// one", 1, True), ("/* two */", 2, False), ("// three", 2, False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "message", "marked"),
    [
        ('{"a" 1}', "a `:` is missing before it", "1"),
        ('{"a": 1 "b": 2}', "a key has to stand in double quotes", '"b"'),
        ("[1 2]", "a `,` is missing before it", "2"),
        ("{a: 1}", "a key has to stand in double quotes", "a"),
        ("[yes]", "`yes` is no value of JSON", "yes"),
        ('{"a": [1}', "`}` is not expected here", "}"),
        ('{"a": 1', "the `{` is not closed", "{"),
        ('{"a": "x\n}', "text that is not closed stands here", '"x'),
        ("{} {}", "more text stands behind the end of the value", "{}"),
    ],
)
def test_what_cannot_be_read_is_a_problem(text: str, message: str, marked: str) -> None:
    _, stream = read(text)
    problem = stream.problems[-1]
    if message.startswith("a key") and '"b"' in text:
        message = "a `,` is missing before it"
    assert (problem.message, text[problem.start : problem.end]) == (message, marked)
    assert stream.partial


def test_duplicate_keys_are_kept_and_reported() -> None:
    _, stream = read('{"a": 1, "b": {"c": 1, "c": 2}, "a": 3}')
    assert [(one.name, one.start) for one in stream.problems] == [("duplicate-key", 23), ("duplicate-key", 32)]


def test_depth_is_bounded() -> None:
    _, stream = read("[" * 5000)
    assert stream.problems[0].name == "limit"


@given(
    st.lists(
        st.sampled_from(["{", "}", "[", "]", ":", ",", '"', '"a"', "1", "null", "//", "/*", "*/", "\n", "\\", "\\u12", " ", "é"]),
        max_size=30,
    ).map("".join)
)  # fmt: skip
def test_any_text_is_read_within_its_bounds(text: str) -> None:
    _, stream = read(text)
    for node in stream.walk():
        assert 0 <= node.start <= node.end <= len(text)
    try:
        expected = json.loads(text)
    except ValueError:
        return
    assert read(text)[0] == expected


def test_time_grows_with_the_text() -> None:
    for text in (
        "{" + ",".join(f'"k{number}": 1' for number in range(10_000)) + "}",
        "[" + "1," * 50_000 + "]",
        "[" * 190 + "1" + "]" * 190,
        '"' * 50_001,
        "/*" * 50_000,
        "/* * " * 30_000,
        '{"a": "' + "\\" * 50_001,
        " " * 100_000,
    ):
        assert_linear(lambda one: parse(Source("x.json", one)), text)
