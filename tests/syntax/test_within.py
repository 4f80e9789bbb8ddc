"""JSON in the text of another file: read as it is, at its places in the file."""

from __future__ import annotations

import json
from typing import Any

import pytest

from infralint.model.shared.value import get, plain, text_of
from infralint.syntax import jsonc, yaml
from infralint.syntax.within import json_within
from infralint.syntax.yaml import Mapping, Scalar
from infralint.text.source import Source
from tests.helpers.growth import assert_linear

VALUE: dict[str, Any] = {"a": [1, {"b": "*"}], "c": 'x"y', "d": "", "e": "${f}"}
TEXT = json.dumps(VALUE)


def read(text: str, path: str = "x.yaml") -> Mapping | None:
    source = Source(path, text)
    root = (jsonc.parse(source)[0] if path.endswith(".json") else yaml.parse(source)).root
    found = get(root, "t")
    assert isinstance(found, Scalar)
    return json_within(found)


WRITTEN = [
    ("x.yaml", f"t: '{TEXT}'\n"),
    ("x.yaml", f"t: !Sub |\n  {TEXT}\n"),
    ("x.yaml", "t: |\n" + "".join(f"    {line}\n" for line in json.dumps(VALUE, indent=2).splitlines())),
    ("x.yaml", "t: >-\n" + "".join(f"    {line}\n" for line in json.dumps(VALUE, indent=2).splitlines())),
    ("x.yaml", f"t: {json.dumps(TEXT)}\n"),
    ("x.json", json.dumps({"t": TEXT})),
]


@pytest.mark.parametrize(("path", "text"), WRITTEN)
def test_a_text_is_read_however_it_is_written(path: str, text: str) -> None:
    assert plain(read(text, path)) == VALUE


@pytest.mark.parametrize(("path", "text"), WRITTEN)
def test_its_values_stand_at_their_places_in_the_file(path: str, text: str) -> None:
    root = read(text, path)
    star = text_of(get(get(root, "a").items[1], "b"))  # type: ignore[union-attr]
    assert star is not None
    assert (star.raw, star.start) == ("*", text.index("*"))
    empty = text_of(get(root, "d"))
    assert empty is not None
    assert empty.start == empty.end


def test_what_stands_around_a_text_is_above_its_values() -> None:
    root = read(f"t: '{TEXT}'\n")
    assert root is not None
    assert root.route() == ("t",)
    assert root.get("c").route() == ("t", "c")  # type: ignore[union-attr]


@pytest.mark.parametrize("text", ["t: x", "t: '[1]'", "t: '{\"a\": ${b}}'", "t: '{\"a\": 1'", "t: ''", "t: '{{ x }}'"])
def test_a_text_that_is_no_mapping_or_cannot_be_read_is_none(text: str) -> None:
    assert read(text) is None


def test_an_escaped_text_is_placed_in_time_that_grows_with_its_size() -> None:
    def work(numbers: str) -> None:
        read(json.dumps({"t": json.dumps(dict.fromkeys(numbers.split(), "v"))}), "x.json")

    assert_linear(work, "\n".join(map(str, range(20_000))))
