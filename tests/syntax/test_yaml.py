"""YAML: every value knows its span, nothing resolves that the core schema does not, errors do not hide the rest."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infralint.syntax import yaml, yaml_edit, yaml_events
from infralint.syntax.yaml import Mapping, Scalar, Sequence, Stream, parse
from infralint.text.edit import apply
from infralint.text.source import Source


def read(text: str, *, merge: bool = False) -> Stream:
    return parse(Source("x.yml", text), merge=merge)


def data(node: Any) -> Any:
    if isinstance(node, Mapping):
        return {str(key): data(value) for key, value in node.items()}
    if isinstance(node, Sequence):
        return [data(value) for value in node.values()]
    return node.value if isinstance(node, Scalar) else None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on: push", {"on": "push"}), ("a: yes", {"a": "yes"}), ("a: 22:22", {"a": "22:22"}), ("a: 010", {"a": 10}),
        ("a: 0o10", {"a": 8}), ("a: 0x1F", {"a": 31}), ("a: 1e3", {"a": 1000.0}), ("a: .5", {"a": 0.5}), ("a: ~", {"a": None}),
        ("a:", {"a": None}), ("a: 'true'", {"a": "true"}), ("a: True", {"a": True}), ("a: 2024-01-01", {"a": "2024-01-01"}),
        ("a: 1_000", {"a": "1_000"}), ("a: !x 1", {"a": "1"}), ("a: +", {"a": "+"}), ("a: .inf", {"a": float("inf")}),
        ("{a: [1, {b: c}], d: }", {"a": [1, {"b": "c"}], "d": None}), ("- - a\n  - b\n- c", [["a", "b"], "c"]),
        ("a: |\n  x\n   y\n\n  z\n", {"a": "x\n y\n\nz\n"}), ("a: >-\n  x\n  y\n\n  z\n", {"a": "x y\nz"}),
        ('a: "x\\n\\u00e9\\x41"', {"a": "x\né\x41"}), ("a: 'it''s'", {"a": "it's"}), ("a: x\n  y", {"a": "x y"}), ("", None),
    ],
)  # fmt: skip
def test_values_follow_the_core_schema(text: str, value: Any) -> None:
    stream = read(text)
    assert stream.problems == []
    assert data(stream.root) == value


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("a: value # c", "value"), ("a: 'v v'", "v v"), ('a: "v"', "v"), ("a: &x v", "v"), ("a: !t v", "v"), ("a: !t &x 'v'", "v"),
        ("a: |\n  line\n  two\n# c\n", "line\n  two"), ("a: >-\n\n  line\n", "line"), ("{a: v, b: w}", "v"), ("é: 😀x", "😀x"),
        ('a: "x\\ty"', '"x\\ty"'), ("a: one\n  two\nb: 1", "one\n  two"), ("a: |2\n   x\n", "   x"), ("a: v\r\nb: w\r\n", "v"),
    ],
)  # fmt: skip
def test_spans_are_exact(text: str, raw: str) -> None:
    root = read(text).root
    assert isinstance(root, Mapping)
    value = yaml.text(root.pairs[0].value)
    assert value is not None
    assert value.raw == raw


@pytest.mark.parametrize(
    "text",
    ["a: |\n  echo one\n  echo two\n", 'a: "x \\" two y"\n', "a: >\n  one\n  two\n", "a: 'it''s two'\n", "a: one\n  two\n", "a: |\r\n  one\r\n  two\r\n"],
)  # fmt: skip
def test_an_offset_inside_of_a_value_maps_back_to_the_file(text: str) -> None:
    root = read(text).root
    assert isinstance(root, Mapping)
    value = yaml.text(root.pairs[0].value)
    assert value is not None
    at = value.index("two")
    assert value.slice(at, at + 3).raw == "two"


def test_block_collections_end_with_their_last_value() -> None:
    stream = read("a:\n  b: 1\n  c:\n    - x\n    - y # z\n\n# after\nd: 2\n")
    assert isinstance(stream.root, Mapping)
    value = stream.root.get("a")
    assert value is not None
    assert value.raw == "b: 1\n  c:\n    - x\n    - y"


def test_an_alias_keeps_its_use_and_merges_where_the_format_does() -> None:
    text = "x: &x {a: 1, b: 2}\ny:\n  <<: *x\n  b: 3\nz: [&s v, *s, *x, *no]\n"
    merged, plain = read(text, merge=True), read(text)
    assert data(yaml.find(merged.root, "y")) == {"a": 1, "b": 3}
    assert data(yaml.find(plain.root, "y")) == {"<<": {"a": 1, "b": 2}, "b": 3}
    items = yaml.find(merged.root, "z")
    assert isinstance(items, Sequence)
    values = [yaml.text(item) for item in items.values()]
    assert [str(value) for value in values[:2]] == ["v", "v"]
    assert values[1] is not None
    assert values[1].raw == "*s"
    assert [problem.name for problem in merged.problems] == ["alias"]


def test_twin_keys_are_kept_and_reported_with_their_first() -> None:
    stream = read("a: 1\nb: 2\na: 3\n")
    assert [(p.name, p.start, p.other) for p in stream.problems] == [("duplicate-key", 10, (0, 1))]
    assert data(stream.root) == {"a": 3, "b": 2}


def test_what_follows_an_error_is_read_on() -> None:
    stream = read("a: 1\n---\nb: [\n---\nc: &x 3\n---\nd: *x\n")
    assert stream.partial
    assert {"syntax", "alias"} == {problem.name for problem in stream.problems}
    documents = [data(document) for document in stream.documents]
    assert documents[0] == {"a": 1}
    assert {"c": 3} in documents


def test_comments_are_what_begins_with_a_sign_outside_of_values() -> None:
    text = "# one\na: 'x # no' # two\nb: x#no\nc: | # three\n  # no\nd: \"\n  # no\" # four\n  # five\n"
    comments = read(text).comments()
    assert [(c.text, c.line, c.alone) for c in comments] == [
        ("# one", 1, True), ("# two", 2, False), ("# three", 4, False), ("# four", 7, False), ("# five", 8, True),
    ]  # fmt: skip
    assert all(text[c.start : c.end] == c.text for c in comments)


@pytest.mark.parametrize(
    ("text", "name"),
    [("a: [", "syntax"), ("a: b: c", "syntax"), ("\ta: 1", "syntax"), ("a: \x01", "syntax"), ("a: @x", "syntax"), ("[" * 300, "limit"), ("a: 'x", "syntax")],
)  # fmt: skip
def test_what_cannot_be_read_is_said(text: str, name: str) -> None:
    stream = read(text)
    assert stream.partial
    assert [problem.name for problem in stream.problems] == [name]
    assert 0 <= stream.problems[0].start <= stream.problems[0].end <= len(text)


FRAGMENTS = st.lists(
    st.sampled_from(
        ["a", ": ", "b", "\n", "  ", "- ", "[", "]", "{", "}", ", ", "'", '"', "#", " # c", "|\n", ">-\n", "&x ", "*x", "!t ", "? ", "\\", "---\n",
         "\t", "é", "\r\n", "<<: ", "1", "\ufeff", "...\n", "%", "@", "\x00"]
    ),
    max_size=30,
).map("".join)  # fmt: skip


def tree(stream: Stream) -> list[tuple[str, int, int, Any]]:
    return [(type(node).__name__, node.start, node.end, getattr(node, "content", None)) for node in stream.walk()]


@settings(max_examples=300, deadline=None)
@given(FRAGMENTS)
def test_any_text_is_read_within_its_bounds(text: str) -> None:
    stream = read(text, merge=True)
    for node in stream.walk():
        assert 0 <= node.start <= node.end <= len(stream.source.text)
        if isinstance(node, Scalar):
            assert 0 <= node.text.start <= node.text.end <= len(stream.source.text)
        data(node)
    stream.comments()


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\nb:\n  - x # c\n  - {y: 'z'}\nc: |\n  x\n\nd: &x \"q\\n\"\ne: *x\n",
        "é: 😀\n- x\n",
        "---\na: >\n  b\n---\n- 1\n",
        "[a, {b: c}]",
    ],
)
def test_without_the_c_parser_the_tree_is_the_same(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fast = tree(read(text))
    import yaml as library

    monkeypatch.delattr(library, "CSafeLoader", raising=False)
    slow = yaml_events.whole()
    assert not slow.is_c
    monkeypatch.setattr(yaml_events, "reader", lambda: slow)
    assert tree(read(text)) == fast


# -- edits -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "path", "value", "after"),
    [
        ("a: 1 # c\n", ["a"], "2", "a: 2 # c\n"), ("a: 1\n", ["b"], "2", "a: 1\nb: 2\n"), ("a: 1", ["b"], "2", "a: 1\nb: 2"),
        ("a: 1\r\n", ["b", "c"], "2", "a: 1\r\nb:\r\n  c: 2\r\n"), ("{a: 1}\n", ["b", "c"], "2", "{a: 1, b: {c: 2}}\n"),
        ("a:\n    b: 1\n", ["a", "c"], "2", "a:\n    b: 1\n    c: 2\n"), ("a:\n", ["a"], "2", "a: 2\n"), ("a: |\n  x\n", ["a"], "2", None),
        ("a: [1]\n", ["a", "b"], "2", None),
    ],
)  # fmt: skip
def test_setting_a_key(text: str, path: list[str], value: str, after: str | None) -> None:
    root = read(text).root
    assert isinstance(root, Mapping)
    edits = yaml_edit.set_key(root, path, value)
    assert (apply(text, edits) if edits is not None else None) == after


@pytest.mark.parametrize(
    ("text", "name", "after"),
    [
        ("a: 1\nb: 2 # c\nc: 3\n", "b", "a: 1\nc: 3\n"), ("b:\n  x: 1\n  y: |\n    z\na: 1\n", "b", "a: 1\n"),
        ("{a: 1, b: 2}\n", "b", "{a: 1}\n"), ("{b: 2, a: 1}\n", "b", "{a: 1}\n"), ("{b: 2}\n", "b", "{}\n"), ("a: 1\nb: 2", "b", "a: 1\n"),
    ],
)  # fmt: skip
def test_deleting_a_key(text: str, name: str, after: str) -> None:
    root = read(text).root
    assert isinstance(root, Mapping)
    pair = root.pair(name)
    assert pair is not None
    edits = yaml_edit.delete(pair)
    assert edits is not None
    assert apply(text, edits) == after


@given(st.text(max_size=12))
def test_a_text_written_as_a_scalar_reads_as_itself(text: str) -> None:
    if any(char in "\ufffe\uffff\ufeff" or ord(char) in range(0xD800, 0xE000) for char in text):
        return
    for in_flow in (False, True):
        written = yaml_edit.plain(text, in_flow=in_flow)
        stream = read(f"[{written}]\n" if in_flow else f"a: {written}\n")
        assert stream.problems == [], written
        assert data(stream.root) == ([text] if in_flow else {"a": text})
