"""Groovy as Jenkinsfiles write it: strings with their interpolations, statements with their arguments and blocks."""

from __future__ import annotations

import pytest

from infralint.syntax.groovy import STRING, text_of_string, tokenize
from infralint.syntax.groovy_tree import Statement, Tree
from infralint.text.source import Source


def tree(text: str) -> Tree:
    cut = tokenize(Source("Jenkinsfile", text))
    assert not cut.problems
    return Tree(cut)


def only(text: str) -> Statement:
    (statement,) = tree(text).top()
    return statement


@pytest.mark.parametrize(
    ("text", "expressions"),
    [
        ("'$A ${B}'", []),
        ('"$A.b ${C + "}"} \\$D"', ["A.b", 'C + "}"']),
        ('"""a "quoted" ${x}"""', ["x"]),
        ("'''it's $A'''", []),
        ("x = /a${b}c/", ["b"]),
        ("x = $/a ${b}/$", ["b"]),
    ],
)
def test_strings_end_where_groovy_ends_them_and_know_what_is_put_into_them(text: str, expressions: list[str]) -> None:
    cut = tokenize(Source("Jenkinsfile", text))
    strings = [token for token in cut.tokens if token.kind == STRING]
    assert len(strings) == 1
    assert [one.expression for one in strings[0].interpolations] == expressions


def test_a_slash_between_values_divides() -> None:
    cut = tokenize(Source("Jenkinsfile", "x = total / count / 2\n"))
    assert not [token for token in cut.tokens if token.kind == STRING]


@pytest.mark.parametrize("text", ["x = 'open\n", "/* open", "stage('a') {", "a ]"])
def test_what_never_ends_is_said_at_its_place(text: str) -> None:
    assert tokenize(Source("Jenkinsfile", text)).problems


def test_the_content_of_a_string_has_its_escapes_read_and_knows_where_it_stands() -> None:
    source = Source("Jenkinsfile", 'sh "echo \\$A ${b} \\"c\\""')
    (token,) = (token for token in tokenize(source).tokens if token.kind == STRING)
    text = text_of_string(source, token, masks=True)
    assert text == 'echo $A ${_} "c"'
    assert source.text[text.offset(text.rindex("c")) :].startswith('c\\""')


@pytest.mark.parametrize(
    ("text", "head", "names"),
    [
        ("sh 'make'", "sh", [None]),
        ("sh(script: 'make', returnStdout: true)", "sh", ["script", "returnStdout"]),
        ("build job: 'a',\n    wait: false", "build", ["job", "wait"]),
        ("docker.image('a').inside { sh 'b' }", "docker.image", [None]),
        ("stage('a') { sh 'b' }", "stage", [None]),
        ("@Library('a@1') _", "_", []),
    ],
)
def test_a_statement_knows_its_head_and_its_arguments(text: str, head: str, names: list[str | None]) -> None:
    statement = only(text)
    assert statement.head == head
    assert [one.name.text if one.name is not None else None for one in statement.arguments] == names


def test_blocks_are_read_level_by_level_and_closures_behind_their_arrow() -> None:
    text = "a { b { c 'd' }\n e.each { item -> f item } }\n"
    assert [one.head for one in tree(text).walk()] == ["a", "b", "c", "e.each", "f"]


def test_an_assignment_has_a_value_and_a_comparison_has_none() -> None:
    assert only("X = 'a' + b").value is not None
    assert only("def x = 1").value is not None
    assert only("x == 1").value is None
