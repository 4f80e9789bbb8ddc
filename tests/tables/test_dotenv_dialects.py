"""One line, six readers."""

from __future__ import annotations

import pytest

from infralint.tables.dotenv_dialects import read, same_for_all


@pytest.mark.parametrize(
    ("raw", "docker", "compose", "node", "ruby", "bash"),
    [
        ("a", "a", "a", "a", "a", "a"),
        ('"a"', '"a"', "a", "a", "a", "a"),
        ("a b", "a b", "a b", "a b", "a b", None),
        ("a#b", "a#b", "a#b", "a", "a", "a#b"),
        ("a # b", "a # b", "a", "a", "a", "a"),
        ("a ", "a ", "a", "a", "a", "a"),
        (" a", " a", "a", "a", "a", None),
        ("a;b", "a;b", "a;b", "a;b", "a;b", None),
        ("'a#b'", "'a#b'", "a#b", "a#b", "a#b", "a#b"),
        ("", "", "", "", "", ""),
    ],
)
def test_readings(raw: str, docker: str, compose: str, node: str, ruby: str, bash: str | None) -> None:
    assert [read(one, raw) for one in ("docker", "compose", "node", "ruby", "bash")] == [
        docker,
        compose,
        node,
        ruby,
        bash,
    ]


def test_what_nobody_can_tell_apart() -> None:
    assert same_for_all("a", "a")
    assert not same_for_all('"a"', "a"), "docker hands the quotes on"
    assert not same_for_all("a ", "a"), "docker hands the blank on"
