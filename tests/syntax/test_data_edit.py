"""Edits on JSON and TOML: one key is set or taken away, every other byte stays."""

from __future__ import annotations

import json
import tomllib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from infralint.syntax import data_edit, jsonc, toml
from infralint.syntax.yaml import Mapping
from infralint.text.edit import apply
from infralint.text.source import Source


def put(name: str, text: str, path: str, value: str) -> str | None:
    source = Source(name, text)
    stream, _ = (toml if name.endswith(".toml") else jsonc).parse(source)
    root = stream.documents[0]
    assert isinstance(root, Mapping)
    edits = data_edit.set_key(root, path.split("."), value)
    return None if edits is None else apply(text, edits)


@pytest.mark.parametrize(
    ("text", "path", "value", "expected"),
    [
        ("a = 1\n", "a", "2", "a = 2\n"),
        ("a = 1 # x\n", "b", "2", "a = 1 # x\nb = 2\n"),
        ("a = 1", "b", "2", "a = 1\nb = 2"),
        ("[t]\n  a = 1\n\n[u]\nb = 1\n", "t.c", "true", "[t]\n  a = 1\n  c = true\n\n[u]\nb = 1\n"),
        ("[t]\n[u]\nb = 1\n", "t.c", "true", "[t]\nc = true\n[u]\nb = 1\n"),
        ("[t]\n[t.u]\nb = 1\n", "t.c", "true", "[t]\nc = true\n[t.u]\nb = 1\n"),
        ("[u]\nb = 1\n", "t", "true", "t = true\n[u]\nb = 1\n"),
        ("t = { a = 1 }\n", "t.b", "2", "t = { a = 1, b = 2 }\n"),
        ("t = {}\n", "t.b", "2", "t = { b = 2 }\n"),
        ("a = 1\n", "b.c d", "2", 'a = 1\nb."c d" = 2\n'),
        ("[[l]]\na = 1\n", "l.b", "2", None),
        ("a = 1\r\n", "b", "2", "a = 1\r\nb = 2\r\n"),
    ],
)
def test_keys_of_toml(text: str, path: str, value: str, expected: str | None) -> None:
    assert put("x.toml", text, path, value) == expected
    if expected is not None:
        tomllib.loads(expected.replace("\r\n", "\n"))


@pytest.mark.parametrize(
    ("text", "path", "value", "expected"),
    [
        ('{"a": 1}', "b", "true", '{"a": 1, "b": true}'),
        ('{\n  "a": 1\n}\n', "b", "true", '{\n  "a": 1,\n  "b": true\n}\n'),
        ("{}", "b.c", '"x"', '{"b": {"c": "x"}}'),
        ('{"a": {"b": 1}}', "a.b", "2", '{"a": {"b": 2}}'),
        ('{"a": [1]}', "a.b", "2", None),
    ],
)
def test_keys_of_json(text: str, path: str, value: str, expected: str | None) -> None:
    assert put("x.json", text, path, value) == expected
    if expected is not None:
        json.loads(expected)


NUMBERS = st.integers(0, 9)


@given(
    st.dictionaries(
        st.sampled_from("abcd"),
        st.one_of(NUMBERS, st.dictionaries(st.sampled_from("xy"), NUMBERS, max_size=2)),
        max_size=3,
    ),
    st.sampled_from(["a", "e", "a.x", "e.f"]),
)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_only_the_key_changes(value: dict[str, object], path: str) -> None:
    plain = {key: one for key, one in value.items() if not isinstance(one, dict)}
    tables = {key: one for key, one in value.items() if isinstance(one, dict)}
    text = "".join(f"{key} = {one}\n" for key, one in plain.items())
    for key, inner in tables.items():
        text += f"[{key}]\n" + "".join(f"{name} = {one}\n" for name, one in inner.items())
    for name, written, load in (("x.toml", text, tomllib.loads), ("x.json", json.dumps(value), json.loads)):
        changed = put(name, written, path, "true")
        if changed is None:
            continue
        expected = json.loads(json.dumps(value))
        holder = expected
        for key in path.split(".")[:-1]:
            holder = holder.setdefault(key, {})
        holder[path.rpartition(".")[2]] = True
        assert load(changed) == expected
