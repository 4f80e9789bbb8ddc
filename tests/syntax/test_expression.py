"""GitHub Actions expressions: what is found, what is read, what it is worth."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infralint.syntax import expression as syntax
from infralint.syntax.expression_value import truth_of, value_of
from infralint.syntax.yaml import parse as parse_yaml
from infralint.syntax.yaml import text_of
from infralint.text.source import Source, Text, text_at
from infralint.text.unknown import UNKNOWN


def whole(text: str) -> Text:
    return text_at(Source("x.yml", text), 0, len(text))


def read(text: str) -> syntax.Expression:
    return syntax.parse(whole(text))


def value(text: str) -> object:
    expression = read(text)
    assert expression.root is not None, expression.faults
    return value_of(expression.root)


def test_braces_in_a_string_do_not_close_an_expression() -> None:
    found = syntax.find(whole("a ${{ format('}}', x) }} b ${{ 'it''s }}' }}"))
    assert [str(each.inner).strip() for each in found] == ["format('}}', x)", "'it''s }}'"]


def test_an_expression_that_is_never_closed_is_a_fault_at_its_opening() -> None:
    (found,) = syntax.find(whole("echo ${{ github.ref }"))
    assert found.root is None
    assert (found.faults[0].start, found.faults[0].end) == (5, 8)


def test_an_expression_in_a_block_scalar_knows_its_place_in_the_file() -> None:
    text = "run: |\n    echo one\n    echo ${{ github.head_ref }}\n"
    value = text_of(parse_yaml(Source("x.yml", text)).root, "run")
    assert value is not None
    (found,) = syntax.find(value)
    assert text[found.outer.start : found.outer.end] == "${{ github.head_ref }}"
    assert found.root is not None
    assert found.at(found.root).start == text.index("github.head_ref")


def test_a_condition_without_braces_is_one_expression() -> None:
    (found,) = syntax.find_condition(whole("github.ref == 'x' && always()"))
    assert isinstance(found.root, syntax.Logic)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('"x"', "single quotes"),
        ("1 + 1", "no arithmetic"),
        ("a = b", "use `==` to compare"),
        ("f(a, b", "ends too early"),
        ("github.event.", "a property's name"),
        ("a b", "unexpected `b`"),
        ("", "empty"),
        ("'abc", "string is not closed"),
        ("!" * 60 + "a", "deeper than 50"),
        ("(" * 600, "deeper than 50"),
        ("a" + ".b" * 60, "deeper than 50"),
        ("a" * 22_000, "longer than"),
    ],
)
def test_what_cannot_be_read_says_why(text: str, message: str) -> None:
    expression = read(text)
    assert expression.root is None
    assert message in expression.faults[0].message


def test_a_long_chain_is_no_deep_one() -> None:
    assert read(" && ".join(["a"] * 500)).root is not None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1 == '1'", True),
        ("'ABC' == 'abc'", True),
        ("null == 0", True),
        ("'' == 0", True),
        ("true == 'true'", False),
        ("NaN == NaN", False),
        ("0xff", 255.0),
        ("-1.5e3", -1500.0),
        ("'it''s'", "it's"),
        ("!''", True),
        ("false || 'x'", "x"),
        ("true && 'a' || 'b'", "a"),
        ("1 < 2 == true", True),
        ("!true || true", True),
        ("format('{0}-{{{1}}}', 'a', 2)", "a-{2}"),
        ("fromJSON('[1, \"x\"]')[1]", "x"),
        ("fromJSON('{\"A\": 5}').a", 5.0),
        ("contains('Hello', 'ELL')", True),
        ("contains(fromJSON('[\"a\"]'), 'A')", True),
        ("join(fromJSON('[1,2]'), '-')", "1-2"),
        ("case(false, 1, true, 2, 3)", 2.0),
        ("startsWith('refs/tags/x', 'refs/TAGS')", True),
    ],
)
def test_constants_fold_as_github_folds_them(text: str, wanted: object) -> None:
    assert value(text) == wanted


def test_what_a_run_decides_is_unknown_unless_it_cannot_matter() -> None:
    assert value("github.ref") is UNKNOWN
    assert value("github.ref && false") is UNKNOWN
    root = read("github.ref && false").root
    assert root is not None and truth_of(root) is False
    root = read("github.ref || true").root
    assert root is not None and truth_of(root) is True
    root = read("always()").root
    assert root is not None and truth_of(root) is UNKNOWN


def test_paths_tell_filters_from_indices() -> None:
    root = read("github.event['commits'].*.a[0]").root
    assert root is not None and syntax.path_of(root) == ("github", "event", "commits", "*", "a", "[]")


_PIECES = st.sampled_from(
    [
        "github",
        "a.b",
        "(",
        ")",
        "[",
        "]",
        ".",
        "*",
        ",",
        "!",
        "&&",
        "||",
        "==",
        "!=",
        "<",
        ">",
        "<=",
        ">=",
        "'x'",
        "''",
        "'",
        "1",
        ".5",
        "0x1",
        "true",
        "null",
        "fromJSON(",
        "format('{0}',",
        "${{",
        "}}",
        '"',
        "=",
        "+",
        "\n",
        "é",
    ]
)


@given(st.lists(_PIECES, max_size=30).map(" ".join) | st.text(max_size=60))
def test_any_text_is_read_or_refused_with_spans_that_lie_in_it(text: str) -> None:
    source = whole(text)
    for expression in (*syntax.find(source), *syntax.find_condition(source)):
        assert (expression.root is None) == bool(expression.faults)
        for fault in expression.faults:
            assert 0 <= fault.start <= fault.end <= len(text)
        for node in expression.nodes():
            at = expression.at(node)
            assert text[at.start : at.end] == at
        if expression.root is not None:
            value_of(expression.root)
            truth_of(expression.root)


@given(st.text(max_size=40))
def test_a_string_literal_gives_its_text_back(text: str) -> None:
    assert value("'" + text.replace("'", "''") + "'") == text
