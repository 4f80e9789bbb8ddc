"""Sizes, durations and versions have an order, and what cannot be ordered is unknown."""

from __future__ import annotations

import pytest

from infralint.text.quantity import Duration, Size, Version
from infralint.text.unknown import UNKNOWN


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("512m", 512 << 20),
        ("4g", 4 << 30),
        ("1.5GiB", 1.5 * (1 << 30)),
        ("1024", 1024),
        ("64 MB", 64 << 20),
        ("10b", 10),
    ],
)
def test_sizes_are_bytes(text: str, number: float) -> None:
    size = Size.read(text)
    assert size is not None
    assert size.number == number
    assert str(size) == text


@pytest.mark.parametrize(
    ("text", "seconds"), [("30s", 30), ("1m30s", 90), ("250ms", 0.25), ("1.5h", 5400), ("2d", 172_800)]
)
def test_durations_are_seconds(text: str, seconds: float) -> None:
    duration = Duration.read(text)
    assert duration is not None
    assert duration.number == pytest.approx(seconds)


@pytest.mark.parametrize("text", ["", "fast", "30", "1m 30s", "s30", "-1s"])
def test_what_is_no_duration_is_none(text: str) -> None:
    assert Duration.read(text) is None


@pytest.mark.parametrize(
    ("one", "other", "is_least"),
    [
        ("3.18.4-alpine", "3.18", True),
        ("v4.2.2", "4.2", True),
        ("3.9", "3.18", False),
        ("4", "3.18", True),
        ("3", "3.18", UNKNOWN),
    ],
)
def test_versions_compare_number_by_number(one: str, other: str, is_least: object) -> None:
    left, right = Version.read(one), Version.read(other)
    assert left is not None
    assert (left >= right) is is_least
    assert (left < right) is (is_least if is_least is UNKNOWN else not is_least)


@pytest.mark.parametrize("text", ["latest", "bookworm", "3.18alpha", "a3.1"])
def test_a_word_is_no_version(text: str) -> None:
    assert Version.read(text) is None


def test_what_has_another_order_is_unknown_either_way() -> None:
    size, duration = Size.read("4g"), Duration.read("4s")
    assert size is not None
    assert (size > duration) is UNKNOWN
    assert (size <= duration) is UNKNOWN
    assert (size != duration) is False
