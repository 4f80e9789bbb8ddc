"""How often Python looks for garbage: seldom in a run that ends, regularly in a server."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from infralint.engine import collector


class Model:
    """Something that refers to itself, as the model of a text does."""

    def __init__(self) -> None:
        self.whole = self


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


def test_a_server_gives_back_what_an_old_text_left_behind() -> None:
    collector.steady()
    old = Model()
    gc.collect()  # it is now among the oldest objects, which are looked at least often
    seen = weakref.ref(old)
    del old
    kept = [[] for _ in range(collector.STEADY * 60)]  # type: list[list[int]]
    assert seen() is None
    del kept


def test_a_large_run_looks_more_often_than_a_small_one() -> None:
    collector.seldom()
    collector.sized(10)
    assert gc.get_threshold()[0] == collector.SELDOM
    collector.sized(collector.LARGE_RUN)
    assert gc.get_threshold()[0] == collector.OFTEN
