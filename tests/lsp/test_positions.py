"""Positions of the protocol and offsets of a text are each other's inverse, in every unit and for any input."""

from __future__ import annotations

import random

import pytest

from infralint.lsp.buffers import Buffer, moved, path_of
from infralint.lsp.positions import Positions
from infralint.text.finding import Confidence, Finding, Severity, place_at
from infralint.text.source import Source

UNITS = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
TEXTS = ["", "a", "a\nb\r\nc\rd", "ä😀b\n😀😀\r\n", "\ufeffä😀\nx", "\x0b\x0c\u2028\x85x\ny", "😀" * 500]


def units(text: str, encoding: str) -> int:
    return len(text.encode(UNITS[encoding])) // {"utf-8": 1, "utf-16": 2, "utf-32": 4}[encoding]


@pytest.mark.parametrize("encoding", UNITS)
@pytest.mark.parametrize("text", TEXTS)
def test_every_offset_has_its_position_and_back(text: str, encoding: str) -> None:
    source = Source("a.yml", text)
    positions = Positions(source, encoding)
    for offset in range(len(source.text) + 1):
        line, character = positions.at(offset)
        before = text[: offset + len(text) - len(source.text)]
        last = max(before.rfind("\n"), before.rfind("\r")) + 1
        if not (before.endswith("\r") and text[len(before) : len(before) + 1] == "\n"):
            assert character == units(before[last:], encoding)
            assert positions.offset(line, character) == offset


@pytest.mark.parametrize("encoding", UNITS)
@pytest.mark.parametrize("text", TEXTS)
def test_positions_outside_of_the_text_are_its_nearest_place(text: str, encoding: str) -> None:
    source = Source("a.yml", text)
    positions = Positions(source, encoding)
    chance = random.Random(1)
    for _ in range(200):
        line, character = chance.choice([-5, 0, 1, 2, 3, 10**9]), chance.choice([-1, 0, 1, 2, 3, 7, 10**12])
        assert 0 <= positions.offset(line, character) <= len(source.text)
    assert positions.at(-3) == positions.at(0)
    assert positions.at(10**9) == positions.at(len(source.text))


def test_a_position_within_a_pair_of_surrogates_is_the_characters_start() -> None:
    assert Positions(Source("a", "a😀b"), "utf-16").offset(0, 2) == 1


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///srv/a%20b/%C3%A4.yml", "/srv/a b/ä.yml"),
        ("file:///srv/../etc/x", "/etc/x"),
        ("file:///srv/a%00b", "/srv/ab"),
    ],
)
def test_paths_of_uris(uri: str, path: str) -> None:
    assert path_of(uri) == path


@pytest.mark.parametrize(
    "uri", ["untitled:Untitled-1", "", "http://x/../../y", "http://[", "untitled:", "vscode-vfs://a/b/Dockerfile"]
)
def test_what_is_no_file_has_a_name_in_the_working_directory(uri: str, tmp_path: object) -> None:
    path = path_of(uri)
    assert path.rpartition("/")[2]
    assert ".." not in path


def finding(source: Source, start: int, end: int) -> Finding:
    return Finding("a/b", "a", Severity.LOW, Confidence.HIGH, "t", "m", place_at(source, start, end))


def test_findings_of_an_older_text_stay_at_their_places() -> None:
    old, new = Source("a", "one\ntwo\nthree\n"), Source("a", "one\nxx\ntwo\nthree\n")
    found = [finding(old, 0, 3), finding(old, 4, 7), finding(old, 8, 13)]
    assert [new.text[one.place.start : one.place.end] for one in moved(found, old.text, new)] == ["one", "two", "three"]
    assert [
        new.text[one.place.start : one.place.end] for one in moved(found[1:2], old.text, Source("a", "one\ntXo\n"))
    ] == []


def test_texts_that_are_none_are_no_trouble() -> None:
    buffer = Buffer("file:///x/a.yml", "yaml")
    buffer.set("a\ud800b", 1)
    assert buffer.source.text == "a\ufffdb"
    buffer.set("a\0b", 2)
    assert "binary" in buffer.trouble
    buffer.set("x" * 6_000_000, 3)
    assert "5 MB" in buffer.trouble
    buffer.set("ok", 4)
    assert not buffer.trouble
