from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infralint.syntax.interpolation import expand, references
from infralint.text.source import Source, Text, text_at
from infralint.text.unknown import UNKNOWN, Unknown

if TYPE_CHECKING:
    from infralint.syntax.interpolation import Dialect

VALUES: dict[str, str | Unknown] = {"A": "alpha", "E": "", "P": "a/b/c.tar.gz", "U": UNKNOWN}


def whole(text: str) -> Text:
    return text_at(Source("x", text), 0, len(text))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("$A-${A}", "alpha-alpha"), ("${N:-d}", "d"), ("${E:-d}", "d"), ("${E-d}", ""), ("${A:+y}${N+z}", "y"),
        ("${N:-${M:-$A}}", "alpha"), ("'$A'", "$A"), ('"$A b"', "alpha b"), ("\\$A", "$A"), ("a$", "a$"),
        ("${P##*/}", "c.tar.gz"), ("${P#*/}", "b/c.tar.gz"), ("${P%.*}", "a/b/c.tar"), ("${P%%.*}", "a/b/c"),
        ("${P/b/Z}", "a/Z/c.tar.gz"), ("${A//a/-}", "-lph-"), ("$N", ""), ('"${N:-a b}"', "a b"),
    ],
)  # fmt: skip
def test_docker_replaces_variables(text: str, value: str) -> None:
    assert expand(text, VALUES.get, "docker") == value


@pytest.mark.parametrize(
    ("text", "value"), [("$$A", "$A"), ("'$A'", "'alpha'"), ("${N:-x-$A}", "x-alpha"), ("a\\b", "a\\b")]
)
def test_compose_knows_neither_quotes_nor_backslashes(text: str, value: str) -> None:
    assert expand(text, VALUES.get, "compose") == value


@pytest.mark.parametrize("text", ["$U", "${U:-d}", "${N:?must}", "${", "${}", "${A", "${A!x}", "${N:-$U}"])
@pytest.mark.parametrize("dialect", ["docker", "compose"])
def test_what_cannot_be_known_is_unknown(text: str, dialect: Dialect) -> None:
    assert isinstance(expand(text, VALUES.get, dialect), Unknown)


def test_values_that_grow_without_end_are_unknown() -> None:
    assert isinstance(expand("$A" * 100, lambda _: "x" * 1_000, "docker"), Unknown)


def test_references_say_what_they_are_and_where() -> None:
    text = whole("é ${A:-${B?why}} $C")
    found = references(text, "compose")
    assert [(r.name, r.operator, r.argument, text[r.start : r.end]) for r in found] == [
        ("A", ":-", "${B?why}", "${A:-${B?why}}"),
        ("B", "?", "why", "${B?why}"),
        ("C", "", None, "$C"),
    ]
    assert (found[0].has_default, found[1].is_required) == (True, True)
    assert [r.name for r in references(whole("\\$A '$B' $D"), "docker")] == ["D"]
    assert [r.name for r in references(whole("$$A '$B'"), "compose")] == ["B"]


@given(st.text("$${}:-+?#%/ab'\"\\ ", max_size=60), st.sampled_from(["docker", "compose"]))
def test_any_text_is_read(text: str, dialect: Dialect) -> None:
    for reference in references(whole(text), dialect):
        assert text[reference.start] == "$"
    expand(text, VALUES.get, dialect)


def test_deep_nesting_is_malformed_not_a_crash() -> None:
    assert isinstance(expand("${a:-" * 5_000 + "}" * 5_000, lambda _: None, "docker"), Unknown)
